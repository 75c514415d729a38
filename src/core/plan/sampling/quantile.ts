import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import type { ParamValue } from '../../run.ts';
import { unreachable } from '../../unreachable.ts';
import { erfc, erfcinv, exp, ln, log1p, pow, roundHalfEven } from './arithmetic.ts';
import { decimalOf, multipleOf } from './decimal.ts';
import type { Distribution } from './distribution.ts';
import { poissonQuantile } from './poisson.ts';
import { outcomeAt, sharesOf } from './shares.ts';

/**
 * The value below which a share `u` of the distribution lies (the inverse of its cumulative distribution function), for u
 * in [0, 1). Finite for every such u, and it never falls when u grows.
 */
export function quantile(distribution: Distribution, u: number): ParamValue {
  return quantileFunction(distribution)(u);
}

/** Half a step of the random numbers: what stands for 0, where an unbounded distribution has no finite value. */
const leastProbability = 2 ** -54;

/** {@link quantile} of one distribution; faster when it is asked for many values. */
export function quantileFunction(distribution: Distribution): (u: number) => ParamValue {
  switch (distribution.kind) {
    case 'constant':
      return () => distribution.value;
    case 'categorical':
      return categorical(distribution.values, distribution.probabilities);
    default:
      return numericQuantileFunction(distribution);
  }
}

/** The distributions of numbers. */
export type NumericDistribution = Exclude<Distribution, { kind: 'constant' | 'categorical' }>;

/** {@link quantileFunction} of a distribution of numbers. */
export function numericQuantileFunction(distribution: NumericDistribution): (u: number) => number {
  const valueAt = inverse(distribution);
  // The sum with 0 leaves no negative zero.
  return (u) => valueAt(u) + 0;
}

function inverse(distribution: NumericDistribution): (u: number) => number {
  switch (distribution.kind) {
    case 'int_uniform': {
      const { min, max } = distribution;
      const count = max - min + 1;
      return (u) => min + Math.floor(u * count);
    }
    case 'uniform':
      return between(distribution.min, distribution.max);
    case 'q_uniform':
      return quantized(distribution.q, between(distribution.min, distribution.max));
    case 'log_uniform':
      return logUniform(distribution.min, distribution.max);
    case 'q_log_uniform':
      return quantized(distribution.q, logUniform(distribution.min, distribution.max));
    case 'log_uniform_values':
    case 'inv_log_uniform_values':
      return logUniformValues(distribution.min, distribution.max);
    case 'q_log_uniform_values':
      return quantized(distribution.q, logUniformValues(distribution.min, distribution.max));
    case 'inv_log_uniform':
      return logUniform(-distribution.max, -distribution.min);
    case 'normal':
      return normal(distribution.mu, distribution.sigma);
    case 'q_normal':
      return quantized(distribution.q, normal(distribution.mu, distribution.sigma));
    case 'log_normal':
      return logNormal(distribution.mu, distribution.sigma);
    case 'q_log_normal':
      return quantized(distribution.q, logNormal(distribution.mu, distribution.sigma));
    case 'beta':
      return beta(distribution.a, distribution.b);
    case 'q_beta':
      return quantized(distribution.q, beta(distribution.a, distribution.b));
    case 'triangular':
      return triangular(distribution.min, distribution.mode, distribution.max);
    case 'truncated_normal':
      return truncatedNormal(distribution);
    case 'exponential':
      return (u) => -log1p(-u) / distribution.rate;
    case 'weibull':
      return (u) => distribution.scale * pow(-log1p(-u), 1 / distribution.shape);
    case 'poisson':
      return poissonQuantile(distribution.lambda);
    case 'bernoulli':
      return (u) => (u < 1 - distribution.p ? 0 : 1);
    default:
      return unreachable(distribution);
  }
}

function categorical(values: readonly ParamValue[], probabilities: readonly number[] | undefined) {
  if (probabilities === undefined) return (u: number) => values[Math.floor(u * values.length)] as ParamValue;
  const shares = sharesOf(probabilities);
  return (u: number) => values[outcomeAt(shares, u)] as ParamValue;
}

/** Multiples of `q`: round(x / q) · q. Like W&B's they may lie up to q/2 outside the bounds of x. */
function quantized(q: number, valueAt: (u: number) => number): (u: number) => number {
  const decimal = decimalOf(q);
  return (u) => multipleOf(q, decimal, roundHalfEven(valueAt(u) / q));
}

function between(min: number, max: number): (u: number) => number {
  return (u) => Math.min(max, min + u * (max - min));
}

function logUniform(min: number, max: number): (u: number) => number {
  const exponentAt = between(min, max);
  return (u) => exp(exponentAt(u));
}

function logUniformValues(min: number, max: number): (u: number) => number {
  const exponentAt = between(ln(min), ln(max));
  return (u) => Math.max(min, Math.min(max, exp(exponentAt(u))));
}

/** The standard normal quantile. */
function standardNormal(probability: number): number {
  return -Math.SQRT2 * erfcinv(2 * probability);
}

/** The share of the standard normal distribution that lies below `x`. */
function standardNormalBelow(x: number): number {
  return erfc(-x / Math.SQRT2) / 2;
}

function normal(mu: number, sigma: number): (u: number) => number {
  return (u) => mu + sigma * standardNormal(Math.max(u, leastProbability));
}

function logNormal(mu: number, sigma: number): (u: number) => number {
  const exponentAt = normal(mu, sigma);
  return (u) => exp(exponentAt(u));
}

function beta(a: number, b: number): (u: number) => number {
  const quantileAt = betaQuantile.factory(a, b);
  // For an even smaller u it loses its digits, and may fall where it should rise.
  return (u) => (u === 0 ? 0 : quantileAt(Math.max(u, leastProbability)));
}

function triangular(min: number, mode: number, max: number): (u: number) => number {
  const range = max - min;
  const below = range === 0 ? 0 : (mode - min) / range;
  const above = range === 0 ? 0 : (max - mode) / range;
  return (u) =>
    u < below
      ? Math.min(mode, min + range * Math.sqrt(u * below))
      : Math.max(mode, max - range * Math.sqrt((1 - u) * above));
}

type TruncatedNormal = Extract<Distribution, { kind: 'truncated_normal' }>;

/**
 * The shares of the standard normal distribution below the two bounds. Shares near 1 have no digits left to tell bounds
 * apart, so that a range above the mean is looked at in the mirror.
 */
function truncation({ mu, sigma, min, max }: TruncatedNormal) {
  const mirrored = min > mu;
  const [low, high] = mirrored ? [mu - max, mu - min] : [min - mu, max - mu];
  return { mirrored, low: standardNormalBelow(low / sigma), high: standardNormalBelow(high / sigma) };
}

/** The share of the whole normal distribution that lies between the bounds. */
export function truncatedProbability(distribution: TruncatedNormal): number {
  const { low, high } = truncation(distribution);
  return high - low;
}

function truncatedNormal(distribution: TruncatedNormal): (u: number) => number {
  const { mu, sigma, min, max } = distribution;
  const { mirrored, low, high } = truncation(distribution);
  const probabilityAt = between(low, high);
  return (u) => {
    const x = sigma * standardNormal(probabilityAt(mirrored ? 1 - u : u));
    return Math.max(min, Math.min(max, mirrored ? mu - x : mu + x));
  };
}
