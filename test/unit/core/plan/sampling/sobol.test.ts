import { describe, expect, test } from 'vitest';
import type { PointSet } from '../../../../../src/core/plan/sampling/pointSet.ts';
import { uniformAt } from '../../../../../src/core/plan/sampling/random.ts';
import { largestSobolDimensions, sobol } from '../../../../../src/core/plan/sampling/sobol.ts';
import { sobolDirections } from '../../../../../src/core/plan/sampling/sobolDirections.ts';
import { discrepancy, randomDiscrepancy } from './discrepancy.ts';
import { readFixture } from './fixtures.ts';

type PolynomialAndNumbers = [polynomial: number, initial: number[]];
const table = readFixture<{ dimensions: PolynomialAndNumbers[] }>('sobol-joe-kuo-2048.json').dimensions;
const reference = readFixture<{ dims: Record<string, number[]> }>('sobol-points.json').dims;

/** The recurrence of m_k as Joe and Kuo print it, in integers of any size. */
function directionNumbers([polynomial, initial]: PolynomialAndNumbers, first: boolean): number[] {
  const degree = initial.length;
  const m = initial.map(BigInt);
  for (let k = degree; k < 32; k++) {
    if (first) {
      m.push(1n);
      continue;
    }
    let next = m[k - degree]! ^ (m[k - degree]! << BigInt(degree));
    for (let j = 1; j < degree; j++) {
      if ((polynomial >> (degree - j)) & 1) next ^= m[k - j]! << BigInt(j);
    }
    m.push(next);
  }
  return m.map((value, k) => Number(value << BigInt(31 - k)));
}

test('the packed table holds the direction numbers of Joe and Kuo in all 2,048 dimensions', () => {
  expect(table.length).toBe(largestSobolDimensions);
  const directions = sobolDirections(largestSobolDimensions);
  const expected = table.flatMap((entry, dimension) => directionNumbers(entry, dimension === 0));
  expect([...directions]).toEqual(expected);
});

describe('an unscrambled Sobol sequence', () => {
  const points = sobol({ seed: 1, dimensions: largestSobolDimensions, scramble: false });

  test.each(Object.keys(reference).map(Number))("has SciPy's points in dimension %d", (dimension) => {
    const ours = reference[dimension]!.map((_, index) => points.at(index, dimension));
    expect(ours).toEqual(reference[dimension]);
  });

  test('does not know its seed', () => {
    const other = sobol({ seed: 2, dimensions: 3, scramble: false });
    expect(other.at(77, 2)).toBe(points.at(77, 2));
  });
});

/** How often the first points fall into each box of a grid of the unit square. */
function counts(points: PointSet, size: number, boxes: [number, number], dimensions: [number, number]) {
  const found = new Array<number>(boxes[0] * boxes[1]).fill(0);
  for (let index = 0; index < size; index++) {
    const x = Math.floor(points.at(index, dimensions[0]) * boxes[0]);
    const y = Math.floor(points.at(index, dimensions[1]) * boxes[1]);
    found[x * boxes[1] + y]!++;
  }
  return found;
}

describe('a scrambled Sobol sequence', () => {
  test('puts one of 256 points into every box of area 1/256, in any shape, as Owen says', () => {
    for (const seed of [0, 1, 2 ** 40]) {
      const points = sobol({ seed, dimensions: 2 });
      for (let width = 1; width <= 256; width *= 2) {
        expect(counts(points, 256, [width, 256 / width], [0, 1])).toEqual(new Array(256).fill(1));
      }
    }
  });

  test('puts one of 64 points into each 64th of every dimension', () => {
    const points = sobol({ seed: 5, dimensions: largestSobolDimensions });
    for (let dimension = 0; dimension < largestSobolDimensions; dimension++) {
      const strata = Array.from({ length: 64 }, (_, index) => Math.floor(points.at(index, dimension) * 64));
      expect(new Set(strata).size).toBe(64);
    }
  });

  test('gives each point any place: over many seeds it is uniform, to the last of 53 bits', () => {
    const seeds = 4096;
    const boxes = new Array<number>(16).fill(0);
    const lastBits = new Array<number>(16).fill(0);
    for (let seed = 0; seed < seeds; seed++) {
      const place = sobol({ seed, dimensions: 1 }).at(3, 0);
      boxes[Math.floor(place * 16)]!++;
      lastBits[(place * 2 ** 53) % 16]!++;
    }
    // Chi-square with 15 degrees of freedom stays below 37.7 in 999 of 1,000 cases.
    const chiSquare = (found: number[]) => found.reduce((sum, n) => sum + (n - 256) ** 2 / 256, 0);
    expect(chiSquare(boxes)).toBeLessThan(37.7);
    expect(chiSquare(lastBits)).toBeLessThan(37.7);
  });

  test('turns two neighbouring digits independently of each other', () => {
    const found = new Array<number>(16).fill(0);
    for (let seed = 0; seed < 4096; seed++) {
      // Two points that part at the first digit have coins of their own from the second on.
      const points = sobol({ seed, dimensions: 1 });
      const [a, b] = [points.at(0, 0), points.at(1, 0)];
      found[(Math.floor(a * 8) % 4) * 4 + (Math.floor(b * 8) % 4)]!++;
    }
    expect(found.reduce((sum, n) => sum + (n - 256) ** 2 / 256, 0)).toBeLessThan(37.7);
  });

  test('keeps its first points whatever follows, and has others for another seed', () => {
    const points = sobol({ seed: 3, dimensions: 4 });
    const more = sobol({ seed: 3, dimensions: 9 });
    for (let index = 0; index < 50; index++) expect(points.at(index, 3)).toBe(more.at(index, 3));
    expect(sobol({ seed: 4, dimensions: 4 }).at(0, 0)).not.toBe(points.at(0, 0));
  });

  test.each([
    [2, 15],
    [3, 8],
    [5, 3],
  ])(
    'fills %d dimensions with 1,024 points at least %d times as evenly as random points',
    (dimensions, factor) => {
      for (const scramble of [true, false]) {
        const ofSobol = discrepancy(sobol({ seed: 7, dimensions, scramble }), 1024, dimensions);
        // Unscrambled, the points keep to the lower corner of their boxes.
        expect(randomDiscrepancy(1024, dimensions) / ofSobol).toBeGreaterThan(
          scramble ? factor : 0.8 * factor,
        );
      }
    },
  );

  test('integrates a smooth function a hundred times as exactly as random points', () => {
    const size = 1024;
    const dimensions = 3;
    const error = (points: PointSet): number => {
      let sum = 0;
      for (let index = 0; index < size; index++) {
        let product = 1;
        for (let dimension = 0; dimension < dimensions; dimension++) {
          product *= 1 + (points.at(index, dimension) - 0.5);
        }
        sum += product;
      }
      return (sum / size - 1) ** 2;
    };
    let ofSobol = 0;
    let ofRandom = 0;
    for (let seed = 0; seed < 20; seed++) {
      ofSobol += error(sobol({ seed, dimensions }));
      ofRandom += error({ at: (index, dimension) => uniformAt(seed, `x${dimension}`, index) });
    }
    expect(Math.sqrt(ofRandom / ofSobol)).toBeGreaterThan(100);
  });
});

test('a Sobol sequence refuses what it has not', () => {
  expect(() => sobol({ seed: 1, dimensions: 2049 })).toThrow('at most 2048 dimensions');
  const points = sobol({ seed: 1, dimensions: 2 });
  for (const index of [-1, 0.5, 2 ** 32, Number.NaN]) expect(() => points.at(index, 0)).toThrow(RangeError);
  for (const dimension of [-1, 2]) expect(() => points.at(0, dimension)).toThrow(RangeError);
  expect(points.at(2 ** 32 - 1, 1)).toBeLessThan(1);
});
