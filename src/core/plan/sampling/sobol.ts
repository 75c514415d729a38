import { owenScramble } from './owenScramble.ts';
import { checkCoordinate, type PointSet } from './pointSet.ts';
import { largestSobolDimensions, sobolBits, sobolDirections } from './sobolDirections.ts';

export { largestSobolDimensions };

/** What a Sobol sequence is made with. */
export interface SobolOptions {
  readonly seed: number;
  /** From 1 to {@link largestSobolDimensions}. */
  readonly dimensions: number;
  /** Whether the seed scrambles the points, see {@link owenScramble}. Default: true. Unscrambled, the first point is 0. */
  readonly scramble?: boolean | undefined;
}

/** The number of points of a sequence. */
const points = 2 ** sobolBits;

/**
 * The Sobol sequence with the direction numbers of Joe and Kuo: points that fill the unit cube evenly, the more so when
 * their number is a power of two. They do not depend on how many are asked for. Unscrambled they are those of SciPy's
 * `qmc.Sobol`, in the same order (that of the Gray code).
 *
 * Sources: I. M. Sobol', "On the distribution of points in a cube and the approximate evaluation of integrals", USSR Comput.
 * Math. Math. Phys. 7 (1967); I. A. Antonov and V. M. Saleev, "An economic method of computing LPτ-sequences", USSR Comput.
 * Math. Math. Phys. 19 (1979).
 *
 * Throws a RangeError when there are no direction numbers for so many dimensions.
 */
export function sobol({ seed, dimensions, scramble = true }: SobolOptions): PointSet {
  if (dimensions > largestSobolDimensions) {
    throw new RangeError(
      `a Sobol sequence has at most ${largestSobolDimensions} dimensions, not ${dimensions}`,
    );
  }
  const directions = sobolDirections(dimensions);
  const finish = Array.from({ length: dimensions }, (_, dimension) =>
    scramble ? owenScramble(seed, `sobol ${dimension}`) : (word: number) => word * 2 ** -sobolBits,
  );
  return {
    at(index, dimension) {
      checkCoordinate(index, dimension, points, dimensions);
      let word = 0;
      let gray = (index ^ (index >>> 1)) >>> 0;
      for (let k = dimension * sobolBits; gray !== 0; k++, gray >>>= 1) {
        if (gray & 1) word ^= directions[k] as number;
      }
      return (finish[dimension] as (word: number) => number)(word >>> 0);
    },
  };
}
