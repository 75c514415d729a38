import { expect, test } from 'vitest';
import type { Failure } from '../../../../../src/core/failure.ts';
import {
  type AttemptEnd,
  failingStart,
  quickMs,
  untriedStart,
} from '../../../../../src/core/runner/policy/breaker.ts';

const one: Failure = { reason: 'exit-code', code: 1 };

/** How many runs have failed alike from the start; undefined when the breaker has no say any more. */
function alike(...ends: (Partial<AttemptEnd> & { failure: Failure | undefined })[]): number | undefined {
  return ends
    .map((end, run) => ({ run, durationMs: 5, ...end }))
    .reduce(
      (start, end) => (start === undefined ? undefined : failingStart(start, end)),
      untriedStart as typeof untriedStart | undefined,
    )?.runs.size;
}

test('counts the first runs while all fail in the same way', () => {
  expect(alike()).toBe(0);
  expect(alike({ failure: one }, { failure: one })).toBe(2);
  expect(alike({ failure: one }, { failure: { reason: 'exit-code', code: 2 } })).toBeUndefined();
  expect(alike({ failure: { reason: 'lost' } }, { failure: one })).toBeUndefined();
});

test('does not compare what the system says, since that names the directory of each run', () => {
  const missing = (run: number): Failure => ({
    reason: 'spawn-error',
    message: `./x: /runs/${run}/x does not exist`,
  });
  expect(alike({ failure: missing(0) }, { failure: missing(1) })).toBe(2);
});

test('has no say after a success, or after a failure that took its time', () => {
  expect(alike({ failure: one }, { failure: undefined }, { failure: one })).toBeUndefined();
  expect(alike({ failure: one, durationMs: quickMs + 1 })).toBeUndefined();
});

test('counts a run once, however often it is tried, and none that somebody ended', () => {
  expect(alike({ run: 3, failure: one }, { run: 3, failure: one })).toBe(1);
  expect(alike({ failure: one }, { failure: { reason: 'cancelled' } }, { failure: one })).toBe(2);
});
