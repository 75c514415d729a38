import { defaultMaxParallel } from '../defaults.ts';
import type { CheckedSweepFile } from './schema.ts';

/** Where and how many runs are executed. */
export interface RunnerSection {
  readonly runner: {
    /** How many runs may run at the same time. Default 4. */
    readonly maxParallel: number;
  };
}

/** Where and how many runs of a valid file are executed. */
export function runnerSectionOf({ runner }: CheckedSweepFile): RunnerSection {
  return { runner: { maxParallel: runner?.max_parallel ?? defaultMaxParallel } };
}
