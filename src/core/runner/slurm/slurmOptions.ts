import { MultirunError } from '../../errors.ts';
import type { RunnerOptions } from '../../runnerOptions.ts';
import { type SlurmKeys, slurmKeysOf } from '../../sweepFile/slurmSchema.ts';
import { slurmMemoryBytes, slurmTimeMs } from '../../sweepFile/slurmUnits.ts';

/** What a sweep asks of Slurm. */
export interface SlurmOptions extends Omit<SlurmKeys, 'time' | 'mem' | 'setup'> {
  /** The time limit of a task; undefined for the partition's. */
  readonly timeMs: number | undefined;
  /** Memory of a task on its node; undefined for the partition's. */
  readonly memoryBytes: number | undefined;
  readonly setup: readonly string[];
}

/** Understands the options of a runner of `type: slurm`. Throws a MultirunError `invalid-argument` for what they are not. */
export function slurmOptionsOf(options: RunnerOptions): SlurmOptions {
  let keys: SlurmKeys;
  try {
    keys = slurmKeysOf(options);
  } catch (error) {
    throw new MultirunError(
      'invalid-argument',
      `the options of the runner are none of Slurm's: ${JSON.stringify(options)}`,
      { cause: error },
    );
  }
  const { time, mem, setup = [], ...rest } = keys;
  return {
    ...rest,
    timeMs: time === undefined ? undefined : slurmTimeMs(time),
    memoryBytes: mem === undefined ? undefined : slurmMemoryBytes(mem),
    setup: [setup].flat(),
  };
}

/** How many runs each task of an array has. */
export function runsPerTask({ runs_per_task, parallel_in_task }: SlurmOptions): number {
  return runs_per_task ?? parallel_in_task ?? 1;
}

/** How many runs of a task run at the same time. */
export function parallelInTask(options: SlurmOptions): number {
  return Math.min(options.parallel_in_task ?? 1, runsPerTask(options));
}
