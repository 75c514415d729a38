import fc from 'fast-check';
import { expect, test } from 'vitest';
import { correlations, pearson, spearman } from '../../../../src/core/analysis/correlation.ts';
import { readFixture, runsOf, sample } from './samples.ts';

interface Reference {
  readonly x: number[];
  readonly y: number[];
  readonly spearman: { readonly rho: number; readonly p: number };
  readonly pearson: { readonly r: number; readonly p: number; readonly ci95: [number, number] };
}

test.each(['correlation.json', 'ties.json'])('agrees with SciPy: %s', (name) => {
  const reference = readFixture<Reference>(name);
  const [x, y] = [Float64Array.from(reference.x), Float64Array.from(reference.y)];
  const r = pearson(x, y);
  expect(r.value).toBeCloseTo(reference.pearson.r, 12);
  expect(r.p).toBeCloseTo(reference.pearson.p, 12);
  expect(r.low).toBeCloseTo(reference.pearson.ci95[0], 12);
  expect(r.high).toBeCloseTo(reference.pearson.ci95[1], 12);
  const rho = spearman(x, y);
  expect(rho.value).toBeCloseTo(reference.spearman.rho, 12);
  expect(rho.p).toBeCloseTo(reference.spearman.p, 12);
  expect(rho.low).toBeLessThan(rho.value);
  expect(rho.high).toBeGreaterThan(rho.value);
});

test('eta² and its F test agree with SciPy', () => {
  const { y, groups, anova } = readFixture<
    Reference & { groups: string[]; anova: { p: number; etaSquared: number } }
  >('ties.json');
  const { categorical, notes } = correlations(sample(runsOf({ solver: groups }, y)));
  expect(categorical).toHaveLength(1);
  expect(categorical[0]).toMatchObject({ name: 'solver', runs: 30, categories: 3 });
  expect(categorical[0]?.etaSquared).toBeCloseTo(anova.etaSquared, 12);
  expect(categorical[0]?.p).toBeCloseTo(anova.p, 12);
  expect(notes).toEqual([{ kind: 'no-numbers', parameters: ['solver'] }]);
});

test('a perfect correlation has the interval 1 to 1 and p = 0', () => {
  const { parameters } = correlations(sample(runsOf({ a: [1, 2, 3, 4, 5] }, [2, 4, 6, 8, 10])));
  expect(parameters[0]?.pearson).toEqual({ value: 1, low: 1, high: 1, p: 0 });
  expect(parameters[0]?.spearman).toEqual({ value: 1, low: 1, high: 1, p: 0 });
});

test('the strongest comes first, and runs that lack a parameter are left out for it alone', () => {
  const runs = runsOf(
    { weak: [1, 3, 2, 5, 4, 1], strong: [1, 2, 3, 4, 5, 6], some: [1, 2, undefined, 3, 4, 5] },
    [1, 2, 3, 4, 5, 6],
  );
  const { parameters } = correlations(sample(runs));
  expect(parameters.map(({ name, runs: count }) => [name, count])).toEqual([
    ['strong', 6],
    ['some', 5],
    ['weak', 6],
  ]);
});

test.each([
  ['too few runs', { a: [1, 2, 3] }, [1, 2, 3], { kind: 'few-runs', runs: 3, needed: 4 }],
  ['a constant result', { a: [1, 2, 3, 4] }, [5, 5, 5, 5], { kind: 'constant-result' }],
  ['no parameter that varies', { a: [1, 1, 1, 1] }, [1, 2, 3, 4], { kind: 'no-parameter' }],
  [
    'a word for each run',
    { a: ['p', 'q', 'r', 's'] },
    [1, 2, 3, 4],
    { kind: 'many-categories', parameters: ['a'] },
  ],
])('says why there is nothing: %s', (_, params, y, note) => {
  const analysis = correlations(sample(runsOf(params, y)));
  expect(analysis).toMatchObject({ parameters: [], categorical: [] });
  expect(analysis.notes).toContainEqual(note);
});

test('never gives a number that is none, and keeps to -1 to 1', () => {
  const number = fc.oneof(
    fc.double({ noNaN: true, min: -1e150, max: 1e150 }),
    fc.integer({ min: -3, max: 3 }),
  );
  const rows = fc.array(fc.tuple(number, number), { minLength: 4, maxLength: 20 });
  fc.assert(
    fc.property(rows, (pairs) => {
      const runs = runsOf(
        { a: pairs.map(([a]) => a) },
        pairs.map(([, y]) => y),
      );
      for (const { pearson: r, spearman: rho } of correlations(sample(runs)).parameters) {
        for (const { value, low, high, p } of [r, rho]) {
          expect(value).toBeGreaterThanOrEqual(-1);
          expect(value).toBeLessThanOrEqual(1);
          expect(low).toBeLessThanOrEqual(value + 1e-12);
          expect(high).toBeGreaterThanOrEqual(value - 1e-12);
          expect(p).toBeGreaterThanOrEqual(0);
          expect(p).toBeLessThanOrEqual(1);
        }
      }
    }),
  );
});
