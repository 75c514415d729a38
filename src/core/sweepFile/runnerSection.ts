import { defaultMaxParallel } from '../defaults.ts';
import type { CheckedSweepFile } from './schema.ts';

/** How runs are executed. */
export interface RunnerSection {
  readonly runner: {
    /** How many runs may run at the same time. Default 4. */
    readonly maxParallel: number;
  };
  /** How long a run may take, in ms; undefined for as long as it likes. */
  readonly timeoutMs: number | undefined;
}

/** How the runs of a valid file are executed. */
export function runnerSectionOf({ runner, timeout }: CheckedSweepFile): RunnerSection {
  return { runner: { maxParallel: runner?.max_parallel ?? defaultMaxParallel }, timeoutMs: timeout };
}
