import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Failure } from '../../../../../src/core/failure.ts';
import { defaultRetryCauses, type RetryCause } from '../../../../../src/core/policy.ts';
import { longestDelayMs, retryDelay } from '../../../../../src/core/runner/policy/retry.ts';

const failures: Failure[] = [
  { reason: 'exit-code', code: 75 },
  { reason: 'exit-code', code: 1 },
  { reason: 'signal', signal: 'SIGSEGV' },
  { reason: 'timeout', timeoutMs: 1 },
  { reason: 'out-of-memory' },
  { reason: 'spawn-error', message: 'x: not found' },
  { reason: 'lost' },
  { reason: 'cancelled' },
  { reason: 'halted' },
];

function triedAgain(on: readonly RetryCause[]): string[] {
  return failures
    .filter((failure) => retryDelay({ max: 1, delayMs: 0, backoff: 1, on }, failure, 0) !== undefined)
    .map((failure) => ('code' in failure ? `exit-code ${failure.code}` : failure.reason));
}

describe('a run that failed is tried again', () => {
  test.each<[readonly RetryCause[], string[]]>([
    [['timeout'], ['timeout']],
    [['exit'], ['exit-code 75', 'exit-code 1']],
    [[{ exit: [75, 76] }], ['exit-code 75']],
    // Where the kernel's record cannot be read, a process that it killed looks like one that anybody killed.
    [['signal'], ['signal', 'out-of-memory']],
    [['out_of_memory'], ['out-of-memory']],
    [
      ['spawn_error', 'lost'],
      ['spawn-error', 'lost'],
    ],
    [defaultRetryCauses, ['exit-code 75', 'exit-code 1', 'signal', 'timeout', 'out-of-memory', 'lost']],
    [[], []],
  ])('on %o for %o', (on, expected) => {
    expect(triedAgain(on)).toEqual(expected);
  });

  test('as often as was asked for, each time after a longer wait, but never longer than a day', () => {
    const delays = [0, 1, 2, 3].map((retried) =>
      retryDelay({ max: 3, delayMs: 5000, backoff: 2, on: ['lost'] }, { reason: 'lost' }, retried),
    );
    expect(delays).toEqual([5000, 10_000, 20_000, undefined]);
    fc.assert(
      fc.property(
        fc.record({
          max: fc.constant(1e6),
          delayMs: fc.nat(),
          backoff: fc.double({ min: 1, max: 100, noNaN: true }),
          on: fc.constant(['lost' as const]),
        }),
        fc.nat(100_000),
        (retries, retried) => {
          const delay = retryDelay(retries, { reason: 'lost' }, retried)!;
          const next = retryDelay(retries, { reason: 'lost' }, retried + 1)!;
          expect(Number.isSafeInteger(delay)).toBe(true);
          expect(delay).toBeLessThanOrEqual(next);
          expect(next).toBeLessThanOrEqual(longestDelayMs);
        },
      ),
    );
  });
});
