import { expect, test } from 'vitest';
import {
  figure,
  intervalText,
  isUncertain,
  probability,
  tableOf,
  ticksOf,
} from '../../../src/webview/results/sensitivity/rows.ts';

const texts = new Proxy({}, { get: (_, name) => `${String(name)} {0} {1}` }) as Parameters<typeof tableOf>[1];

test('an analysis becomes rows with a bar for each of its values', () => {
  const bar = (value: number) => ({ value, low: value - 0.1, high: value + 0.1 });
  const sobol = tableOf(
    {
      kind: 'sobol',
      basePoints: 512,
      notes: [],
      parameters: [{ name: 'x1', first: bar(0.3), total: bar(0.56) }],
    },
    texts,
  );
  expect(sobol).toMatchObject({
    axis: { min: 0, max: 1 },
    hasP: false,
    rows: [{ name: 'x1', bars: [{ value: 0.3 }, { value: 0.56 }] }],
    summary: 'basePoints 512 {1}',
  });
  const regression = tableOf(
    {
      kind: 'regression',
      coefficients: [{ name: 'engine = raptor', reference: 'merlin', p: 0.03, ...bar(-1.4) }],
      r2: 0.8,
      adjustedR2: 0.79,
      runs: 20,
      notes: [],
    },
    texts,
  );
  expect(regression).toMatchObject({
    axis: { min: -1.5, max: 1.5 },
    rows: [{ name: 'engine = raptor', detail: 'against merlin {1}', bars: [{ value: -1.4, p: 0.03 }] }],
    summary: 'fit 0.800 0.790',
  });
  expect(tableOf({ kind: 'importance', parameters: [], r2: undefined, runs: 3, notes: [] }, texts)).toBe(
    undefined,
  );
});

test('the ticks of an axis are round numbers', () => {
  expect(ticksOf({ min: -1, max: 1 })).toEqual([-1, -0.5, 0, 0.5, 1]);
  expect(ticksOf({ min: -0.04, max: 0.87 })).toEqual([0, 0.5]);
  expect(ticksOf({ min: 0, max: 0.012 })).toEqual([0, 0.005, 0.01]);
  expect(ticksOf({ min: 0, max: 1.3 })).toEqual([0, 0.5, 1]);
});

test('numbers are written as people write them', () => {
  expect(figure(-0.0001)).toBe('0.000');
  expect(figure(-0.25)).toBe('−0.250');
  expect(intervalText({ value: 0, low: -0.1, high: 0.2 }, 'to')).toBe('−0.100 to 0.200');
  expect(intervalText({ value: 0, low: undefined, high: undefined }, 'to')).toBe('');
  expect([probability(0.00001), probability(0.0421), probability(undefined)]).toEqual([
    '< 0.0001',
    '0.0421',
    '',
  ]);
});

test('a value is uncertain where its interval holds zero, or where p is all there is and large', () => {
  expect(isUncertain({ value: 0.1, low: -0.1, high: 0.3 })).toBe(true);
  expect(isUncertain({ value: 0.1, low: 0.01, high: 0.3 })).toBe(false);
  expect(isUncertain({ value: 0.1, low: undefined, high: undefined, p: 0.2 })).toBe(true);
  expect(isUncertain({ value: 0.1, low: undefined, high: undefined, p: 0.01 })).toBe(false);
});
