import { maximin } from './maximin.ts';
import { permutation } from './permutation.ts';
import { checkCoordinate, type PointSet } from './pointSet.ts';
import { randomStream } from './random.ts';

/** What a Latin hypercube is made with. */
export interface LatinHypercubeOptions {
  readonly seed: number;
  readonly dimensions: number;
  /** How many points there are, and with it how many strata each dimension is cut into. */
  readonly samples: number;
  /** `maximin` also keeps the points apart, see {@link maximin}. Default: strata are matched at random. */
  readonly criterion?: 'maximin' | undefined;
}

/**
 * A Latin hypercube: each dimension is cut into as many strata of equal width as there are points, and each stratum holds
 * exactly one point, at a random place in it. Without a criterion, nothing is stored: a point takes the same short time in
 * a design of any size.
 *
 * Source: M. D. McKay, R. J. Beckman and W. J. Conover, "A comparison of three methods for selecting values of input
 * variables in the analysis of output from a computer code", Technometrics 21 (1979).
 */
export function latinHypercube({ seed, dimensions, samples, criterion }: LatinHypercubeOptions): PointSet {
  const axes = Array.from({ length: dimensions }, (_, dimension) => axis(seed, dimension, samples));
  const at = (index: number, dimension: number): number => {
    checkCoordinate(index, dimension, samples, dimensions);
    return (axes[dimension] as (index: number) => number)(index);
  };
  if (criterion === undefined) return { at };
  return maximin({ at }, { seed, dimensions, samples });
}

/** One coordinate of all points. */
function axis(seed: number, dimension: number, samples: number): (index: number) => number {
  const stratumOf = permutation(seed, `latin hypercube strata ${dimension}`, samples);
  const { uniformAt } = randomStream(seed, `latin hypercube places ${dimension}`);
  return (index) => {
    const stratum = stratumOf(index);
    const place = (stratum + uniformAt(index)) / samples;
    // At the very edges of a stratum, rounding can lead to its neighbour.
    return Math.floor(place * samples) === stratum ? place : (stratum + 0.5) / samples;
  };
}
