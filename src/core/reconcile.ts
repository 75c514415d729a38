import { isComplete, runStatuses } from './run.ts';
import { runAt } from './runTable.ts';
import type { SweepState } from './sweepState.ts';

/**
 * What does not add up in a sweep that has ended; undefined where all does. Every run is counted again: each has one
 * status, none runs any more, the counts are those that were kept, and of the `wanted` runs none is still pending unless
 * somebody, or the sweep's halt rule, stopped it.
 */
export function reconcile(state: SweepState, wanted: Iterable<number>): string | undefined {
  const counted = { skipped: 0, pending: 0, running: 0, success: 0, failure: 0 };
  for (let id = 0; id < state.total; id++) counted[runAt(state.runs, id).status] += 1;
  const wrong = runStatuses.filter((status) => counted[status] !== state.counts[status]);
  if (wrong.length > 0) {
    const words = wrong.map(
      (status) => `${counted[status]} ${status} (${state.counts[status]} were counted)`,
    );
    return `of ${state.total} planned runs there are ${words.join(', ')}`;
  }
  if (counted.running > 0) return `${counted.running} of ${state.total} runs are still said to run`;
  if (state.phase === 'stopping') return undefined;
  const left = [...new Set(wanted)].filter((run) => !isComplete(runAt(state.runs, run).status));
  return left.length === 0
    ? undefined
    : `${left.length} of the runs that were to be executed never were, the first of them run ${left[0]}`;
}
