import { expect, test } from 'vitest';
import { sobolIndices } from '../../../../src/core/analysis/sobolIndices.ts';
import { saltelli } from '../../../../src/core/plan/sampling/saltelli.ts';
import { readFixture } from '../plan/sampling/fixtures.ts';
import { failed } from '../resultsTable/tables.ts';
import { sample } from './samples.ts';

const { S, ST } = readFixture<{ S: number[]; ST: number[] }>('ishigami.json');
const parameters = ['x1', 'x2', 'x3'];
const ishigami = ([a, b, c]: readonly number[]) =>
  Math.sin(a ?? 0) + 7 * Math.sin(b ?? 0) ** 2 + 0.1 * (c ?? 0) ** 4 * Math.sin(a ?? 0);

function design(baseSamples: number, replicates = 1, f = ishigami) {
  const { at } = saltelli({ seed: 3, dimensions: 3, baseSamples });
  return Array.from({ length: baseSamples * 5 * replicates }, (_, run) => {
    const x = parameters.map(
      (_, dimension) => (2 * at(Math.floor(run / replicates), dimension) - 1) * Math.PI,
    );
    const noise = replicates > 1 ? (run % replicates) - (replicates - 1) / 2 : 0;
    const params: Record<string, number> = { x1: x[0] ?? 0, x2: x[1] ?? 0, x3: x[2] ?? 0 };
    if (replicates > 1) params.replicate = run % replicates;
    return { params, results: { y: f(x) + noise } };
  });
}

const byName = <T extends { readonly name: string }>(all: readonly T[]) =>
  all.toSorted((a, b) => a.name.localeCompare(b.name));

test('the indices of the Ishigami function come near their analytic values, inside their intervals', () => {
  const analysis = sobolIndices(sample(design(4096)), { parameters, replicates: 1 });
  expect(analysis).toMatchObject({ basePoints: 4096, notes: [] });
  for (const [place, { first, total }] of byName(analysis.parameters).entries()) {
    expect(Math.abs(first.value - (S[place] as number))).toBeLessThan(0.02);
    expect(Math.abs(total.value - (ST[place] as number))).toBeLessThan(0.02);
    expect(first.low).toBeLessThan(S[place] as number);
    expect(first.high).toBeGreaterThan(S[place] as number);
    expect(total.low).toBeLessThan(ST[place] as number);
    expect(total.high).toBeGreaterThan(ST[place] as number);
  }
});

test('the indices of a linear model are its shares of the variance, first order and total alike', () => {
  const linear = ([a, b, c]: readonly number[]) => 3 * (a ?? 0) + 2 * (b ?? 0) - (c ?? 0) + 1000;
  const { parameters: found } = sobolIndices(sample(design(1024, 1, linear)), { parameters, replicates: 1 });
  expect(found.map(({ name }) => name)).toEqual(parameters);
  for (const [place, share] of [9 / 14, 4 / 14, 1 / 14].entries()) {
    expect(Math.abs((found[place]?.first.value ?? 0) - share)).toBeLessThan(0.01);
    expect(Math.abs((found[place]?.total.value ?? 0) - share)).toBeLessThan(0.01);
  }
});

test('repetitions of a point count as their mean', () => {
  const once = sobolIndices(sample(design(64)), { parameters, replicates: 1 });
  const thrice = sobolIndices(sample(design(64, 3)), { parameters, replicates: 3 });
  for (const [place, { first, total }] of thrice.parameters.entries()) {
    expect(first.value).toBeCloseTo(once.parameters[place]?.first.value ?? 0, 10);
    expect(total.value).toBeCloseTo(once.parameters[place]?.total.value ?? 0, 10);
  }
});

test('a base point with a failed run is left out as a whole, and counted', () => {
  const runs = design(64).map((run, index) =>
    index === 7 || index === 12 ? { ...run, state: failed } : run,
  );
  const analysis = sobolIndices(sample(runs), { parameters, replicates: 1 });
  expect(analysis.basePoints).toBe(62);
  expect(analysis.notes).toEqual([{ kind: 'incomplete-base-points', missing: 2, of: 64 }]);
});

test.each([
  ['a plan that was not made for it', design(64), undefined, [{ kind: 'no-design' }]],
  [
    'runs in another order',
    design(64).toReversed(),
    { parameters, replicates: 1 },
    [{ kind: 'other-order' }],
  ],
  [
    'too few base points',
    design(4),
    { parameters, replicates: 1 },
    [{ kind: 'few-runs', runs: 20, needed: 40 }],
  ],
  ['a constant result', design(64, 1, () => 4), { parameters, replicates: 1 }, [{ kind: 'constant-result' }]],
] as const)('says why there are none: %s', (_, runs, of, notes) => {
  expect(sobolIndices(sample(runs), of)).toEqual({ kind: 'sobol', parameters: [], basePoints: 0, notes });
});
