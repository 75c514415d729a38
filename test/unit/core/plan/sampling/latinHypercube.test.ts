import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { latinHypercube } from '../../../../../src/core/plan/sampling/latinHypercube.ts';
import type { PointSet } from '../../../../../src/core/plan/sampling/pointSet.ts';

/** How many different strata of a dimension hold a point. */
function strataWithPoint(points: PointSet, dimension: number, samples: number): number {
  const strata = Array.from({ length: samples }, (_, index) =>
    Math.floor(points.at(index, dimension) * samples),
  );
  return new Set(strata).size;
}

function leastDistance(points: PointSet, samples: number, dimensions: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let a = 0; a < samples; a++) {
    for (let b = 0; b < a; b++) {
      let sum = 0;
      for (let dimension = 0; dimension < dimensions; dimension++) {
        sum += (points.at(a, dimension) - points.at(b, dimension)) ** 2;
      }
      least = Math.min(least, sum);
    }
  }
  return Math.sqrt(least);
}

describe.each([undefined, 'maximin'] as const)('a Latin hypercube with the criterion %s', (criterion) => {
  test('has exactly one point in each stratum of each dimension', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 200 }), (seed, samples) => {
        const points = latinHypercube({ seed, dimensions: 4, samples, criterion });
        for (let dimension = 0; dimension < 4; dimension++) {
          expect(strataWithPoint(points, dimension, samples)).toBe(samples);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('is the same for the same seed, whatever is asked for first', () => {
    const one = latinHypercube({ seed: 5, dimensions: 3, samples: 50, criterion });
    const two = latinHypercube({ seed: 5, dimensions: 3, samples: 50, criterion });
    const last = two.at(49, 2);
    expect(one.at(0, 0)).toBe(two.at(0, 0));
    expect(one.at(49, 2)).toBe(last);
    expect(latinHypercube({ seed: 6, dimensions: 3, samples: 50, criterion }).at(0, 0)).not.toBe(
      one.at(0, 0),
    );
  });

  test('has no other points than it was made with', () => {
    const points = latinHypercube({ seed: 5, dimensions: 3, samples: 50, criterion });
    expect(() => points.at(50, 0)).toThrow('no point 50 in a set of 50');
    expect(() => points.at(0, 3)).toThrow('no dimension 3 in a cube of 3');
  });
});

test('a Latin hypercube of a million points is asked for at once, and has each stratum', () => {
  const points = latinHypercube({ seed: 1, dimensions: 3, samples: 1_000_000 });
  expect(strataWithPoint(points, 2, 1_000_000)).toBe(1_000_000);
});

test('dimensions of a Latin hypercube are matched at random', () => {
  const points = latinHypercube({ seed: 1, dimensions: 2, samples: 4096 });
  const found = new Array<number>(16).fill(0);
  for (let index = 0; index < 4096; index++) {
    found[Math.floor(points.at(index, 0) * 4) * 4 + Math.floor(points.at(index, 1) * 4)]!++;
  }
  // Rows and columns have fixed sums, which leaves 9 degrees of freedom: below 27.9 in 999 of 1,000 cases.
  expect(found.reduce((sum, n) => sum + (n - 256) ** 2 / 256, 0)).toBeLessThan(27.9);
});

describe('maximin', () => {
  test.each([
    [10, 2, 1.5],
    [50, 2, 3],
    [200, 5, 2],
  ])(
    'moves the closest of %d points in %d dimensions at least %d times as far apart',
    (samples, dimensions, factor) => {
      const size = { dimensions, samples };
      let before = 0;
      let after = 0;
      for (let seed = 0; seed < 10; seed++) {
        before += leastDistance(latinHypercube({ ...size, seed }), samples, dimensions);
        after += leastDistance(latinHypercube({ ...size, seed, criterion: 'maximin' }), samples, dimensions);
      }
      expect(after / before).toBeGreaterThan(factor);
    },
  );

  test('says how many points it can compare', () => {
    expect(() => latinHypercube({ seed: 1, dimensions: 10, samples: 100_000, criterion: 'maximin' })).toThrow(
      'takes at most 4472 of them in 10 dimensions, not 100000',
    );
  });

  test.each([1, 2])('leaves %d points as they are', (samples) => {
    const size = { seed: 1, dimensions: 2, samples };
    expect(latinHypercube({ ...size, criterion: 'maximin' }).at(0, 1)).toBe(latinHypercube(size).at(0, 1));
  });
});
