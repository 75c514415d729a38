import { describeFailure, type Failure } from '../core/failure.ts';
import { runAt } from '../core/runTable.ts';
import type { SweepState } from '../core/sweepState.ts';

/** A run that failed, and why. */
export interface FailedRun {
  readonly id: number;
  readonly failure: Failure;
  readonly reason: string;
}

/** The failed runs of a sweep, by id. */
export function* failedRuns(state: SweepState): Generator<FailedRun> {
  for (let id = 0, left = state.counts.failure; id < state.total && left > 0; id++) {
    const run = runAt(state.runs, id);
    if (run.status !== 'failure') continue;
    left -= 1;
    yield { id, failure: run.failure, reason: describeFailure(run.failure) };
  }
}

/** The first of them. */
export function firstFailedRuns(state: SweepState, count: number): FailedRun[] {
  const first: FailedRun[] = [];
  for (const run of failedRuns(state)) {
    if (first.length === count) break;
    first.push(run);
  }
  return first;
}

/** `21 succeeded, 3 failed`: how many runs have each status, without those that no run has. */
export function countsText({ counts }: SweepState): string {
  const words = [
    [counts.success, 'succeeded'],
    [counts.failure, 'failed'],
    [counts.skipped, 'skipped'],
    [counts.running, 'running'],
    [counts.pending, 'pending'],
  ] as const;
  return words
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');
}
