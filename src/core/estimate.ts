import { successDurations } from './statistics.ts';
import type { SweepState } from './sweepState.ts';

const means = new WeakMap<SweepState, number | undefined>();

/** The mean duration of the runs of a sweep that succeeded, in ms; undefined when none did. */
export function meanDuration(state: SweepState): number | undefined {
  if (means.has(state)) return means.get(state);
  let count = 0;
  let sum = 0;
  for (const duration of successDurations(state)) {
    count++;
    sum += duration;
  }
  const mean = count === 0 ? undefined : sum / count;
  means.set(state, mean);
  return mean;
}

/**
 * How long a sweep of `size` runs probably takes, in ms: as many times the mean duration of the newest of `earlier` sweeps
 * that has one, spread over the runs that go on at the same time. Undefined when no earlier run succeeded.
 */
export function estimateSweep(
  earlier: readonly SweepState[],
  { size, maxParallel }: { readonly size: number; readonly maxParallel: number },
): number | undefined {
  for (const state of earlier) {
    const mean = meanDuration(state);
    if (mean !== undefined) return mean * Math.ceil(size / Math.min(size, maxParallel));
  }
  return undefined;
}
