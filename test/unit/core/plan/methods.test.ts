import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planOf, planProblems, runsIn } from './plans.ts';

/** The values of one parameter in all runs. */
function valuesOf(name: string, text: string): unknown[] {
  return runsIn(text).map((run) => run[name]);
}

describe('the values of a parameter', () => {
  test.each<[string, unknown[]]>([
    ['[1, x, null]', [1, 'x', null]],
    ['{values: [1, [2], {a: 3}]}', [1, [2], { a: 3 }]],
    ['{value: [1, 2]}', [[1, 2]]],
    ['{min: 0, max: 1, steps: 5}', [0, 0.25, 0.5, 0.75, 1]],
    ['{min: 0, max: 1, step: 0.1}', [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]],
    ['{min: 1, max: 2, step: 0.3}', [1, 1.3, 1.6, 1.9]],
    ['{min: 0.001, max: 1000, steps: 7, scale: log}', [0.001, 0.01, 0.1, 1, 10, 100, 1000]],
    ['{min: 2, max: 4}', [2, 3, 4]],
    ['{distribution: int_uniform, min: -1, max: 1}', [-1, 0, 1]],
    ['{distribution: q_uniform, min: 0, max: 1, q: 0.25}', [0, 0.25, 0.5, 0.75]],
    ['{distribution: constant, value: a}', ['a']],
    ['{distribution: categorical, values: [a, b]}', ['a', 'b']],
  ])('%s in a grid', (written, values) => {
    expect(valuesOf('x', `parameters: {x: ${written}}`)).toEqual(values);
  });

  test('come from a column of a file', () => {
    const files = {
      'points.csv': 'mass,name\n900,light\n1000,\n900,heavy\n',
      'points.jsonl': '{"mass": 1}\n\n{"mass": [2]}\n',
      'one.csv': 'mass\n1e3\n',
    };
    const text =
      "parameters: {a: {from: 'points.csv#name'}, b: {from: 'points.jsonl#mass'}, c: {from: one.csv}}";
    expect(runsIn(text, { files })).toEqual([
      { a: 'light', b: 1, c: 1000 },
      { a: 'light', b: [2], c: 1000 },
      { a: 'heavy', b: 1, c: 1000 },
      { a: 'heavy', b: [2], c: 1000 },
    ]);
  });

  test('run once each in a grid, where a value stands twice', () => {
    const text = 'parameters: {x: [1, 2, 1, "1", true]}';
    expect(valuesOf('x', text)).toEqual([1, 2, '1', true]);
    expect(planProblems(text)).toEqual(['repeated-value at "x"']);
  });
});

describe('without a distribution', () => {
  test.each<[string, unknown[]]>([
    ['{min: 1, max: 6}', [1, 2, 3, 4, 5, 6]],
    ['{values: [a, b]}', ['a', 'b']],
  ])('%s is drawn from its values, each as likely as the others', (written, values) => {
    const drawn = valuesOf('x', `method: random\nsamples: 6000\nparameters: {x: ${written}}`);
    for (const value of values) {
      const share = drawn.filter((other) => other === value).length / drawn.length;
      expect(Math.abs(share - 1 / values.length)).toBeLessThan(0.03);
    }
    expect(new Set(drawn)).toEqual(new Set(values));
  });

  test('bounds with a point or an exponent are of real numbers', () => {
    for (const bounds of ['min: 0.0, max: 1', 'min: 0, max: 1.0', 'min: 0, max: 1e0']) {
      const drawn = valuesOf('x', `method: random\nsamples: 20\nparameters: {x: {${bounds}}}`);
      expect(drawn.every((value) => !Number.isInteger(value))).toBe(true);
    }
  });
});

describe('a method', () => {
  test('zip takes the first values of all, then the second ones; a single value goes with each', () => {
    expect(
      runsIn('method: zip\nparameters: {a: [1, 2], b: {min: 3, max: 4, steps: 2}, c: {value: x}}'),
    ).toEqual([
      { a: 1, b: 3, c: 'x' },
      { a: 2, b: 4, c: 'x' },
    ]);
    expect(planProblems('method: zip\nparameters: {a: [1, 2], b: [1]}')).toEqual(['zip-lengths at "b"']);
  });

  test('zip runs a point that stands twice once', () => {
    expect(runsIn('method: zip\nparameters: {a: [1, 2, 1], b: [1, 2, 1]}')).toEqual([
      { a: 1, b: 1 },
      { a: 2, b: 2 },
    ]);
  });

  test('one_at_a_time begins with the nominal values, then varies one parameter after the other', () => {
    const text =
      'method: one_at_a_time\nparameters: {a: {values: [1, 2, 3], nominal: 2}, b: {min: 5, max: 6, nominal: 9}, c: {value: x}}';
    expect(runsIn(text).map(({ a, b }) => [a, b])).toEqual([
      [2, 9],
      [1, 9],
      [3, 9],
      [2, 5],
      [2, 6],
    ]);
    expect(planProblems('method: one_at_a_time\nparameters: {a: [1, 2]}')).toEqual(['missing-key at "a"']);
  });

  test('list has runs that are written out, or those of a file', () => {
    const runs = [
      { a: 1, b: 'x' },
      { a: 2.5, b: true, c: 'z' },
    ];
    const files = {
      'p.csv': 'a, b ,c\n1,x,\n2.5,true,z\n',
      'p.json': JSON.stringify(runs),
      'p.jsonl': runs.map((run) => JSON.stringify(run)).join('\n'),
    };
    for (const path of Object.keys(files)) {
      expect(runsIn(`runs: {file: ${path}}`, { files })).toEqual(runs);
      expect(runsIn(`method: list\nruns: {file: ${path}}`, { files })).toEqual(runs);
    }
    expect(runsIn(`runs: ${JSON.stringify(runs)}`)).toEqual(runs);
  });

  test.each(['random', 'latin_hypercube', 'sobol', 'halton'])(
    '%s draws as many points as samples says',
    (method) => {
      const parameters =
        'parameters: {x: {min: -1.0, max: 1.0}, y: {distribution: normal, mu: 5}, z: [a, b], w: {value: 1}}';
      const plan = planOf(`method: ${method}\nsamples: 64\nseed: 5\n${parameters}`);
      expect(plan).toMatchObject({ size: 64, names: ['x', 'y', 'z', 'w'], seed: 5 });
      const runs = Array.from({ length: 64 }, (_, run) => plan.at(run));
      const mean = (name: string): number => runs.reduce((sum, run) => sum + Number(run[name]), 0) / 64;
      expect(Math.abs(mean('x'))).toBeLessThan(0.2);
      expect(Math.abs(mean('y') - 5)).toBeLessThan(0.5);
      expect(new Set(runs.map(({ z }) => z))).toEqual(new Set(['a', 'b']));
      expect(new Set(runs.map(({ x }) => x)).size).toBe(64);
      expect(planProblems(`method: ${method}\n${parameters}`)).toEqual([`missing-key at "${method}"`]);
    },
  );

  test('latin_hypercube has one point in each stratum, also apart from each other', () => {
    for (const criterion of ['', 'criterion: maximin\n']) {
      const text = `method: latin_hypercube\nsamples: 10\n${criterion}parameters: {x: {min: 0.0, max: 1.0}, y: {min: 0.0, max: 1.0}}`;
      for (const name of ['x', 'y']) {
        const strata = valuesOf(name, text).map((value) => Math.floor(Number(value) * 10));
        expect(strata.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      }
    }
  });

  test('a Saltelli design has d + 2 runs for each sample', () => {
    const text =
      'design: saltelli\nsamples: 8\nparameters: {x: {min: 0.0, max: 1.0}, y: {min: 0.0, max: 1.0}, z: {value: 1}}';
    const [first, second, third, fourth] = runsIn(text);
    expect(runsIn(text)).toHaveLength(32);
    expect([second?.y, third?.x, fourth?.x, fourth?.y]).toEqual([first?.y, first?.x, second?.x, third?.y]);
  });

  test('with samples, a grid has its first runs only, as with run_cap', () => {
    for (const key of ['samples', 'run_cap']) {
      expect(valuesOf('a', `${key}: 2\nparameters: {a: [1, 2, 3]}`)).toEqual([1, 2]);
      expect(valuesOf('a', `${key}: 9\nparameters: {a: [1, 2, 3]}`)).toEqual([1, 2, 3]);
    }
    expect(planProblems('samples: 1\nrun_cap: 1\nparameters: {a: [1]}')).toEqual([
      'conflicting-keys at "run_cap"',
    ]);
  });
});

describe('a seed', () => {
  const parameters = 'parameters: {x: {distribution: normal}, k: [1, 2, 3]}';

  test.each(['random', 'sobol', 'halton'])('keeps the first runs of %s when samples grow', (method) => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 20 }), fc.nat(20), (seed, samples, more) => {
        const few = runsIn(`method: ${method}\nsamples: ${samples}\nseed: ${seed}\n${parameters}`);
        const many = runsIn(`method: ${method}\nsamples: ${samples + more}\nseed: ${seed}\n${parameters}`);
        expect(many.slice(0, samples)).toEqual(few);
      }),
      { numRuns: 20 },
    );
  });

  test.each(['random', 'latin_hypercube', 'sobol', 'halton'])('decides every value of %s', (method) => {
    const runs = (seed: number) => runsIn(`method: ${method}\nsamples: 16\nseed: ${seed}\n${parameters}`);
    expect(runs(1)).toEqual(runs(1));
    expect(runs(1)).not.toEqual(runs(2));
  });

  test('of the launch is taken where the file gives none', () => {
    const text = `method: random\nsamples: 3\n${parameters}`;
    expect(runsIn(text, { seed: 8 })).toEqual(runsIn(`seed: 8\n${text}`));
    expect(planOf(text, { seed: 8 }).seed).toBe(8);
    expect(planOf(`seed: 9\n${text}`, { seed: 8 }).seed).toBe(9);
    expect(planOf('parameters: {a: [1]}', { seed: 8 }).seed).toBeUndefined();
  });

  test('gives a parameter of random the same values whatever others there are', () => {
    const drawn = (more: string) =>
      valuesOf('x', `method: random\nsamples: 5\nparameters: {${more}x: {distribution: normal}}`);
    expect(drawn('a: {min: 1, max: 9}, ')).toEqual(drawn(''));
  });
});

test('a run can be asked for in any order', () => {
  const text = `
method: random
samples: 50
parameters: {a: {min: 0.0, max: 1.0}, b: [1, 2, 3]}
cross: [{parameters: {c: [1, 2]}}]
exclude: a > 0.9
derived: {d: a + c}
replicates: 2
`;
  const plan = planOf(text);
  const inOrder = Array.from({ length: plan.size }, (_, run) => plan.at(run));
  fc.assert(
    fc.property(fc.nat(plan.size - 1), (run) => {
      expect(plan.at(run)).toEqual(inOrder[run]);
    }),
  );
});

test('a grid of 10^12 points is counted, and any of its runs made, without making the others', () => {
  const text = 'parameters: {a: {min: 1, max: 1000000, steps: 1000000}, b: {min: 1, max: 1000000}}';
  const plan = planOf(text);
  expect(plan.size).toBe(1e12);
  expect(plan.at(1e12 - 1)).toEqual({ a: 1_000_000, b: 1_000_000 });
});
