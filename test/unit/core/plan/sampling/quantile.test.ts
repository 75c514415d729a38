import { expect, test } from 'vitest';
import { distributionProblem } from '../../../../../src/core/plan/sampling/distributionProblem.ts';
import { quantile } from '../../../../../src/core/plan/sampling/quantile.ts';

test('the quantile of a distribution goes from its least to its greatest value', () => {
  expect(quantile({ kind: 'uniform', min: -2, max: 3 }, 0)).toBe(-2);
  expect(quantile({ kind: 'uniform', min: -2, max: 3 }, 0.5)).toBe(0.5);
  expect(quantile({ kind: 'int_uniform', min: 1, max: 6 }, 0)).toBe(1);
  expect(quantile({ kind: 'int_uniform', min: 1, max: 6 }, 1 - 2 ** -53)).toBe(6);
  expect(quantile({ kind: 'q_uniform', min: 0, max: 1, q: 0.1 }, 0.31)).toBe(0.3);
  expect(quantile({ kind: 'categorical', values: ['a', 'b'], probabilities: [0.25, 0.75] }, 0.25)).toBe('b');
});

test('a problem of a distribution names the field and says what is expected', () => {
  expect(distributionProblem({ kind: 'uniform', min: 3, max: -2 })).toEqual({
    field: 'min',
    message: '"min" is at most "max", but 3 is over -2',
  });
  expect(
    distributionProblem({ kind: 'categorical', values: ['a', 'b'], probabilities: [0.25, 0.5] }),
  ).toEqual({
    field: 'probabilities',
    message: 'probabilities sum to 1, not 0.75',
  });
  expect(distributionProblem({ kind: 'normal', mu: 0, sigma: 1 })).toBeUndefined();
});
