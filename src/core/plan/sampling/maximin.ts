import { checkCoordinate, type PointSet } from './pointSet.ts';
import { type RandomStream, randomStream } from './random.ts';

/** How many differences of coordinates a search may compute: well below a second. */
const budget = 2e7;

/** The points of a maximin design are all compared with each other, which is what limits their number. */
const largestComparison = 2e8;

interface Size {
  readonly samples: number;
  readonly dimensions: number;
}

/** Why there can be no maximin design of this size, as a message; undefined when there can. */
export function maximinProblem({ samples, dimensions }: Size): string | undefined {
  if (samples * samples * dimensions <= largestComparison) return undefined;
  const most = Math.floor(Math.sqrt(largestComparison / dimensions));
  return `maximin compares all points with each other, and takes at most ${most} of them in ${dimensions} dimensions, not ${samples}`;
}

/**
 * A Latin hypercube whose points are farther apart: two points exchange a coordinate, which leaves every stratum its
 * point, as long as this moves the closest pair of points apart and no other pair closer than it was.
 *
 * A columnwise-pairwise exchange for the maximin distance criterion: M. E. Johnson, L. M. Moore and D. Ylvisaker, "Minimax
 * and maximin distance designs", J. Statist. Plann. Inference 26 (1990); W. W. Li and C. F. J. Wu, "Columnwise-pairwise
 * algorithms with applications to the construction of supersaturated designs", Technometrics 39 (1997).
 *
 * Throws a RangeError where {@link maximinProblem} has a message.
 */
export function maximin(start: PointSet, options: Size & { readonly seed: number }): PointSet {
  const { seed, samples, dimensions } = options;
  const problem = maximinProblem(options);
  if (problem !== undefined) throw new RangeError(problem);
  const points = new Float64Array(samples * dimensions);
  for (let index = 0; index < samples; index++) {
    for (let dimension = 0; dimension < dimensions; dimension++) {
      points[index * dimensions + dimension] = start.at(index, dimension);
    }
  }
  if (samples > 2 && dimensions > 1) spread(points, options, randomStream(seed, 'latin hypercube maximin'));
  return {
    at(index, dimension) {
      checkCoordinate(index, dimension, samples, dimensions);
      return points[index * dimensions + dimension] as number;
    },
  };
}

/** Exchanges coordinates until the closest pair cannot be moved apart, or the budget is spent. */
function spread(points: Float64Array, { samples, dimensions }: Size, random: RandomStream): void {
  let spent = 0;

  /** The squared distance of two points. */
  const distance = (a: number, b: number): number => {
    let sum = 0;
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const difference =
        (points[a * dimensions + dimension] as number) - (points[b * dimensions + dimension] as number);
      sum += difference * difference;
    }
    spent += dimensions;
    return sum;
  };

  /** Whether a point is farther than `least` from all others. */
  const isApart = (point: number, least: number): boolean => {
    for (let other = 0; other < samples; other++) {
      if (other !== point && distance(point, other) <= least) return false;
    }
    return true;
  };

  const exchange = (a: number, b: number, dimension: number): void => {
    const kept = points[a * dimensions + dimension] as number;
    points[a * dimensions + dimension] = points[b * dimensions + dimension] as number;
    points[b * dimensions + dimension] = kept;
  };

  // The distance to the nearest point, and which that is.
  const nearest = new Float64Array(samples);
  const neighbour = new Uint32Array(samples);
  const findNeighbour = (point: number): void => {
    nearest[point] = Number.POSITIVE_INFINITY;
    for (let other = 0; other < samples; other++) {
      if (other !== point) meet(point, other, distance(point, other));
    }
  };
  const meet = (point: number, other: number, apart: number): void => {
    if (apart >= (nearest[point] as number)) return;
    nearest[point] = apart;
    neighbour[point] = other;
  };
  for (let point = 0; point < samples; point++) findNeighbour(point);

  const renew = (a: number, b: number): void => {
    findNeighbour(a);
    findNeighbour(b);
    for (let point = 0; point < samples; point++) {
      if (point === a || point === b) continue;
      if (neighbour[point] === a || neighbour[point] === b) {
        findNeighbour(point);
        continue;
      }
      meet(point, a, distance(point, a));
      meet(point, b, distance(point, b));
    }
  };

  let draw = 0;
  const choose = (count: number): number => Math.floor(random.uniformAt(draw++) * count);

  /** One exchange that moves a point of the closest pair away; false when none was found. */
  const improve = (): boolean => {
    let closest = 0;
    for (let point = 1; point < samples; point++) {
      if ((nearest[point] as number) < (nearest[closest] as number)) closest = point;
    }
    const least = nearest[closest] as number;
    const pair = [closest, neighbour[closest] as number];
    const tries = 4 * samples * dimensions;
    for (let attempt = 0; attempt < tries && spent < budget; attempt++) {
      const point = pair[attempt % 2] as number;
      const other = choose(samples);
      const dimension = choose(dimensions);
      if (other === point) continue;
      exchange(point, other, dimension);
      if (isApart(point, least) && isApart(other, least)) {
        renew(point, other);
        return true;
      }
      exchange(point, other, dimension);
    }
    return false;
  };

  spent = 0;
  while (improve());
}
