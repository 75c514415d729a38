import type { ParamValue } from '../../run.ts';

interface Bounds {
  readonly min: number;
  readonly max: number;
}

interface Gaussian {
  /** Mean: of the value, or of its logarithm for the log-normal distributions. */
  readonly mu: number;
  /** Standard deviation: of the value, or of its logarithm for the log-normal distributions. */
  readonly sigma: number;
}

interface Shapes {
  readonly a: number;
  readonly b: number;
}

interface Quantized {
  /** The step that values are multiples of. */
  readonly q: number;
}

/**
 * How the values of a parameter are distributed. Names, fields and meanings are those of W&B's sweep configuration, as far
 * as it has them (up to `q_beta`); fields that a sweep file leaves out have the defaults of {@link distributionFields}.
 */
export type Distribution =
  /** Always the same value. */
  | { readonly kind: 'constant'; readonly value: ParamValue }
  /** One of the values; without probabilities each is as likely as the others. */
  | {
      readonly kind: 'categorical';
      readonly values: readonly ParamValue[];
      readonly probabilities?: readonly number[];
    }
  /** The integers from min to max, both included, each as likely as the others. */
  | ({ readonly kind: 'int_uniform' } & Bounds)
  | ({ readonly kind: 'uniform' } & Bounds)
  /** round(X / q) · q, where X is uniform. */
  | ({ readonly kind: 'q_uniform' } & Bounds & Quantized)
  /** e^X, where X is uniform: the bounds are exponents of e. */
  | ({ readonly kind: 'log_uniform' } & Bounds)
  /** A value whose logarithm is uniform: the bounds are those of the value. */
  | ({ readonly kind: 'log_uniform_values' } & Bounds)
  | ({ readonly kind: 'q_log_uniform' } & Bounds & Quantized)
  | ({ readonly kind: 'q_log_uniform_values' } & Bounds & Quantized)
  /** A value for which ln(1 / value) is uniform between the bounds. */
  | ({ readonly kind: 'inv_log_uniform' } & Bounds)
  /** The same, but the bounds are those of the value. As W&B has it, this is log_uniform_values by another name. */
  | ({ readonly kind: 'inv_log_uniform_values' } & Bounds)
  | ({ readonly kind: 'normal' } & Gaussian)
  | ({ readonly kind: 'q_normal' } & Gaussian & Quantized)
  /** e^X, where X is normal. */
  | ({ readonly kind: 'log_normal' } & Gaussian)
  | ({ readonly kind: 'q_log_normal' } & Gaussian & Quantized)
  | ({ readonly kind: 'beta' } & Shapes)
  | ({ readonly kind: 'q_beta' } & Shapes & Quantized)
  | ({ readonly kind: 'triangular'; readonly mode: number } & Bounds)
  /** A normal distribution of which only the part between the bounds is left. */
  | ({ readonly kind: 'truncated_normal' } & Gaussian & Bounds)
  | { readonly kind: 'exponential'; readonly rate: number }
  | { readonly kind: 'weibull'; readonly shape: number; readonly scale: number }
  | { readonly kind: 'poisson'; readonly lambda: number }
  /** 1 with probability p, otherwise 0. */
  | { readonly kind: 'bernoulli'; readonly p: number };

/** The name of a distribution, as a sweep file writes it after `distribution:`. */
export type DistributionKind = Distribution['kind'];

const bounds = { min: undefined, max: undefined };
const gaussian = { mu: 0, sigma: 1 };
const shapes = { a: 1, b: 1 };
const quantized = { q: 1 };

/**
 * The fields of each distribution with their defaults (W&B's, where it has the distribution); undefined where a sweep file
 * must give a value. `probabilities` of a categorical distribution, which may be left out, is not listed.
 */
export const distributionFields = {
  constant: { value: undefined },
  categorical: { values: undefined },
  int_uniform: bounds,
  uniform: bounds,
  q_uniform: { ...bounds, ...quantized },
  log_uniform: bounds,
  log_uniform_values: bounds,
  q_log_uniform: { ...bounds, ...quantized },
  q_log_uniform_values: { ...bounds, ...quantized },
  inv_log_uniform: bounds,
  inv_log_uniform_values: bounds,
  normal: gaussian,
  q_normal: { ...gaussian, ...quantized },
  log_normal: gaussian,
  q_log_normal: { ...gaussian, ...quantized },
  beta: shapes,
  q_beta: { ...shapes, ...quantized },
  triangular: { ...bounds, mode: undefined },
  truncated_normal: { ...gaussian, ...bounds },
  exponential: { rate: 1 },
  weibull: { shape: undefined, scale: 1 },
  poisson: { lambda: undefined },
  bernoulli: { p: 0.5 },
} as const satisfies { readonly [Kind in DistributionKind]: Readonly<Record<string, number | undefined>> };
