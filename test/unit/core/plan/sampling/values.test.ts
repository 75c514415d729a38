import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Column, Spacing } from '../../../../../src/core/plan/sampling/values.ts';
import {
  arange,
  linspace,
  logspace,
  spaced,
  spacingProblem,
} from '../../../../../src/core/plan/sampling/values.ts';

/** The values as a program gets to read them. */
function printed(values: Column): string {
  return Array.from({ length: values.length }, (_, index) => String(values.at(index))).join(' ');
}

describe('arange', () => {
  test.each<[number, number, number, string]>([
    [0, 1, 0.1, '0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1'],
    [0, 1, 0.3, '0 0.3 0.6 0.9'],
    [-0.3, 0.3, 0.1, '-0.3 -0.2 -0.1 0 0.1 0.2 0.3'],
    [1e-7, 5e-7, 2e-7, '1e-7 3e-7 5e-7'],
    [1.1, 3.3, 1.1, '1.1 2.2 3.3'],
    [900, 1000, 50, '900 950 1000'],
    [1, 2, 5, '1'],
    [3, 3, 1, '3'],
    [0, 1e21, 5e20, '0 500000000000000000000 1e+21'],
    [0, Math.E, 0.3, '0 0.3 0.6 0.9 1.2 1.5 1.8 2.1 2.4 2.7'],
    [0, Math.PI, Math.PI / 2, '0 1.5707963267948966 3.141592653589793'],
  ])('from %d to %d by %d has the values that people expect', (min, max, step, values) => {
    expect(printed(arange(min, max, step))).toBe(values);
  });

  test('prints every value of two decimals as it would be written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 1, max: 40 }), (from, step) => {
        const values = arange(from / 100, (from + 2000) / 100, step / 100);
        expect(values.length).toBe(Math.floor(2000 / step) + 1);
        for (let index = 0; index < values.length; index++) {
          expect(String(values.at(index))).toBe(String(Number(`${from + index * step}e-2`)));
        }
      }),
    );
  });
});

describe('linspace', () => {
  test.each<[number, number, number, string]>([
    [0, 1, 11, '0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1'],
    [0, 0.3, 4, '0 0.1 0.2 0.3'],
    [-1, 2, 7, '-1 -0.5 0 0.5 1 1.5 2'],
    [900, 1100, 3, '900 1000 1100'],
    [1, 2, 4, '1 1.3333333333333333 1.6666666666666667 2'],
    [5, 5, 1, '5'],
    [Math.E, Math.PI, 2, '2.718281828459045 3.141592653589793'],
  ])('from %d to %d in %d steps has the values that people expect', (min, max, steps, values) => {
    expect(printed(linspace(min, max, steps))).toBe(values);
  });
});

describe('logspace', () => {
  test.each<[number, number, number, string]>([
    [1e-4, 1, 5, '0.0001 0.001 0.01 0.1 1'],
    [1, 1024, 11, '1 2 4 8 16 32 64 128 256 512 1024'],
    [0.003, 300, 6, '0.003 0.03 0.3 3 30 300'],
    [1e-300, 1e300, 7, '1e-300 1e-200 1e-100 1 1e+100 1e+200 1e+300'],
    [7, 7, 1, '7'],
  ])('from %d to %d in %d steps has the values that people expect', (min, max, steps, values) => {
    expect(printed(logspace(min, max, steps))).toBe(values);
  });

  test('keeps its ratio where the values are not short', () => {
    const values = logspace(1, 10, 4);
    expect(values.at(1)).toBeCloseTo(10 ** (1 / 3), 14);
    expect(values.at(2)).toBeCloseTo(10 ** (2 / 3), 14);
  });
});

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const spacings: fc.Arbitrary<Spacing> = fc.oneof(
  fc.record({ kind: fc.constant('linspace' as const), min: finite, max: finite, steps: fc.nat() }),
  fc.record({ kind: fc.constant('logspace' as const), min: finite, max: finite, steps: fc.nat() }),
  fc.record({ kind: fc.constant('arange' as const), min: finite, max: finite, step: finite }),
);

test('values of any sound spacing begin at min, never fall, and do not pass max', () => {
  let sound = 0;
  fc.assert(
    fc.property(spacings, (spacing) => {
      if (spacingProblem(spacing) !== undefined) return;
      sound++;
      const values = spaced(spacing);
      expect(values.at(0)).toBe(spacing.min + 0);
      const { length } = values;
      const places = [...new Set([0, 1, 2, Math.floor(length / 2), length - 2, length - 1])]
        .filter((place) => place >= 0 && place < length)
        .sort((a, b) => a - b);
      const found = places.map((place) => values.at(place));
      expect(found).toEqual([...found].sort((a, b) => a - b));
      expect(found.at(-1)).toBeLessThanOrEqual(spacing.max);
      if (spacing.kind !== 'arange' && length > 1) expect(found.at(-1)).toBe(spacing.max + 0);
    }),
    { numRuns: 2000 },
  );
  expect(sound).toBeGreaterThan(100);
});

test('a row of 10^15 values is there at once', () => {
  const values = linspace(0, 1, 1e15 + 1);
  expect(values.length).toBe(1e15 + 1);
  expect(values.at(5e14)).toBe(0.5);
  expect(() => values.at(1e15 + 1)).toThrow(RangeError);
});

test.each<[Spacing, string]>([
  [{ kind: 'linspace', min: 2, max: 1, steps: 3 }, '"min" is at most "max", but 2 is over 1'],
  [
    { kind: 'linspace', min: 0, max: 1, steps: 1 },
    '"steps" is a whole number from 2 on, as both ends are included, not 1',
  ],
  [{ kind: 'linspace', min: 1, max: 1, steps: 0.5 }, '"steps" is a whole number from 1 on, not 0.5'],
  [{ kind: 'linspace', min: Number.NaN, max: 1, steps: 3 }, '"min" is a finite number, not NaN'],
  [
    { kind: 'linspace', min: -1.7e308, max: 1.7e308, steps: 3 },
    'from -1.7e+308 to 1.7e+308 it is farther than a number can tell',
  ],
  [{ kind: 'logspace', min: 0, max: 1, steps: 3 }, 'a logarithmic scale begins above 0, not at 0'],
  [{ kind: 'arange', min: 0, max: 1, step: 0 }, '"step" is greater than 0, not 0'],
  [{ kind: 'arange', min: 0, max: 1, step: 1e-20 }, 'from 0 to 1 by 1e-20 there are too many values'],
])('%j has a problem that says what is expected', (spacing, message) => {
  expect(spacingProblem(spacing)?.message).toBe(message);
});
