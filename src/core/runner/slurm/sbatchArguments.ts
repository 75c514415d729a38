import type { SlurmOptions } from './slurmOptions.ts';

/** A job array to submit. */
export interface ArrayToSubmit {
  readonly slurm: SlurmOptions;
  /** What the job is called. */
  readonly name: string;
  /** How many tasks it has. */
  readonly tasks: number;
  /** How many of them may run at the same time; undefined for as many as the cluster lets. */
  readonly throttle: number | undefined;
  /** Where the tasks start, and where relative paths lead. */
  readonly directory: string;
  /** Where Slurm writes what it says of the tasks; what runs print goes to their own logs. */
  readonly log: string;
  /** What time and memory are multiplied with. Default 1. */
  readonly factors?: { readonly time: number; readonly memory: number } | undefined;
}

/** The arguments of sbatch up to the script. */
export function sbatchArguments(array: ArrayToSubmit): string[] {
  const { slurm, name, tasks, throttle, directory, log, factors = { time: 1, memory: 1 } } = array;
  const limit = throttle === undefined || throttle >= tasks ? '' : `%${throttle}`;
  const { timeMs, memoryBytes, requeue } = slurm;
  const options: (string | false | undefined)[] = [
    '--parsable',
    `--job-name=${name}`,
    `--array=0-${tasks - 1}${limit}`,
    `--chdir=${directory}`,
    // A percent sign stands for what is filled in.
    `--output=${log.replaceAll('%', '%%')}`,
    '--open-mode=append',
    option('partition', slurm.partition),
    option('account', slurm.account),
    option('qos', slurm.qos),
    timeMs !== undefined && `--time=${slurmTime(timeMs * factors.time)}`,
    option('nodes', slurm.nodes),
    option('cpus-per-task', slurm.cpus_per_task),
    memoryBytes !== undefined && `--mem=${Math.ceil((memoryBytes * factors.memory) / 1024)}K`,
    option('gpus-per-task', slurm.gpus_per_task),
    // Slurm counts GPUs for each of its tasks, and wants to know how many there are.
    slurm.gpus_per_task !== undefined && '--ntasks=1',
    option('constraint', slurm.constraint),
    requeue === undefined ? undefined : requeue ? '--requeue' : '--no-requeue',
    ...Object.entries(slurm.sbatch ?? {}).map(([key, value]) =>
      value === true ? `--${key}` : value !== false && `--${key}=${value}`,
    ),
  ];
  return options.filter((word) => typeof word === 'string');
}

function option(name: string, value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : `--${name}=${value}`;
}

/** A time as Slurm takes it: `1-12:00:00`. It counts whole minutes; less than one is one. */
export function slurmTime(ms: number): string {
  const minutes = Math.max(1, Math.ceil(ms / 60_000));
  const two = (count: number): string => String(count).padStart(2, '0');
  const days = Math.floor(minutes / 1440);
  return `${days > 0 ? `${days}-` : ''}${two(Math.floor((minutes % 1440) / 60))}:${two(minutes % 60)}:00`;
}
