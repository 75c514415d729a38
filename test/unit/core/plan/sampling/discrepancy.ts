import type { PointSet } from '../../../../../src/core/plan/sampling/pointSet.ts';

/**
 * The L2 star discrepancy of the first points: how far the share of points in a box at the origin is from its volume, in the
 * root mean square over all boxes.
 *
 * Source: T. T. Warnock, "Computational investigations of low-discrepancy point sets" (1972).
 */
export function discrepancy(points: PointSet, size: number, dimensions: number): number {
  const x = Array.from({ length: size }, (_, index) =>
    Array.from({ length: dimensions }, (_, dimension) => points.at(index, dimension)),
  );
  let single = 0;
  let pairs = 0;
  for (const a of x) {
    single += a.reduce((product, value) => product * (1 - value * value), 1);
    for (const b of x) {
      let product = 1;
      for (let dimension = 0; dimension < dimensions; dimension++) {
        product *= 1 - Math.max(a[dimension]!, b[dimension]!);
      }
      pairs += product;
    }
  }
  return Math.sqrt(3 ** -dimensions - (2 ** (1 - dimensions) / size) * single + pairs / size ** 2);
}

/** The L2 star discrepancy that random points are expected to have, in the root mean square. */
export function randomDiscrepancy(size: number, dimensions: number): number {
  return Math.sqrt((2 ** -dimensions - 3 ** -dimensions) / size);
}
