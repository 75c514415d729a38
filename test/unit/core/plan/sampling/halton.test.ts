import { describe, expect, test } from 'vitest';
import { halton, largestHaltonDimensions } from '../../../../../src/core/plan/sampling/halton.ts';
import { discrepancy, randomDiscrepancy } from './discrepancy.ts';
import { readFixture } from './fixtures.ts';

const reference = readFixture<{ points: number[][] }>('halton-points.json').points;

test("an unscrambled Halton sequence has SciPy's points", () => {
  const points = halton({ seed: 1, dimensions: 8, scramble: false });
  reference.forEach((point, index) => {
    for (const [dimension, value] of point.entries()) {
      expect(points.at(index, dimension)).toBeCloseTo(value, 15);
    }
  });
});

describe('a scrambled Halton sequence', () => {
  test.each([
    [0, 2, 64],
    [1, 3, 81],
    [2, 5, 125],
    [24, 97, 97],
  ])('in dimension %d, of base %d, puts one of %d points into each interval', (dimension, _base, size) => {
    const points = halton({ seed: 9, dimensions: 25 });
    const strata = Array.from({ length: size }, (_, index) => Math.floor(points.at(index, dimension) * size));
    expect(new Set(strata).size).toBe(size);
  });

  test('gives each point any place: over many seeds it is uniform', () => {
    const boxes = new Array<number>(16).fill(0);
    for (let seed = 0; seed < 4096; seed++) {
      boxes[Math.floor(halton({ seed, dimensions: 2 }).at(0, 1) * 16)]!++;
    }
    expect(boxes.reduce((sum, n) => sum + (n - 256) ** 2 / 256, 0)).toBeLessThan(37.7);
  });

  test.each([
    [2, 9],
    [3, 5],
    [5, 2.5],
  ])(
    'fills %d dimensions with 1,024 points at least %d times as evenly as random points',
    (dimensions, factor) => {
      const ofHalton = discrepancy(halton({ seed: 7, dimensions }), 1024, dimensions);
      expect(randomDiscrepancy(1024, dimensions) / ofHalton).toBeGreaterThan(factor);
    },
  );

  test('keeps its first points whatever follows, and has others for another seed', () => {
    const points = halton({ seed: 3, dimensions: 4 });
    expect(halton({ seed: 3, dimensions: 9 }).at(33, 3)).toBe(points.at(33, 3));
    expect(halton({ seed: 4, dimensions: 4 }).at(33, 3)).not.toBe(points.at(33, 3));
  });

  test('stays in [0, 1) to its last point and its last dimension', () => {
    const points = halton({ seed: 3, dimensions: largestHaltonDimensions });
    for (const dimension of [0, 1, 500, largestHaltonDimensions - 1]) {
      for (const index of [0, 1, 2 ** 31, 2 ** 32 - 1]) {
        expect(points.at(index, dimension)).toBeGreaterThanOrEqual(0);
        expect(points.at(index, dimension)).toBeLessThan(1);
      }
    }
  });
});

test('a Halton sequence refuses what it has not', () => {
  expect(() => halton({ seed: 1, dimensions: 1001 })).toThrow('at most 1000 dimensions');
  expect(() => halton({ seed: 1, dimensions: 2 }).at(0, 2)).toThrow(RangeError);
});
