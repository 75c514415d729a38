import { checkCoordinate, type PointSet } from './pointSet.ts';
import { randomStream } from './random.ts';

/** What a Halton sequence is made with. */
export interface HaltonOptions {
  readonly seed: number;
  /** From 1 to {@link largestHaltonDimensions}. */
  readonly dimensions: number;
  /** Whether the seed scrambles the points. Default: true. Unscrambled, the first point is 0. */
  readonly scramble?: boolean | undefined;
}

/** The number of dimensions of a sequence: as many primes, the largest of which is 7,919. */
export const largestHaltonDimensions = 1000;

/** The number of points of a sequence: the digits of every dimension tell as many apart. */
const points = 2 ** 32;

/**
 * The Halton sequence: in each dimension, the digits of a point's index in a prime base, mirrored at the point. The points
 * do not depend on how many are asked for. Scrambled, each digit is replaced by a random permutation of its own, also the
 * zeros that follow the last digit. Unscrambled they are those of SciPy's `qmc.Halton`.
 *
 * Sources: J. H. Halton, "On the efficiency of certain quasi-random sequences of points in evaluating multi-dimensional
 * integrals", Numer. Math. 2 (1960); A. B. Owen, "A randomized Halton algorithm in R", arXiv:1706.02808 (2017).
 *
 * Throws a RangeError when there are more than {@link largestHaltonDimensions} dimensions.
 */
export function halton({ seed, dimensions, scramble = true }: HaltonOptions): PointSet {
  if (dimensions > largestHaltonDimensions) {
    throw new RangeError(
      `a Halton sequence has at most ${largestHaltonDimensions} dimensions, not ${dimensions}`,
    );
  }
  const bases = primes(dimensions);
  // Permutations of large bases are many: a dimension makes its own when it is first asked for.
  const axes = new Map<number, (index: number) => number>();
  const axisOf = (dimension: number) => {
    const base = bases[dimension] as number;
    const axis = radicalInverse(
      base,
      scramble ? digitPermutations(base, seed, `halton ${dimension}`) : undefined,
    );
    axes.set(dimension, axis);
    return axis;
  };
  return {
    at(index, dimension) {
      checkCoordinate(index, dimension, points, dimensions);
      return (axes.get(dimension) ?? axisOf(dimension))(index);
    },
  };
}

/** The powers of `base` that fit into the 53 bits of a double, from base^1 on. */
function powersOf(base: number): number[] {
  const powers: number[] = [];
  for (let power = base; power <= 2 ** 53; power *= base) powers.push(power);
  return powers;
}

/** For each digit its permutation, one after the other. */
function digitPermutations(base: number, seed: number, stream: string): Uint16Array {
  const random = randomStream(seed, stream);
  const permutations = new Uint16Array(base * powersOf(base).length);
  for (let start = 0, draw = 0; start < permutations.length; start += base) {
    // Fisher and Yates's shuffle, beginning with a single digit.
    for (let digit = 0; digit < base; digit++) {
      const place = Math.floor(random.uniformAt(draw++) * (digit + 1));
      permutations[start + digit] = permutations[start + place] as number;
      permutations[start + place] = digit;
    }
  }
  return permutations;
}

/** The coordinate of a point in one dimension: an integer of so many digits, divided once by the power of the base. */
function radicalInverse(base: number, permutations: Uint16Array | undefined): (index: number) => number {
  const powers = powersOf(base);
  const digits = powers.length;
  const whole = powers[digits - 1] as number;
  // What the zeros after the k-th digit come to.
  const zeros = new Float64Array(digits + 1);
  for (let k = digits - 1, weight = 1; k >= 0; k--, weight *= base) {
    zeros[k] = (zeros[k + 1] as number) + weight * (permutations?.[k * base] ?? 0);
  }
  return (index) => {
    let mirrored = 0;
    let weight = whole;
    let k = 0;
    for (let rest = index; rest > 0; k++) {
      const next = Math.floor(rest / base);
      const digit = rest - next * base;
      weight /= base;
      mirrored += weight * (permutations === undefined ? digit : (permutations[k * base + digit] as number));
      rest = next;
    }
    return (mirrored + (zeros[k] as number)) / whole;
  };
}

/** The first primes. */
function primes(count: number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  }
  return found;
}
