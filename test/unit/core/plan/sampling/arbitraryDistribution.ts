import fc from 'fast-check';
import type { Distribution } from '../../../../../src/core/plan/sampling/distribution.ts';

const any = fc.oneof(
  fc.double({ min: -100, max: 100, noNaN: true }),
  fc.double({ min: 0, max: 10, noNaN: true }),
  fc.integer({ min: -20, max: 20 }),
  fc.double(),
);
const bounds = { min: any, max: any };
const gaussian = { mu: any, sigma: any };
const shapes = { a: any, b: any };

function kind<Kind extends Distribution['kind'], Fields extends object>(
  name: Kind,
  fields: Fields,
): fc.Arbitrary<unknown> {
  return fc.record({ kind: fc.constant(name), ...(fields as Record<string, fc.Arbitrary<unknown>>) });
}

/** Distributions with fields of the right types, sound or not. */
export const distributions = fc.oneof(
  kind('constant', { value: fc.jsonValue() }),
  kind('categorical', { values: fc.array(fc.jsonValue(), { maxLength: 5 }) }),
  fc.array(fc.tuple(fc.string(), fc.nat({ max: 5 })), { maxLength: 6 }).map((weighted) => {
    const total = weighted.reduce((sum, [, weight]) => sum + weight, 0);
    return {
      kind: 'categorical',
      values: weighted.map(([value]) => value),
      probabilities: weighted.map(([, weight]) => weight / total),
    };
  }),
  kind('int_uniform', { min: fc.oneof(fc.integer(), fc.maxSafeInteger()), max: fc.oneof(fc.integer(), any) }),
  kind('uniform', bounds),
  kind('q_uniform', { ...bounds, q: any }),
  kind('log_uniform', bounds),
  kind('log_uniform_values', bounds),
  kind('q_log_uniform', { ...bounds, q: any }),
  kind('q_log_uniform_values', { ...bounds, q: any }),
  kind('inv_log_uniform', bounds),
  kind('inv_log_uniform_values', bounds),
  kind('normal', gaussian),
  kind('q_normal', { ...gaussian, q: any }),
  kind('log_normal', gaussian),
  kind('q_log_normal', { ...gaussian, q: any }),
  kind('beta', shapes),
  kind('q_beta', { ...shapes, q: any }),
  kind('triangular', { ...bounds, mode: any }),
  kind('truncated_normal', { ...gaussian, ...bounds }),
  kind('exponential', { rate: any }),
  kind('weibull', { shape: any, scale: any }),
  kind('poisson', { lambda: any }),
  kind('bernoulli', { p: any }),
) as fc.Arbitrary<Distribution>;

/** The u that quantiles are asked for, with the ends more often than chance has them. */
export const probabilities = fc.oneof(
  fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  fc.integer({ min: 0, max: 1000 }).map((n) => n / 1001),
  fc.constantFrom(0, Number.MIN_VALUE, 2 ** -53, 0.5, 1 - 2 ** -53),
);
