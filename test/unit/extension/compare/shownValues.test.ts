import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shownValues } from '../../../../src/extension/compare/shownValues.ts';

test('values of runs that are compared stand without what computing in binary has left of them', () => {
  expect(shownValues([0.1 + 0.2, 0.25])).toEqual(['0.3', '0.25']);
  expect(shownValues([0.1 + 0.2, 0.1 + 0.2])).toEqual(['0.3', '0.3']);
  expect(shownValues([undefined, 'word', true, null, [1, 'a'], 12])).toEqual([
    '–',
    'word',
    'true',
    'null',
    '[1,"a"]',
    '12',
  ]);
});

test('numbers that differ only in their last digits have all of them, and so does the rest of the row', () => {
  expect(shownValues([0.1 + 0.2, 0.3, 0.7 + 0.1])).toEqual([
    '0.30000000000000004',
    '0.3',
    '0.7999999999999999',
  ]);
});

test('numbers that differ never look alike', () => {
  const number = fc.double({ noNaN: true });
  const close = fc.tuple(number, fc.integer({ min: 0, max: 9 })).map(([value, steps]) => {
    const next = value * (1 + steps * Number.EPSILON);
    return [value, next] as const;
  });
  fc.assert(
    fc.property(close, ([one, other]) => {
      const [left, right] = shownValues([one, other]);
      expect(left === right).toBe(one === other);
    }),
  );
});
