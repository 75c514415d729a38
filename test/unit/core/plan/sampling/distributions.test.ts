import { describe, expect, test } from 'vitest';
import { distributionFields } from '../../../../../src/core/plan/sampling/distribution.ts';
import {
  type NumericDistribution,
  numericQuantileFunction,
  quantile,
  quantileFunction,
} from '../../../../../src/core/plan/sampling/quantile.ts';
import { randomStream } from '../../../../../src/core/plan/sampling/random.ts';
import { type Continuous, cdf, moments, poissonShares } from './analytic.ts';
import { readFixture } from './fixtures.ts';

interface Reference {
  readonly probabilities: number[];
  readonly distributions: Record<string, { ppf: number[]; mean: number; variance: number }>;
}

interface MoreReferences {
  readonly probabilities: number[];
  readonly distributions: { distribution: NumericDistribution; ppf: number[] }[];
}

/** The distribution that a heading like `normal(mu=1.5,sigma=2)` names. */
function readHeading(heading: string): NumericDistribution {
  const [, kind, fields = ''] = /^(\w+)\((.*)\)$/.exec(heading) ?? [];
  const entries = fields.split(',').map((field) => field.split('='));
  return {
    kind,
    ...Object.fromEntries(entries.map(([name, value]) => [name, Number(value)])),
  } as NumericDistribution;
}

const reference = readFixture<Reference>('distributions.json');
const more = readFixture<MoreReferences>('more-distributions.json');
const sampleSize = 20_000;

function sample(distribution: NumericDistribution): number[] {
  const valueAt = numericQuantileFunction(distribution);
  const { uniformAt } = randomStream(20_240_607, JSON.stringify(distribution));
  return Array.from({ length: sampleSize }, (_, index) => valueAt(uniformAt(index)));
}

const isWhole = (kind: string) => ['int_uniform', 'poisson', 'bernoulli'].includes(kind);

describe.each(Object.entries(reference.distributions))('%s, as SciPy has it,', (heading, expected) => {
  const distribution = readHeading(heading);
  const valueAt = numericQuantileFunction(distribution);

  test('has the quantiles', () => {
    reference.probabilities.forEach((probability, index) => {
      // SciPy counts a probability that is met exactly to the value below, ours to the one above: u is in [0, 1).
      const u = isWhole(distribution.kind) ? probability - 1e-12 : probability;
      const value = expected.ppf[index]!;
      expect(Math.abs(valueAt(u) - value)).toBeLessThanOrEqual(4e-15 * Math.max(1, Math.abs(value)));
    });
  });

  test('has the mean and the variance, to a part in 200', () => {
    let sum = 0;
    let squares = 0;
    for (let index = 0; index < sampleSize; index++) {
      const value = valueAt((index + 0.5) / sampleSize);
      sum += value;
      squares += (value - expected.mean) ** 2;
    }
    expect(sum / sampleSize / expected.mean).toBeCloseTo(1, 3);
    expect(Math.abs(squares / sampleSize / expected.variance - 1)).toBeLessThan(0.005);
  });
});

test.each(more.distributions)('$distribution has the quantiles of SciPy and W&B', ({ distribution, ppf }) => {
  const valueAt = numericQuantileFunction(distribution);
  const found = more.probabilities.map((u) => valueAt(isWhole(distribution.kind) ? u - 1e-12 : u));
  found.forEach((value, index) => {
    const expected = ppf[index]!;
    // A beta distribution close to 0 has quantiles of some 10^-60: only the relative error tells.
    expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
  });
});

const continuous: Continuous[] = [
  { kind: 'uniform', min: -2, max: 3 },
  { kind: 'log_uniform', min: -9, max: 0 },
  { kind: 'log_uniform_values', min: 1e-4, max: 1e-1 },
  { kind: 'inv_log_uniform', min: 0, max: 4 },
  { kind: 'inv_log_uniform_values', min: 0.1, max: 10 },
  { kind: 'normal', mu: 1.5, sigma: 2 },
  { kind: 'log_normal', mu: 0.5, sigma: 0.75 },
  { kind: 'beta', a: 2, b: 5 },
  { kind: 'beta', a: 1, b: 1 },
  { kind: 'triangular', min: 0, mode: 1, max: 4 },
  { kind: 'triangular', min: 0, mode: 4, max: 4 },
  { kind: 'truncated_normal', mu: 0, sigma: 1, min: -1, max: 2 },
  { kind: 'truncated_normal', mu: 0, sigma: 2, min: 3, max: 20 },
  { kind: 'exponential', rate: 0.5 },
  { kind: 'weibull', shape: 1.5, scale: 2 },
  { kind: 'weibull', shape: 0.8, scale: 2 },
];

describe.each(continuous)('20,000 samples of %j', (distribution) => {
  const values = sample(distribution).sort((a, b) => a - b);

  test('pass the test of Kolmogorov and Smirnov', () => {
    let distance = 0;
    for (const [index, value] of values.entries()) {
      const share = cdf(distribution, value);
      distance = Math.max(distance, share - index / sampleSize, (index + 1) / sampleSize - share);
    }
    // 1.63 is the bound that 99 of 100 true samples keep.
    expect(distance * Math.sqrt(sampleSize)).toBeLessThan(1.63);
  });

  test('have the mean and the variance', () => {
    const { mean, variance } = moments(distribution);
    const found = values.reduce((sum, value) => sum + value, 0) / sampleSize;
    const squares = values.map((value) => (value - mean) ** 2);
    const foundVariance = squares.reduce((sum, value) => sum + value, 0) / sampleSize;
    const errorOfVariance = Math.sqrt(
      squares.reduce((sum, value) => sum + (value - variance) ** 2, 0) / sampleSize / sampleSize,
    );
    // Within three standard errors.
    expect(Math.abs(found - mean)).toBeLessThan(3 * Math.sqrt(variance / sampleSize));
    expect(Math.abs(foundVariance - variance)).toBeLessThan(3 * errorOfVariance);
  });

  test('have the quantiles', () => {
    for (const probability of reference.probabilities) {
      expect(cdf(distribution, quantile(distribution, probability) as number)).toBeCloseTo(probability, 12);
    }
  });
});

/** The shares of the values of a distribution with gaps; what lies outside is a single further share. */
type Shares = Map<number, number>;

/** The shares of multiples of q: what of the continuous distribution rounds to each. */
function quantizedShares(of: Continuous, q: number, from: number, to: number): Shares {
  const shares: Shares = new Map();
  for (let k = from; k <= to; k++) {
    const share = cdf(of, (k + 0.5) * q) - cdf(of, (k - 0.5) * q);
    if (share > 0) shares.set(k * q, share);
  }
  return shares;
}

const discrete: [NumericDistribution, Shares][] = [
  [{ kind: 'int_uniform', min: -3, max: 6 }, new Map(Array.from({ length: 10 }, (_, k) => [k - 3, 0.1]))],
  [
    { kind: 'bernoulli', p: 0.3 },
    new Map([
      [0, 0.7],
      [1, 0.3],
    ]),
  ],
  [{ kind: 'poisson', lambda: 4.2 }, new Map(poissonShares(4.2, 13).entries())],
  [
    { kind: 'q_uniform', min: 0, max: 1, q: 0.25 },
    quantizedShares({ kind: 'uniform', min: 0, max: 1 }, 0.25, 0, 4),
  ],
  [
    { kind: 'q_log_uniform', min: 0, max: 3, q: 2 },
    quantizedShares({ kind: 'log_uniform', min: 0, max: 3 }, 2, 0, 10),
  ],
  [
    { kind: 'q_log_uniform_values', min: 16, max: 128, q: 16 },
    quantizedShares({ kind: 'log_uniform_values', min: 16, max: 128 }, 16, 1, 8),
  ],
  [
    { kind: 'q_normal', mu: 0, sigma: 1, q: 0.5 },
    quantizedShares({ kind: 'normal', mu: 0, sigma: 1 }, 0.5, -6, 6),
  ],
  [
    { kind: 'q_log_normal', mu: 0.5, sigma: 0.75, q: 1 },
    quantizedShares({ kind: 'log_normal', mu: 0.5, sigma: 0.75 }, 1, 0, 9),
  ],
  [{ kind: 'q_beta', a: 2, b: 5, q: 0.125 }, quantizedShares({ kind: 'beta', a: 2, b: 5 }, 0.125, 0, 6)],
];

/** The bounds that chi-square keeps in 999 of 1,000 cases, by degrees of freedom. */
const chiSquareBounds = [
  0, 10.83, 13.82, 16.27, 18.47, 20.52, 22.46, 24.32, 26.12, 27.88, 29.59, 31.26, 32.91, 34.53,
];

/** How far counts are from what shares make of a sample, and with how many degrees of freedom. */
function chiSquare(counts: ReadonlyMap<unknown, number>, shares: ReadonlyMap<unknown, number>) {
  let sum = 0;
  let freedom = -1;
  let [restCount, restShare] = [sampleSize, 1];
  for (const [value, share] of shares) {
    const count = counts.get(value) ?? 0;
    restCount -= count;
    restShare -= share;
    sum += (count - share * sampleSize) ** 2 / (share * sampleSize);
    freedom++;
  }
  if (restShare * sampleSize > 1) {
    sum += (restCount - restShare * sampleSize) ** 2 / (restShare * sampleSize);
    freedom++;
  } else {
    expect(restCount).toBeLessThanOrEqual(3);
  }
  return { sum, freedom };
}

function countsOf(values: readonly unknown[]): Map<unknown, number> {
  const counts = new Map<unknown, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

test.each(discrete)(
  '20,000 samples of %j have each value as often as its share says',
  (distribution, shares) => {
    const { sum, freedom } = chiSquare(countsOf(sample(distribution)), shares);
    expect(sum).toBeLessThan(chiSquareBounds[freedom]!);
  },
);

test('20,000 samples of a categorical distribution have each value as often as its probability says', () => {
  const values = ['adam', 'sgd', null, { momentum: 0.9 }];
  for (const probabilities of [undefined, [0.5, 0, 0.3, 0.2]]) {
    const valueAt = quantileFunction({
      kind: 'categorical',
      values,
      ...(probabilities && { probabilities }),
    });
    const { uniformAt } = randomStream(1, 'optimizer');
    const counts = countsOf(Array.from({ length: sampleSize }, (_, index) => valueAt(uniformAt(index))));
    const shares = new Map(values.map((value, place) => [value, probabilities?.[place] ?? 0.25]));
    shares.forEach((share, value) => {
      if (share === 0) expect(counts.get(value)).toBeUndefined();
    });
    const possible = new Map([...shares].filter(([, share]) => share > 0));
    const { sum, freedom } = chiSquare(counts, possible);
    expect(sum).toBeLessThan(chiSquareBounds[freedom]!);
  }
});

test('a constant is itself', () => {
  expect(quantile({ kind: 'constant', value: [1, 2] }, 0.7)).toEqual([1, 2]);
});

test('quantized values print as multiples of q are written, and are never -0', () => {
  const found = (distribution: NumericDistribution) =>
    [0, 0.2, 0.4, 0.6, 0.8, 0.999].map((u) => String(quantile(distribution, u)));
  expect(found({ kind: 'q_uniform', min: 0, max: 1, q: 0.1 })).toEqual([
    '0',
    '0.2',
    '0.4',
    '0.6',
    '0.8',
    '1',
  ]);
  expect(found({ kind: 'q_uniform', min: 0, max: 0.7, q: 0.07 })).toEqual([
    '0',
    '0.14',
    '0.28',
    '0.42',
    '0.56',
    '0.7',
  ]);
  expect(Object.is(quantile({ kind: 'q_uniform', min: -0.4, max: 1, q: 1 }, 0), 0)).toBe(true);
});

test('quantization rounds halves to even multiples, as NumPy and with it W&B does', () => {
  const valueAt = numericQuantileFunction({ kind: 'q_uniform', min: 0, max: 8, q: 1 });
  expect([0.5, 1.5, 2.5, 3.5].map((x) => valueAt(x / 8))).toEqual([0, 2, 2, 4]);
});

test('fields that a sweep file leaves out have the defaults of W&B', () => {
  expect(distributionFields.normal).toEqual({ mu: 0, sigma: 1 });
  expect(distributionFields.q_beta).toEqual({ a: 1, b: 1, q: 1 });
  expect(distributionFields.q_uniform).toEqual({ min: undefined, max: undefined, q: 1 });
});
