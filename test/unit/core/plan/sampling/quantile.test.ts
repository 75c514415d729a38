import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Distribution } from '../../../../../src/core/plan/sampling/distribution.ts';
import { distributionProblem } from '../../../../../src/core/plan/sampling/distributionProblem.ts';
import { quantile, quantileFunction } from '../../../../../src/core/plan/sampling/quantile.ts';
import { distributions, probabilities } from './arbitraryDistribution.ts';

/** The least and the greatest value that a distribution can have. */
function boundsOf(distribution: Distribution): [number, number] {
  switch (distribution.kind) {
    case 'int_uniform':
    case 'uniform':
    case 'log_uniform_values':
    case 'inv_log_uniform_values':
    case 'triangular':
    case 'truncated_normal':
      return [distribution.min, distribution.max];
    case 'q_uniform':
    case 'q_log_uniform_values': {
      const { min, max, q } = distribution;
      const reach = 0.500001 * q + 1e-15 * Math.max(Math.abs(min), Math.abs(max));
      return [min - reach, max + reach];
    }
    case 'log_uniform':
      return [Math.exp(distribution.min) * (1 - 1e-12), Math.exp(distribution.max) * (1 + 1e-12)];
    case 'inv_log_uniform':
      return [Math.exp(-distribution.max) * (1 - 1e-12), Math.exp(-distribution.min) * (1 + 1e-12)];
    case 'beta':
    case 'bernoulli':
      return [0, 1];
    case 'log_normal':
    case 'q_log_normal':
    case 'q_log_uniform':
    case 'q_beta':
    case 'exponential':
    case 'weibull':
    case 'poisson':
      return [0, Number.MAX_VALUE];
    default:
      return [-Number.MAX_VALUE, Number.MAX_VALUE];
  }
}

test('quantiles of every sound distribution are finite, inside its bounds, and never fall', () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(distributions, probabilities, probabilities, (distribution, u, v) => {
      if (distributionProblem(distribution) !== undefined) return;
      kinds.add(distribution.kind);
      if (distribution.kind === 'constant' || distribution.kind === 'categorical') return;
      const valueAt = quantileFunction(distribution);
      const low = valueAt(Math.min(u, v)) as number;
      const high = valueAt(Math.max(u, v)) as number;
      const [least, greatest] = boundsOf(distribution);
      expect(Number.isFinite(low) && Number.isFinite(high)).toBe(true);
      expect(Object.is(low, -0) || Object.is(high, -0)).toBe(false);
      expect(low).toBeGreaterThanOrEqual(least);
      expect(high).toBeLessThanOrEqual(greatest);
      expect(low).toBeLessThanOrEqual(high);
    }),
    { numRuns: 10_000 },
  );
  expect(kinds.size).toBe(23);
});

test('quantiles of a sound categorical distribution are its values, but none without a probability', () => {
  fc.assert(
    fc.property(distributions, probabilities, (distribution, u) => {
      if (distribution.kind !== 'categorical' || distributionProblem(distribution) !== undefined) return;
      const { values, probabilities: weights } = distribution;
      const possible = values.filter((_, place) => weights?.[place] !== 0);
      expect(possible).toContain(quantile(distribution, u));
    }),
    { numRuns: 3000 },
  );
});
