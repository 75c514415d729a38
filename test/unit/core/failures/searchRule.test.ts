import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chanceOf } from '../../../../src/core/failures/rules/hypergeometric.ts';
import { roundNumberFrom } from '../../../../src/core/failures/rules/roundNumber.ts';
import { describeRule } from '../../../../src/core/failures/rules/rule.ts';
import { searchRule } from '../../../../src/core/failures/rules/searchRule.ts';
import { flatten } from '../../../../src/core/flatten.ts';
import type { ParamMap } from '../../../../src/core/run.ts';

/** What is found when the runs of a plan fail as `fails` says. */
function found(plan: readonly ParamMap[], fails: (params: ParamMap) => boolean): string | undefined {
  const flat = (params: ParamMap) => flatten(params);
  const rule = searchRule(plan.filter(fails).map(flat), plan.filter((params) => !fails(params)).map(flat));
  if (rule === undefined) return undefined;
  const { shared, others } = describeRule(rule);
  return `${shared}, ${others}`;
}

function grid(columns: { readonly [name: string]: readonly ParamMap[string][] }): ParamMap[] {
  return Object.entries(columns).reduce<ParamMap[]>(
    (plan, [name, values]) => plan.flatMap((params) => values.map((value) => ({ ...params, [name]: value }))),
    [{}],
  );
}

/** Numbers that look random and are the same each time (a Weyl sequence). */
function spread(count: number, step: number): number[] {
  return Array.from({ length: count }, (_, index) => ((index + 1) * step) % 1);
}

const irrational = Math.SQRT2 - 1;
const other = (Math.sqrt(5) - 1) / 2;

describe('failed runs share', () => {
  const plan = grid({
    dt: [0.01, 0.05, 0.1, 0.2, 0.5],
    engine: ['merlin', 'raptor', 'vulcain'],
    seed: [1, 2, 3, 4],
  });

  test('a bound of a parameter, told by a value of the grid', () => {
    expect(found(plan, ({ dt }) => Number(dt) > 0.1)).toBe(
      'all 24 have dt > 0.1, none of the 36 successful runs has',
    );
    expect(found(plan, ({ dt }) => Number(dt) < 0.1)).toBe(
      'all 24 have dt < 0.1, none of the 36 successful runs has',
    );
  });

  test('one value, where it is one', () => {
    expect(found(plan, ({ dt }) => dt === 0.5)).toBe(
      'all 12 have dt = 0.5, none of the 48 successful runs has',
    );
    expect(found(plan, ({ engine }) => engine === 'raptor')).toBe(
      'all 20 have engine = raptor, none of the 40 successful runs has',
    );
  });

  test('one of a few values', () => {
    expect(found(plan, ({ engine }) => engine !== 'raptor')).toBe(
      'all 40 have engine = merlin or vulcain, none of the 20 successful runs has',
    );
  });

  test('two things at once', () => {
    expect(found(plan, ({ dt, engine }) => Number(dt) > 0.1 && engine === 'raptor')).toMatch(
      /^all 8 have (dt > 0.1 and engine = raptor|engine = raptor and dt > 0.1), none of the 52 successful runs has$/,
    );
  });

  test('a bound of random values, told by a round number', () => {
    const xs = spread(400, irrational);
    const ys = spread(400, other);
    const random = xs.map((x, index) => ({ x, y: ys[index] ?? 0 }));
    expect(found(random, ({ x }) => Number(x) > 0.75)).toMatch(/^all \d+ have x > 0\.75, none/);
    expect(found(random, ({ x }) => Number(x) > 0.4 && Number(x) < 0.6)).toMatch(
      /^all \d+ have 0\.40\d* ≤ x ≤ 0\.59\d*, none/,
    );
  });

  test('a nested parameter, by its dotted name', () => {
    const nested = grid({ optimizer: [{ rate: 0.1 }, { rate: 0.2 }], seed: [1, 2, 3, 4, 5, 6] });
    expect(found(nested, ({ optimizer }) => JSON.stringify(optimizer).includes('0.2'))).toBe(
      'all 6 have optimizer.rate = 0.2, none of the 6 successful runs has',
    );
  });

  test('most of the time, and then it says of how many', () => {
    // One failure is somewhere else, one success within.
    const fails = ({ dt, engine, seed }: ParamMap) =>
      (dt === 0.5 && !(engine === 'merlin' && seed === 1)) ||
      (dt === 0.01 && engine === 'raptor' && seed === 2);
    expect(found(plan, fails)).toBe('11 of 12 have dt = 0.5, so have 1 of the 48 successful runs');
  });

  test('what many successful runs share too, and then it says so', () => {
    const seeds = grid({ dispersion: [0.5, 1, 2], seed: Array.from({ length: 100 }, (_, seed) => seed) });
    const unlucky = [11, 37, 42, 77, 90];
    expect(found(seeds, ({ dispersion, seed }) => dispersion === 2 && unlucky.includes(Number(seed)))).toBe(
      'all 5 have dispersion = 2, so have 95 of the 295 successful runs',
    );
  });
});

describe('nothing is told', () => {
  const plan = grid({ dt: [0.01, 0.1, 0.5], engine: ['merlin', 'raptor'], seed: [1, 2, 3, 4] });

  test('of a single failure, or of two: chance explains them', () => {
    expect(
      found(plan, ({ dt, engine, seed }) => dt === 0.5 && engine === 'raptor' && seed === 1),
    ).toBeUndefined();
    expect(
      found(plan, ({ dt, engine, seed }) => dt === 0.5 && engine === 'raptor' && Number(seed) < 3),
    ).toBeUndefined();
  });

  test('where no run succeeded', () => {
    expect(found(plan, () => true)).toBeUndefined();
  });

  test('of failures that are spread at random, in nineteen of twenty sweeps', () => {
    const random = randomNumbers(1);
    const sweeps = 400;
    let told = 0;
    for (let sweep = 0; sweep < sweeps; sweep++) {
      const flat = Array.from({ length: 60 }, (_, index) =>
        flatten({ x: random(), y: random(), mode: ['a', 'b', 'c'][index % 3], size: 2 ** (index % 4) }),
      );
      const fails = flat.map(() => random() < 0.25);
      const rule = searchRule(
        flat.filter((_, index) => fails[index]),
        flat.filter((_, index) => !fails[index]),
      );
      if (rule !== undefined) told++;
    }
    expect(told / sweeps).toBeLessThanOrEqual(0.05);
  });
});

/** The generator mulberry32, of which the same seed gives the same numbers. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

test('what is told is true of all runs, also where only a sample was searched', () => {
  const xs = spread(20_000, irrational);
  const plan = xs.map((x) => flatten({ x }));
  const rule = searchRule(
    plan.filter((_, index) => (xs[index] ?? 0) > 0.5),
    plan.filter((_, index) => (xs[index] ?? 0) <= 0.5),
  );
  expect(rule?.ofFailed).toBe(xs.filter((x) => x > 0.5).length);
  const [condition] = rule?.conditions ?? [];
  expect(condition?.kind).toBe('above');
  const bound = condition?.kind === 'above' ? condition.bound : Number.NaN;
  expect(rule?.failed).toBe(xs.filter((x) => x > 0.5 && x > bound).length);
  expect(rule?.succeeded).toBe(xs.filter((x) => x <= 0.5 && x > bound).length);
});

// SciPy's hypergeom.sf(hits - 1, total, failed, met).
test.each([
  [5, 100, 5, 300, 0.003844566],
  [8, 8, 10, 20, 0.000357228],
  [1, 1, 1, 2, 0.5],
  [0, 5, 5, 20, 1],
])(
  'chance makes %i hits of %i drawn, %i failed among %i, with probability %d',
  (hits, met, failed, total, p) => {
    expect(chanceOf(hits, met, failed, total)).toBeCloseTo(p, 6);
  },
);

test('a round number lies in its interval and has no more digits than it needs', () => {
  expect(roundNumberFrom(0.1, 0.2)).toBe(0.1);
  expect(roundNumberFrom(0.1032, 0.1741)).toBe(0.11);
  expect(roundNumberFrom(-0.5, 0.1)).toBe(0);
  expect(roundNumberFrom(-0.38, -0.21)).toBe(-0.3);
  expect(roundNumberFrom(1e-9, 2e-9)).toBe(1e-9);
  expect(roundNumberFrom(12345, 12346)).toBe(12345);
  const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 });
  fc.assert(
    fc.property(number, number, (a, b) => {
      fc.pre(a !== b);
      const [low, high] = a < b ? [a, b] : [b, a];
      const round = roundNumberFrom(low, high);
      expect(round).toBeGreaterThanOrEqual(low);
      expect(round).toBeLessThan(high);
    }),
  );
});
