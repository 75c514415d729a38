import { expect, test } from 'vitest';
import type { SweepEvent } from '../../../src/core/event.ts';
import { reconcile } from '../../../src/core/reconcile.ts';
import { applyEvent, plannedSweep, type SweepState } from '../../../src/core/sweepState.ts';

const opened: SweepEvent = { type: 'sweep', reason: 'opened', at: 0, version: 2, total: 3, maxParallel: 1 };
const succeeded = (run: number): SweepEvent => ({ type: 'succeeded', run, at: 2 });

function after(...events: SweepEvent[]): SweepState {
  return [opened, ...events].reduce(applyEvent, plannedSweep(3));
}

test('a sweep of which every wanted run has ended adds up', () => {
  expect(reconcile(after(succeeded(0), succeeded(1), succeeded(2)), [0, 1, 2])).toBeUndefined();
  expect(reconcile(after(succeeded(1)), [1])).toBeUndefined();
});

test('a run that was wanted and never executed is missed, unless the sweep was stopped', () => {
  expect(reconcile(after(succeeded(0)), [0, 1, 2])).toMatch(/^2 of the runs .* run 1$/);
  const stopping: SweepEvent = { type: 'sweep', reason: 'stopping', at: 1 };
  expect(reconcile(after(succeeded(0), stopping), [0, 1, 2])).toBeUndefined();
});

test('a run that is said to run when nothing does is missed', () => {
  const started: SweepEvent = { type: 'started', run: 0, at: 1, attempt: 1, pid: 1, slot: 0 };
  expect(reconcile(after(started), [0])).toBe('1 of 3 runs are still said to run');
});

test('counts that are not those of the runs are told', () => {
  const state = after(succeeded(0));
  expect(reconcile({ ...state, counts: { ...state.counts, success: 2 } }, [0])).toBe(
    'of 3 planned runs there are 1 success (2 were counted)',
  );
});
