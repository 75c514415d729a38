import type { RunError } from './runError.ts';

/** Failed runs that say the same of their failure. */
export interface FailureCluster {
  readonly signature: string;
  /** What they say: in their own words where all say exactly the same, else with "#" for what differs. */
  readonly title: string;
  /** Ids of the runs, ascending; never empty. */
  readonly runs: readonly number[];
}

/** Groups failed runs by what they say of their failure: the largest group first, then the one whose first run is earlier. */
export function clusterErrors(errors: ReadonlyMap<number, RunError>): FailureCluster[] {
  const groups = new Map<string, { title: string; runs: number[] }>();
  for (const [run, { signature, title }] of errors) {
    const group = groups.get(signature);
    if (group === undefined) {
      groups.set(signature, { title, runs: [run] });
      continue;
    }
    group.runs.push(run);
    if (group.title !== title) group.title = signature;
  }
  return [...groups]
    .map(([signature, { title, runs }]) => ({ signature, title, runs: runs.sort((a, b) => a - b) }))
    .sort((a, b) => b.runs.length - a.runs.length || (a.runs[0] ?? 0) - (b.runs[0] ?? 0));
}
