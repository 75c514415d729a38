import fc from 'fast-check';
import { expect, test } from 'vitest';
import { permutation } from '../../../../../src/core/plan/sampling/permutation.ts';
import { runSeeds } from '../../../../../src/core/plan/sampling/seeds.ts';

const seeds = fc.nat({ max: Number.MAX_SAFE_INTEGER });

test('a permutation has every place once, for any size', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 5000 }), (seed, size) => {
      const place = permutation(seed, 'x', size);
      const places = Array.from({ length: size }, (_, index) => place(index));
      expect(places.sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, index) => index));
    }),
    { numRuns: 60 },
  );
});

test('a permutation of 10^15 places is asked for at once, and stays inside', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 0, max: 1e15 - 2 }), (seed, index) => {
      const place = permutation(seed, 'x', 1e15);
      const [a, b] = [place(index), place(index + 1)];
      expect(Number.isInteger(a) && a >= 0 && a < 1e15).toBe(true);
      expect(a).not.toBe(b);
    }),
  );
});

test('every order of five is as likely as any other', () => {
  const found = new Map<string, number>();
  for (let seed = 0; seed < 24_000; seed++) {
    const place = permutation(seed, 'x', 5);
    const order = [0, 1, 2, 3, 4].map(place).join('');
    found.set(order, (found.get(order) ?? 0) + 1);
  }
  expect(found.size).toBe(120);
  // Chi-square with 119 degrees of freedom stays below 172.4 in 999 of 1,000 cases.
  expect([...found.values()].reduce((sum, n) => sum + (n - 200) ** 2 / 200, 0)).toBeLessThan(172.4);
});

test('places of neighbours are independent', () => {
  const place = permutation(42, 'x', 2 ** 16);
  const found = new Array<number>(16).fill(0);
  for (let index = 0; index < 2 ** 16; index += 2) {
    found[(place(index) >>> 14) * 4 + (place(index + 1) >>> 14)]!++;
  }
  const expected = 2 ** 15 / 16;
  // Chi-square with 15 degrees of freedom stays below 37.7 in 999 of 1,000 cases.
  expect(found.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)).toBeLessThan(37.7);
});

test('the seeds of 100,000 runs are different, fit 31 bits, and change with the seed of the sweep', () => {
  const seedAt = runSeeds(1);
  const found = Array.from({ length: 100_000 }, (_, index) => seedAt(index));
  expect(new Set(found).size).toBe(found.length);
  expect(found.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31)).toBe(true);
  expect(runSeeds(2)(0)).not.toBe(found[0]);
});
