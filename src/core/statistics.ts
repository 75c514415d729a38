import { runAt, touchedRuns } from './runTable.ts';
import type { SweepState } from './sweepState.ts';
import { durationOf } from './sweepState.ts';

/** How many runs of a sweep have each status. */
export interface RunStatistics {
  readonly skippedCount: number;
  readonly pendingCount: number;
  readonly runningCount: number;
  readonly successCount: number;
  readonly failureCount: number;
  /** Runs with any terminal status: skipped, success or failure. */
  readonly completeCount: number;
  readonly totalCount: number;
}

/** Counts the runs of a sweep by status. */
export function statisticsOf(state: SweepState): RunStatistics {
  const { skipped, pending, running, success, failure } = state.counts;
  return {
    skippedCount: skipped,
    pendingCount: pending,
    runningCount: running,
    successCount: success,
    failureCount: failure,
    completeCount: skipped + success + failure,
    totalCount: state.total,
  };
}

/** How long the runs that succeeded took, in ms. */
export function* successDurations({ runs }: SweepState): Generator<number> {
  for (const [, run] of touchedRuns(runs)) if (run.status === 'success') yield run.endedAt - run.startedAt;
}

/**
 * Estimated time until the last run ends, in ms: the work that is left (a mean duration for each pending run, what is
 * missing to the mean for each running one), spread over the runs that go on at the same time. Undefined until a run has
 * ended, while the sweep is paused, and once it starts nothing more.
 */
export function estimateRemaining(state: SweepState, now: number): number | undefined {
  if (state.phase !== 'running' || state.paused !== undefined || state.ended.count === 0) return undefined;
  const mean = state.ended.durationMs / state.ended.count;
  let left = state.counts.pending * mean;
  let longest = 0;
  for (const id of state.running) {
    const missing = Math.max(0, mean - (durationOf(runAt(state.runs, id), now) ?? 0));
    left += missing;
    longest = Math.max(longest, missing);
  }
  return Math.max(longest, left / state.maxParallel);
}
