import { unreachable } from '../../unreachable.ts';
import type { Distribution } from './distribution.ts';
import { largestLambda } from './poisson.ts';
import { type NumericDistribution, numericQuantileFunction, truncatedProbability } from './quantile.ts';

/** What is wrong with a distribution: the field to look at, and a message that says what to do. */
export interface DistributionProblem {
  readonly field: string;
  readonly message: string;
}

/** How far the sum of probabilities may be from 1: thirds are written with a few digits. */
const probabilityTolerance = 1e-6;

/** Between these, the quantiles of a beta distribution are held against SciPy's. */
const leastShape = 0.001;
const greatestShape = 1_000_000;

/**
 * The first problem of a distribution's fields; undefined when there is none, and {@link quantile} may be asked. Every field
 * has the type that {@link Distribution} says, but may hold any value of it.
 */
export function distributionProblem(distribution: Distribution): DistributionProblem | undefined {
  switch (distribution.kind) {
    case 'constant':
      return undefined;
    case 'categorical':
      return categoricalProblem(distribution);
    default:
      return infiniteField(distribution) ?? fieldProblem(distribution) ?? rangeProblem(distribution);
  }
}

type Kind<Name extends Distribution['kind']> = Extract<Distribution, { kind: Name }>;

function problem(field: string, message: string): DistributionProblem {
  return { field, message };
}

function categoricalProblem({ values, probabilities }: Kind<'categorical'>): DistributionProblem | undefined {
  if (values.length === 0) return problem('values', 'there is no value to choose; list at least one');
  if (probabilities === undefined) return undefined;
  if (probabilities.length !== values.length) {
    return problem(
      'probabilities',
      `${values.length} values need ${values.length} probabilities, not ${probabilities.length}`,
    );
  }
  const bad = probabilities.find((probability) => !(probability >= 0 && probability <= 1));
  if (bad !== undefined) return problem('probabilities', `a probability is from 0 to 1, not ${bad}`);
  const sum = probabilities.reduce((total, probability) => total + probability, 0);
  if (Math.abs(sum - 1) <= probabilityTolerance) return undefined;
  return problem('probabilities', `probabilities sum to 1, not ${Number(sum.toPrecision(6))}`);
}

function infiniteField(distribution: NumericDistribution): DistributionProblem | undefined {
  for (const [field, value] of Object.entries(distribution)) {
    if (field !== 'kind' && !Number.isFinite(value)) {
      return problem(field, `"${field}" is a finite number, not ${value}`);
    }
  }
  return undefined;
}

function fieldProblem(distribution: NumericDistribution): DistributionProblem | undefined {
  const positive = (...fields: [field: string, value: number][]): DistributionProblem | undefined => {
    const found = fields.find(([, value]) => value <= 0);
    return found && problem(found[0], `"${found[0]}" is greater than 0, not ${found[1]}`);
  };
  switch (distribution.kind) {
    case 'int_uniform':
      return integerProblem(distribution) ?? orderProblem(distribution) ?? countProblem(distribution);
    case 'uniform':
    case 'log_uniform':
    case 'inv_log_uniform':
      return orderProblem(distribution);
    case 'q_uniform':
    case 'q_log_uniform':
      return orderProblem(distribution) ?? positive(['q', distribution.q]);
    case 'log_uniform_values':
    case 'inv_log_uniform_values':
      return logarithmProblem(distribution) ?? orderProblem(distribution);
    case 'q_log_uniform_values':
      return logarithmProblem(distribution) ?? orderProblem(distribution) ?? positive(['q', distribution.q]);
    case 'normal':
    case 'log_normal':
      return positive(['sigma', distribution.sigma]);
    case 'q_normal':
    case 'q_log_normal':
      return positive(['sigma', distribution.sigma], ['q', distribution.q]);
    case 'beta':
      return shapeProblem(distribution);
    case 'q_beta':
      return shapeProblem(distribution) ?? positive(['q', distribution.q]);
    case 'triangular':
      return orderProblem(distribution) ?? modeProblem(distribution);
    case 'truncated_normal':
      return (
        positive(['sigma', distribution.sigma]) ??
        orderProblem(distribution) ??
        truncationProblem(distribution)
      );
    case 'exponential':
      return positive(['rate', distribution.rate]);
    case 'weibull':
      return positive(['shape', distribution.shape], ['scale', distribution.scale]);
    case 'poisson':
      if (distribution.lambda <= largestLambda) return positive(['lambda', distribution.lambda]);
      return problem(
        'lambda',
        `"lambda" is at most ${largestLambda}, not ${distribution.lambda}; from there on take q_normal, which is the same`,
      );
    case 'bernoulli':
      if (distribution.p >= 0 && distribution.p <= 1) return undefined;
      return problem('p', `a probability is from 0 to 1, not ${distribution.p}`);
    default:
      return unreachable(distribution);
  }
}

interface Bounds {
  readonly min: number;
  readonly max: number;
}

function orderProblem({ min, max }: Bounds): DistributionProblem | undefined {
  return min > max ? problem('min', `"min" is at most "max", but ${min} is over ${max}`) : undefined;
}

function integerProblem(bounds: Bounds): DistributionProblem | undefined {
  for (const field of ['min', 'max'] as const) {
    if (!Number.isSafeInteger(bounds[field])) {
      return problem(field, `"${field}" is an integer, not ${bounds[field]}; for real numbers take uniform`);
    }
  }
  return undefined;
}

function countProblem({ min, max }: Bounds): DistributionProblem | undefined {
  if (Number.isSafeInteger(max - min)) return undefined;
  return problem('max', `from ${min} to ${max} there are more integers than can be counted exactly`);
}

function logarithmProblem({ min }: Bounds): DistributionProblem | undefined {
  return min > 0
    ? undefined
    : problem(
        'min',
        `a logarithmic range begins above 0, not at ${min}; for exponents of e take log_uniform`,
      );
}

function modeProblem({ min, mode, max }: Kind<'triangular'>): DistributionProblem | undefined {
  if (mode >= min && mode <= max) return undefined;
  return problem('mode', `"mode" lies between "min" and "max": from ${min} to ${max}, not ${mode}`);
}

function shapeProblem(shapes: { readonly a: number; readonly b: number }): DistributionProblem | undefined {
  for (const field of ['a', 'b'] as const) {
    const shape = shapes[field];
    if (!(shape >= leastShape && shape <= greatestShape)) {
      return problem(field, `"${field}" is from ${leastShape} to ${greatestShape}, not ${shape}`);
    }
  }
  return undefined;
}

function truncationProblem(distribution: Kind<'truncated_normal'>): DistributionProblem | undefined {
  if (truncatedProbability(distribution) > 0) return undefined;
  const { mu, sigma, min, max } = distribution;
  return problem(
    'min',
    `nothing of a normal distribution around ${mu} with "sigma" ${sigma} is left from ${min} to ${max}; move the bounds`,
  );
}

/** The least and the greatest value are finite, and so is all that is between them. */
function rangeProblem(distribution: NumericDistribution): DistributionProblem | undefined {
  const valueAt = numericQuantileFunction(distribution);
  if (Number.isFinite(valueAt(0)) && Number.isFinite(valueAt(1 - 2 ** -53))) return undefined;
  return problem(
    widestField(distribution),
    'the distribution reaches numbers that are too large to compute with; make it narrower',
  );
}

/** The field that makes a distribution wider than numbers go. */
function widestField(distribution: NumericDistribution): string {
  if ('max' in distribution) return 'max';
  if ('sigma' in distribution) return 'sigma';
  switch (distribution.kind) {
    case 'exponential':
      return 'rate';
    case 'weibull':
      return 'shape';
    case 'poisson':
      return 'lambda';
    case 'bernoulli':
      return 'p';
    case 'beta':
    case 'q_beta':
      return 'a';
    default:
      return unreachable(distribution);
  }
}
