import { expect, test } from 'vitest';
import type { Distribution } from '../../../../../src/core/plan/sampling/distribution.ts';
import { distributionProblem } from '../../../../../src/core/plan/sampling/distributionProblem.ts';

test.each<[Distribution, string, string]>([
  [{ kind: 'categorical', values: [] }, 'values', 'there is no value to choose; list at least one'],
  [
    { kind: 'categorical', values: ['a', 'b'], probabilities: [1] },
    'probabilities',
    '2 values need 2 probabilities, not 1',
  ],
  [
    { kind: 'categorical', values: ['a', 'b'], probabilities: [1.5, -0.5] },
    'probabilities',
    'a probability is from 0 to 1, not 1.5',
  ],
  [
    { kind: 'categorical', values: ['a', 'b'], probabilities: [0.1, 0.2] },
    'probabilities',
    'probabilities sum to 1, not 0.3',
  ],
  [{ kind: 'uniform', min: 3, max: -2 }, 'min', '"min" is at most "max", but 3 is over -2'],
  [{ kind: 'uniform', min: 0, max: Number.NaN }, 'max', '"max" is a finite number, not NaN'],
  [
    { kind: 'uniform', min: -1.7e308, max: 1.7e308 },
    'max',
    'the distribution reaches numbers that are too large to compute with; make it narrower',
  ],
  [
    { kind: 'int_uniform', min: 0.5, max: 3 },
    'min',
    '"min" is an integer, not 0.5; for real numbers take uniform',
  ],
  [
    { kind: 'int_uniform', min: -9e15, max: 9e15 },
    'max',
    'from -9000000000000000 to 9000000000000000 there are more integers than can be counted exactly',
  ],
  [{ kind: 'q_uniform', min: 0, max: 1, q: 0 }, 'q', '"q" is greater than 0, not 0'],
  [
    { kind: 'log_uniform_values', min: 0, max: 1 },
    'min',
    'a logarithmic range begins above 0, not at 0; for exponents of e take log_uniform',
  ],
  [
    { kind: 'log_uniform', min: 0, max: 1000 },
    'max',
    'the distribution reaches numbers that are too large to compute with; make it narrower',
  ],
  [{ kind: 'normal', mu: 0, sigma: 0 }, 'sigma', '"sigma" is greater than 0, not 0'],
  [
    { kind: 'log_normal', mu: 0, sigma: 100 },
    'sigma',
    'the distribution reaches numbers that are too large to compute with; make it narrower',
  ],
  [{ kind: 'beta', a: 1, b: -1 }, 'b', '"b" is from 0.001 to 1000000, not -1'],
  [
    { kind: 'triangular', min: 0, mode: 5, max: 4 },
    'mode',
    '"mode" lies between "min" and "max": from 0 to 4, not 5',
  ],
  [
    { kind: 'truncated_normal', mu: 0, sigma: 1, min: 50, max: 60 },
    'min',
    'nothing of a normal distribution around 0 with "sigma" 1 is left from 50 to 60; move the bounds',
  ],
  [{ kind: 'exponential', rate: 0 }, 'rate', '"rate" is greater than 0, not 0'],
  [{ kind: 'weibull', shape: 1, scale: -1 }, 'scale', '"scale" is greater than 0, not -1'],
  [
    { kind: 'weibull', shape: 1e-3, scale: 1 },
    'shape',
    'the distribution reaches numbers that are too large to compute with; make it narrower',
  ],
  [{ kind: 'poisson', lambda: 0 }, 'lambda', '"lambda" is greater than 0, not 0'],
  [
    { kind: 'poisson', lambda: 1e9 },
    'lambda',
    '"lambda" is at most 100000000, not 1000000000; from there on take q_normal, which is the same',
  ],
  [{ kind: 'bernoulli', p: 1.1 }, 'p', 'a probability is from 0 to 1, not 1.1'],
])('%j has a problem', (distribution, field, message) => {
  expect(distributionProblem(distribution)).toEqual({ field, message });
});

test.each<Distribution>([
  { kind: 'constant', value: null },
  { kind: 'categorical', values: ['a', 'b', 'c'], probabilities: [0.333333, 0.333333, 0.333334] },
  { kind: 'int_uniform', min: 3, max: 3 },
  { kind: 'int_uniform', min: 0, max: Number.MAX_SAFE_INTEGER - 1 },
  { kind: 'uniform', min: 0, max: 0 },
  { kind: 'triangular', min: 1, mode: 1, max: 1 },
  { kind: 'truncated_normal', mu: 0, sigma: 1, min: 30, max: 60 },
  { kind: 'bernoulli', p: 0 },
  { kind: 'poisson', lambda: 1e8 },
])('%j has none', (distribution) => {
  expect(distributionProblem(distribution)).toBeUndefined();
});
