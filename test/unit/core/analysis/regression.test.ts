import { expect, test } from 'vitest';
import { standardisedRegression } from '../../../../src/core/analysis/regression.ts';
import { readFixture, runsOf, sample } from './samples.ts';

const grid = Array.from({ length: 25 }, (_, index) => [index % 5, Math.floor(index / 5)] as const);

test('a linear model has its own coefficients, in standard deviations, and R² = 1', () => {
  const [a, b] = [grid.map(([x]) => x), grid.map(([, x]) => 10 * x)];
  const y = grid.map(([x, z]) => 3 * x - 0.4 * (10 * z) + 7);
  const analysis = standardisedRegression(sample(runsOf({ a, b, none: grid.map(() => 1) }, y)));
  // Both have the variance of 0 … 4 times 3² and 4²: the result's is 5² times it.
  expect(analysis.coefficients.map(({ name }) => name)).toEqual(['b', 'a']);
  expect(analysis.coefficients[0]?.value).toBeCloseTo(-0.8, 12);
  expect(analysis.coefficients[1]?.value).toBeCloseTo(0.6, 12);
  expect(analysis.r2).toBeCloseTo(1, 12);
  expect(analysis.notes).toEqual([]);
});

test("agrees with NIST's certified values of a badly conditioned regression", () => {
  const { names, rows, coefficients, standardErrors, r2 } = readFixture<{
    names: string[];
    rows: number[][];
    coefficients: number[];
    standardErrors: number[];
    r2: number;
  }>('longley.json');
  const column = (place: number) => rows.map((row) => row[place] as number);
  const deviation = (numbers: readonly number[]) => {
    const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
    return Math.sqrt(numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / (numbers.length - 1));
  };
  const params = Object.fromEntries(names.slice(1).map((name, place) => [name, column(place + 1)]));
  const analysis = standardisedRegression(sample(runsOf(params, column(0))));
  expect(analysis.r2).toBeCloseTo(r2, 10);
  const t975 = 2.2621571627982; // with 16 - 6 - 1 degrees of freedom
  for (const [place, coefficient] of coefficients.entries()) {
    const scale = deviation(column(place + 1)) / deviation(column(0));
    const found = analysis.coefficients.find(({ name }) => name === `x${place + 1}`);
    expect(found?.value).toBeCloseTo(coefficient * scale, 8);
    const error = ((found?.high ?? 0) - (found?.low ?? 0)) / 2 / t975;
    expect(error).toBeCloseTo((standardErrors[place] as number) * scale, 8);
  }
});

test('words are compared with the most frequent one', () => {
  const solver = ['rk4', 'rk4', 'rk4', 'euler', 'euler', 'rk4', 'euler', 'rk4'];
  const y = solver.map((word, index) => (word === 'euler' ? 10 : 0) + index * 0.01);
  const { coefficients, r2 } = standardisedRegression(sample(runsOf({ solver }, y)));
  expect(coefficients).toMatchObject([{ name: 'solver = euler', reference: 'rk4' }]);
  expect(coefficients[0]?.value).toBeGreaterThan(0.99);
  expect(coefficients[0]?.p).toBeLessThan(1e-6);
  expect(r2).toBeGreaterThan(0.99);
});

test('a parameter that follows from others is left out and named', () => {
  const a = [1, 2, 3, 4, 5, 6, 7, 8];
  const b = [1, 1, 2, 2, 1, 1, 2, 2];
  const sum = a.map((value, index) => 2 * value - (b[index] ?? 0));
  const { coefficients, notes } = standardisedRegression(
    sample(
      runsOf(
        { a, b, sum },
        a.map((value) => value ** 2),
      ),
    ),
  );
  expect(coefficients.map(({ name }) => name).sort()).toEqual(['a', 'b']);
  expect(notes).toContainEqual({ kind: 'dependent', parameters: ['sum'] });
});

test('a result that no straight line describes is said to be one', () => {
  const a = Array.from({ length: 21 }, (_, index) => index - 10);
  const { r2, notes } = standardisedRegression(
    sample(
      runsOf(
        { a },
        a.map((value) => value ** 2),
      ),
    ),
  );
  expect(r2).toBeCloseTo(0, 12);
  expect(notes).toMatchObject([{ kind: 'poor-fit' }]);
});

test.each([
  ['as many runs as coefficients', { a: [1, 2] }, [1, 2], { kind: 'few-runs', runs: 2, needed: 3 }],
  ['a constant result', { a: [1, 2, 3, 4] }, [5, 5, 5, 5], { kind: 'constant-result' }],
  [
    'a parameter that some runs lack',
    { a: [1, 2, undefined, 4] },
    [1, 2, 3, 5],
    { kind: 'incomplete', parameters: ['a'] },
  ],
])('says why there is no model: %s', (_, params, y, note) => {
  const analysis = standardisedRegression(sample(runsOf(params, y)));
  expect(analysis).toMatchObject({ coefficients: [], r2: undefined });
  expect(analysis.notes).toContainEqual(note);
});
