import { erfc } from '../../../../../src/core/plan/sampling/arithmetic.ts';
import type { NumericDistribution } from '../../../../../src/core/plan/sampling/quantile.ts';
import { unreachable } from '../../../../../src/core/unreachable.ts';

/** Distributions without gaps, by their textbook formulas: what the quantiles are held against. */
export type Continuous = Extract<
  NumericDistribution,
  {
    kind:
      | 'uniform'
      | 'log_uniform'
      | 'log_uniform_values'
      | 'inv_log_uniform'
      | 'inv_log_uniform_values'
      | 'normal'
      | 'log_normal'
      | 'beta'
      | 'triangular'
      | 'truncated_normal'
      | 'exponential'
      | 'weibull';
  }
>;

const phi = (x: number) => erfc(-x / Math.SQRT2) / 2;
const ln = (x: number) => (x > 0 ? Math.log(x) : Number.NEGATIVE_INFINITY);
const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
const clamp = (share: number) => Math.max(0, Math.min(1, share));

/** The share of a distribution that lies at or below `x`. */
export function cdf(distribution: Continuous, x: number): number {
  switch (distribution.kind) {
    case 'uniform':
      return clamp((x - distribution.min) / (distribution.max - distribution.min));
    case 'log_uniform':
      return clamp((ln(x) - distribution.min) / (distribution.max - distribution.min));
    case 'inv_log_uniform':
      return clamp((ln(x) + distribution.max) / (distribution.max - distribution.min));
    case 'log_uniform_values':
    case 'inv_log_uniform_values':
      return clamp(ln(x / distribution.min) / Math.log(distribution.max / distribution.min));
    case 'normal':
      return phi((x - distribution.mu) / distribution.sigma);
    case 'log_normal':
      return phi((ln(x) - distribution.mu) / distribution.sigma);
    case 'beta': {
      // For whole a and b: the chance of at least a successes in a + b - 1 trials.
      const { a, b } = distribution;
      const trials = a + b - 1;
      let sum = 0;
      let binomial = 1;
      for (let k = 0; k <= trials; k++) {
        if (k >= a) sum += binomial * clamp(x) ** k * (1 - clamp(x)) ** (trials - k);
        binomial *= (trials - k) / (k + 1);
      }
      return sum;
    }
    case 'triangular': {
      const { min, mode, max } = distribution;
      if (x <= min || x >= max) return x <= min ? 0 : 1;
      if (x < mode) return (x - min) ** 2 / ((max - min) * (mode - min));
      return 1 - (max - x) ** 2 / ((max - min) * (max - mode));
    }
    case 'truncated_normal': {
      const { mu, sigma, min, max } = distribution;
      const [low, high] = [phi((min - mu) / sigma), phi((max - mu) / sigma)];
      return clamp((phi((x - mu) / sigma) - low) / (high - low));
    }
    case 'exponential':
      return 1 - Math.exp(-distribution.rate * Math.max(0, x));
    case 'weibull':
      return 1 - Math.exp(-((Math.max(0, x) / distribution.scale) ** distribution.shape));
    default:
      return unreachable(distribution);
  }
}

/** Mean and variance. */
export function moments(distribution: Continuous): { mean: number; variance: number } {
  const spread = (mean: number, square: number) => ({ mean, variance: square - mean * mean });
  const logUniform = (min: number, max: number) =>
    spread(
      (Math.exp(max) - Math.exp(min)) / (max - min),
      (Math.exp(2 * max) - Math.exp(2 * min)) / (2 * (max - min)),
    );
  switch (distribution.kind) {
    case 'uniform':
      return {
        mean: (distribution.min + distribution.max) / 2,
        variance: (distribution.max - distribution.min) ** 2 / 12,
      };
    case 'log_uniform':
      return logUniform(distribution.min, distribution.max);
    case 'inv_log_uniform':
      return logUniform(-distribution.max, -distribution.min);
    case 'log_uniform_values':
    case 'inv_log_uniform_values':
      return logUniform(Math.log(distribution.min), Math.log(distribution.max));
    case 'normal':
      return { mean: distribution.mu, variance: distribution.sigma ** 2 };
    case 'log_normal': {
      const mean = Math.exp(distribution.mu + distribution.sigma ** 2 / 2);
      return { mean, variance: Math.expm1(distribution.sigma ** 2) * mean ** 2 };
    }
    case 'beta': {
      const { a, b } = distribution;
      return { mean: a / (a + b), variance: (a * b) / ((a + b) ** 2 * (a + b + 1)) };
    }
    case 'triangular': {
      const { min, mode, max } = distribution;
      const squares = min * min + mode * mode + max * max - min * mode - min * max - mode * max;
      return { mean: (min + mode + max) / 3, variance: squares / 18 };
    }
    case 'truncated_normal': {
      const { mu, sigma, min, max } = distribution;
      const [low, high] = [(min - mu) / sigma, (max - mu) / sigma];
      const share = phi(high) - phi(low);
      const shift = (density(low) - density(high)) / share;
      const bend = (low * density(low) - high * density(high)) / share;
      return { mean: mu + sigma * shift, variance: sigma ** 2 * (1 + bend - shift ** 2) };
    }
    case 'exponential':
      return { mean: 1 / distribution.rate, variance: 1 / distribution.rate ** 2 };
    case 'weibull': {
      const { shape, scale } = distribution;
      const mean = scale * gamma(1 + 1 / shape);
      return { mean, variance: scale ** 2 * gamma(1 + 2 / shape) - mean ** 2 };
    }
    default:
      return unreachable(distribution);
  }
}

/** The gamma function by Stirling's series, for x > 0. */
function gamma(x: number): number {
  if (x < 20) return gamma(x + 1) / x;
  return Math.sqrt((2 * Math.PI) / x) * (x / Math.E) ** x * Math.exp(1 / (12 * x) - 1 / (360 * x ** 3));
}

/** The shares of the counts 0, 1, 2 … of a Poisson distribution. */
export function poissonShares(lambda: number, counts: number): number[] {
  const shares = [Math.exp(-lambda)];
  for (let count = 1; count < counts; count++) shares.push((shares[count - 1]! * lambda) / count);
  return shares;
}
