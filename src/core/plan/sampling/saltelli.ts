import { checkCoordinate, type PointSet } from './pointSet.ts';
import { largestSobolDimensions, type SobolOptions, sobol } from './sobol.ts';

/** The number of dimensions of a Saltelli design: it takes twice as many of a Sobol sequence. */
export const largestSaltelliDimensions = largestSobolDimensions / 2;

/** The number of points of a Saltelli design: N base points in d dimensions make N(d + 2) of them. */
export function saltelliSize(baseSamples: number, dimensions: number): number {
  return baseSamples * (dimensions + 2);
}

/** What a point of a Saltelli design is for. */
export interface SaltelliRow {
  /** Which of the base points it belongs to, from 0. */
  readonly base: number;
  /** The matrix whose row it is: A, B, or A with the column of one dimension from B. */
  readonly matrix: 'A' | 'B' | 'AB';
  /** The dimension whose coordinate comes from B; undefined for A and B themselves. */
  readonly swapped: number | undefined;
}

/** The place of a point in its design. The points of a base point follow each other: A, AB of each dimension, B. */
export function saltelliRow(index: number, dimensions: number): SaltelliRow {
  const base = Math.floor(index / (dimensions + 2));
  const place = index - base * (dimensions + 2);
  if (place === 0) return { base, matrix: 'A', swapped: undefined };
  if (place === dimensions + 1) return { base, matrix: 'B', swapped: undefined };
  return { base, matrix: 'AB', swapped: place - 1 };
}

/** What a Saltelli design is made with. */
export interface SaltelliOptions extends SobolOptions {
  /** From 1 to {@link largestSaltelliDimensions}. */
  readonly dimensions: number;
  /** N: how many base points there are; a power of two keeps the balance of the Sobol sequence. */
  readonly baseSamples: number;
}

/**
 * The design from which first-order and total Sobol indices are estimated: two independent sets of N points, A and B (the
 * first and the last d dimensions of a Sobol sequence in 2d), and for each dimension A with that column taken from B. The
 * order of the points is that of SALib's `sample.sobol` without second-order indices. Raising N keeps the first points.
 *
 * Source: A. Saltelli, P. Annoni, I. Azzini, F. Campolongo, M. Ratto and S. Tarantola, "Variance based sensitivity analysis
 * of model output", Comput. Phys. Commun. 181 (2010).
 *
 * Throws a RangeError when there are more than {@link largestSaltelliDimensions} dimensions.
 */
export function saltelli({ seed, dimensions, baseSamples, scramble }: SaltelliOptions): PointSet {
  if (dimensions > largestSaltelliDimensions) {
    throw new RangeError(
      `a Saltelli design has at most ${largestSaltelliDimensions} dimensions, not ${dimensions}`,
    );
  }
  const size = saltelliSize(baseSamples, dimensions);
  const points = sobol({ seed, dimensions: 2 * dimensions, scramble });
  return {
    at(index, dimension) {
      checkCoordinate(index, dimension, size, dimensions);
      const { base, matrix, swapped } = saltelliRow(index, dimensions);
      const fromB = matrix === 'B' || swapped === dimension;
      return points.at(base, fromB ? dimensions + dimension : dimension);
    },
  };
}
