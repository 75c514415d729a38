import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type HaltRule, haltRuleText } from '../../../../../src/core/policy.ts';
import { halts } from '../../../../../src/core/runner/policy/halt.ts';
import { fileOf, soundExcept } from '../../sweepFile/problems.ts';

function rule(text: string): HaltRule {
  return fileOf(soundExcept(`halt: ${text}`)).policy.halt!;
}

test.each([
  ['soon,fail=3', { failed: 2, succeeded: 50 }, false],
  ['soon,fail=3', { failed: 3, succeeded: 0 }, true],
  ['now,success=1', { failed: 9, succeeded: 0 }, false],
  ['now,success=1', { failed: 9, succeeded: 1 }, true],
  ['soon,done=4', { failed: 2, succeeded: 1 }, false],
  ['soon,done=4', { failed: 2, succeeded: 2 }, true],
  // As GNU parallel has it: of all runs, and the third of 25 is the first that reaches 10%.
  ['now,fail=10%', { failed: 2, succeeded: 0 }, false],
  ['now,fail=10%', { failed: 3, succeeded: 0 }, true],
  ['soon,done=100%', { failed: 5, succeeded: 19 }, false],
  ['soon,done=100%', { failed: 5, succeeded: 20 }, true],
])('%s with %o of 25 runs: %s', (text, ends, expected) => {
  expect(halts(rule(text), ends, 25)).toBe(expected);
  expect(haltRuleText(rule(text))).toBe(text);
});

test('never comes true before a run has ended, and once true stays so', () => {
  const limit = fc.oneof(
    fc.record({ count: fc.integer({ min: 1, max: 50 }) }),
    fc.record({ percent: fc.double({ min: 0.001, max: 100, noNaN: true }) }),
  );
  const anyRule: fc.Arbitrary<HaltRule> = fc.record({
    when: fc.constantFrom('soon', 'now'),
    why: fc.constantFrom('fail', 'success', 'done'),
    limit,
  });
  fc.assert(
    fc.property(
      anyRule,
      fc.nat(30),
      fc.nat(30),
      fc.integer({ min: 1, max: 60 }),
      (any, failed, succeeded, wanted) => {
        expect(halts(any, { failed: 0, succeeded: 0 }, wanted)).toBe(false);
        if (!halts(any, { failed, succeeded }, wanted)) return;
        expect(halts(any, { failed: failed + 1, succeeded }, wanted)).toBe(true);
        expect(halts(any, { failed, succeeded: succeeded + 1 }, wanted)).toBe(true);
      },
    ),
  );
});
