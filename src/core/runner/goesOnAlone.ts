/** The runners that start pending runs also while no process carries the sweep: clusters. */
const alone: ReadonlySet<string> = new Set(['slurm']);

/** Whether a sweep with a runner of this type goes on while no process carries it: nobody is needed but to record it. */
export function goesOnAlone(type: string): boolean {
  return alone.has(type);
}
