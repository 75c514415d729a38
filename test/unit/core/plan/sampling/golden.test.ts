import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Distribution } from '../../../../../src/core/plan/sampling/distribution.ts';
import { halton } from '../../../../../src/core/plan/sampling/halton.ts';
import { latinHypercube } from '../../../../../src/core/plan/sampling/latinHypercube.ts';
import { permutation } from '../../../../../src/core/plan/sampling/permutation.ts';
import type { PointSet } from '../../../../../src/core/plan/sampling/pointSet.ts';
import { quantileFunction } from '../../../../../src/core/plan/sampling/quantile.ts';
import { randomStream } from '../../../../../src/core/plan/sampling/random.ts';
import { saltelli } from '../../../../../src/core/plan/sampling/saltelli.ts';
import { runSeeds } from '../../../../../src/core/plan/sampling/seeds.ts';
import { sobol } from '../../../../../src/core/plan/sampling/sobol.ts';

/*
 * What the generators gave when they were released. People rely on a file and a seed to give the same plan in every version:
 * a change here breaks their sweeps, and needs a better reason than a faster generator. JSON writes enough digits to tell
 * every number from its neighbours.
 */
const file = fileURLToPath(new URL('../../../../fixtures/sampling/golden.json', import.meta.url));

const seeds = [0, 1, 2_024, Number.MAX_SAFE_INTEGER];

const distributions: Distribution[] = [
  { kind: 'categorical', values: ['a', 'b', 'c'] },
  { kind: 'categorical', values: ['a', 'b', 'c'], probabilities: [0.2, 0.3, 0.5] },
  { kind: 'int_uniform', min: -1000, max: 1000 },
  { kind: 'uniform', min: -2, max: 3 },
  { kind: 'q_uniform', min: 0, max: 10, q: 0.3 },
  { kind: 'log_uniform', min: -9, max: 2 },
  { kind: 'log_uniform_values', min: 1e-5, max: 0.1 },
  { kind: 'q_log_uniform', min: 0, max: 9, q: 5 },
  { kind: 'q_log_uniform_values', min: 1, max: 4096, q: 16 },
  { kind: 'inv_log_uniform', min: -2, max: 9 },
  { kind: 'inv_log_uniform_values', min: 1e-5, max: 0.1 },
  { kind: 'normal', mu: 1.5, sigma: 2 },
  { kind: 'q_normal', mu: 0, sigma: 10, q: 0.1 },
  { kind: 'log_normal', mu: 0.5, sigma: 0.75 },
  { kind: 'q_log_normal', mu: 3, sigma: 1, q: 2 },
  { kind: 'beta', a: 2, b: 5 },
  { kind: 'beta', a: 0.3, b: 40 },
  { kind: 'beta', a: 3000, b: 2000 },
  { kind: 'q_beta', a: 2, b: 5, q: 0.01 },
  { kind: 'triangular', min: 0, mode: 1, max: 4 },
  { kind: 'truncated_normal', mu: 0, sigma: 1, min: -1, max: 2 },
  { kind: 'truncated_normal', mu: 0, sigma: 1, min: 6, max: 9 },
  { kind: 'exponential', rate: 0.5 },
  { kind: 'weibull', shape: 1.5, scale: 2 },
  { kind: 'poisson', lambda: 4.2 },
  { kind: 'poisson', lambda: 50_000 },
  { kind: 'bernoulli', p: 0.3 },
];

const first = <T>(count: number, valueAt: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => valueAt(index));

const rows = (points: PointSet, count: number, dimensions: readonly number[]) =>
  first(count, (index) => dimensions.map((dimension) => points.at(index, dimension)));

function generate() {
  return {
    random: seeds.map((seed) => ({
      seed,
      mass: first(8, randomStream(seed, 'mass').uniformAt),
      'naïve 名': first(4, randomStream(seed, 'naïve 名').uniformAt),
      far: randomStream(seed, 'mass').uniformAt(2 ** 40 + 1),
    })),
    runSeeds: seeds.map((seed) => ({ seed, first: first(8, runSeeds(seed)) })),
    permutation: [2, 7, 100, 4095, 4096, 1e15].map((size) => ({
      size,
      first: first(Math.min(size, 12), permutation(3, 'golden', size)),
    })),
    latinHypercube: rows(latinHypercube({ seed: 7, dimensions: 3, samples: 12 }), 12, [0, 1, 2]),
    latinHypercubeOfAMillion: rows(
      latinHypercube({ seed: 7, dimensions: 3, samples: 1_000_000 }),
      6,
      [0, 1, 2],
    ),
    maximin: rows(
      latinHypercube({ seed: 7, dimensions: 3, samples: 12, criterion: 'maximin' }),
      12,
      [0, 1, 2],
    ),
    sobol: rows(sobol({ seed: 7, dimensions: 2048 }), 16, [0, 1, 2, 77, 2047]),
    halton: rows(halton({ seed: 7, dimensions: 1000 }), 16, [0, 1, 2, 77, 999]),
    saltelli: rows(saltelli({ seed: 7, dimensions: 3, baseSamples: 4 }), 20, [0, 1, 2]),
    quantiles: distributions.map((distribution) => ({
      distribution,
      values: [0, ...first(12, randomStream(11, 'golden').uniformAt), 1 - 2 ** -53].map(
        quantileFunction(distribution),
      ),
    })),
  };
}

test('the generators and quantiles give to the last bit what they gave when they were released', async () => {
  await expect(`${JSON.stringify(generate(), undefined, 1)}\n`).toMatchFileSnapshot(file);
});
