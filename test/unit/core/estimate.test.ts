import { expect, test } from 'vitest';
import { estimateSweep, meanDuration } from '../../../src/core/estimate.ts';
import { applyEvent, plannedSweep, type SweepState } from '../../../src/core/sweepState.ts';

/** A sweep whose runs took so long, in ms; undefined for one that failed. */
function sweep(...durations: (number | undefined)[]): SweepState {
  let state = plannedSweep(durations.length);
  durations.forEach((duration, run) => {
    state = applyEvent(state, { type: 'started', run, at: 1000, attempt: 1, pid: 1, slot: 0 });
    state = applyEvent(
      state,
      duration === undefined
        ? { type: 'failed', run, at: 1001, failure: { reason: 'exit-code', code: 1 } }
        : { type: 'succeeded', run, at: 1000 + duration },
    );
  });
  return state;
}

test('the mean duration counts the runs that succeeded', () => {
  expect(meanDuration(sweep(100, 300, undefined))).toBe(200);
  expect(meanDuration(sweep(undefined))).toBeUndefined();
  expect(meanDuration(plannedSweep(3))).toBeUndefined();
});

test('a sweep takes as many rounds as it has runs for each place', () => {
  const earlier = [sweep(100, 300)];
  expect(estimateSweep(earlier, { size: 8, maxParallel: 4 })).toBe(400);
  expect(estimateSweep(earlier, { size: 9, maxParallel: 4 })).toBe(600);
  expect(estimateSweep(earlier, { size: 2, maxParallel: 4 })).toBe(200);
});

test('the newest sweep with a success tells how long a run takes', () => {
  expect(estimateSweep([sweep(undefined), sweep(50), sweep(1000)], { size: 1, maxParallel: 1 })).toBe(50);
  expect(estimateSweep([], { size: 1, maxParallel: 1 })).toBeUndefined();
});
