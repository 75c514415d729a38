import fc from 'fast-check';
import { expect, test } from 'vitest';
import { medianDuration, shortestTimeoutMs } from '../../../../../src/core/runner/policy/medianDuration.ts';

test('is the median of all durations, however they come', () => {
  const durations = fc.array(fc.integer({ min: 1000, max: 1e7 }), { maxLength: 200 });
  fc.assert(
    fc.property(durations, durations, (earlier, later) => {
      const median = medianDuration(earlier);
      for (const duration of later) median.add(duration);
      const sorted = [...earlier, ...later].sort((a, b) => a - b);
      const { length } = sorted;
      const expected =
        length < 3
          ? undefined
          : (sorted[Math.floor((length - 1) / 2)]! + sorted[Math.floor(length / 2)]!) / 2;
      expect(median.percent(100)).toBe(expected && Math.round(expected));
      expect(median.percent(300)).toBe(expected && Math.round(expected * 3));
    }),
  );
});

test('gives no shorter time than a second', () => {
  expect(medianDuration([1, 2, 3]).percent(300)).toBe(shortestTimeoutMs);
});
