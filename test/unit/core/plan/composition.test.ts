import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valueKey } from '../../../../src/core/params.ts';
import type { ParamMap } from '../../../../src/core/run.ts';
import { planOf, planProblems, runsIn } from './plans.ts';

describe('sweep', () => {
  test('has the runs of each block, one block after the other; a run that stands in two runs once', () => {
    const text = `
sweep:
  - parameters: {a: [1, 2], b: [1]}
  - parameters: {b: {value: 1}, a: [2, 3]}
  - runs: [{a: 3, b: 1}, {a: 9}]
`;
    expect(runsIn(text)).toEqual([{ a: 1, b: 1 }, { a: 2, b: 1 }, { a: 3, b: 1 }, { a: 9 }]);
    expect(planOf(text).names).toEqual(['a', 'b']);
  });

  test('keeps draws of one block that agree, since they are two draws', () => {
    const block = '{method: random, samples: 50, parameters: {coin: [heads, tails]}}';
    expect(runsIn(`sweep: [${block}]`)).toHaveLength(50);
    expect(
      runsIn(`sweep: [{parameters: {coin: [heads, edge]}}, ${block}]`).filter(({ coin }) => coin === 'heads'),
    ).toHaveLength(1);
  });

  test('draws each block by itself', () => {
    const block = '{method: random, samples: 3, parameters: {x: {distribution: normal}, k: {value: K}}}';
    const [a, b] = [1, 2].map((k) => block.replace('K', String(k)));
    const runs = runsIn(`sweep: [${a}, ${b}]`);
    expect(new Set(runs.map(({ x }) => x)).size).toBe(6);
  });

  test('may stand within a block, and beside parameters that all its blocks get', () => {
    const text = `
parameters: {m: [1, 2]}
sweep:
  - parameters: {a: [1]}
  - sweep: [{parameters: {b: [1]}}, {parameters: {b: [2]}}]
`;
    expect(runsIn(text)).toEqual([
      { m: 1, a: 1 },
      { m: 1, b: 1 },
      { m: 1, b: 2 },
      { m: 2, a: 1 },
      { m: 2, b: 1 },
      { m: 2, b: 2 },
    ]);
  });

  test('has the runs of a set: what any block has, each once', () => {
    const values = fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 });
    const block = fc.record({ a: values, b: values });
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 4 }), (blocks) => {
        const runs = runsIn(`sweep: ${JSON.stringify(blocks.map((parameters) => ({ parameters })))}`);
        const expected = new Map<string, ParamMap>();
        for (const { a, b } of blocks) {
          for (const x of a)
            for (const y of b) expected.set(`${x} ${y}`, expected.get(`${x} ${y}`) ?? { a: x, b: y });
        }
        expect(runs).toEqual([...expected.values()]);
      }),
    );
  });

  test('of grids without a common run is as large as anybody likes', () => {
    const grid = (k: number) =>
      `{parameters: {k: {value: ${k}}, a: {min: 1, max: 1000000}, b: {min: 1, max: 1000000}}}`;
    const plan = planOf(`sweep: [${grid(1)}, ${grid(2)}]`);
    expect(plan.size).toBe(2e12);
    expect(plan.at(1e12)).toEqual({ k: 2, a: 1, b: 1 });
    const other = '{parameters: {a: {min: 5, max: 1000000}}}';
    expect(planProblems(`sweep: [${other}, ${other.replace('5', '1')}]`, { mostScanned: 1000 })).toEqual([
      'too-many-runs at "sweep"',
    ]);
  });
});

describe('cross', () => {
  test('combines each with each: grid, zip and random', () => {
    const text = `
parameters: {m: [1, 2]}
cross:
  - {method: zip, parameters: {a: [1, 2], b: [3, 4]}}
  - {method: random, samples: 2, parameters: {z: {distribution: normal}}}
`;
    const runs = runsIn(text);
    expect(runs.map(({ m, a, b }) => [m, a, b])).toEqual([
      [1, 1, 3],
      [1, 1, 3],
      [1, 2, 4],
      [1, 2, 4],
      [2, 1, 3],
      [2, 1, 3],
      [2, 2, 4],
      [2, 2, 4],
    ]);
    expect(new Set(runs.map(({ z }) => z)).size).toBe(2);
  });

  test('has no parameter twice', () => {
    expect(
      planProblems('parameters: {a: [1]}\ncross: [{parameters: {b: [1]}}, {parameters: {a: [2]}}]'),
    ).toEqual(['name-conflict at "a"']);
  });
});

describe('nested parameters', () => {
  const text = `
cmd: [run, "\${opt.lr}", "\${opt}", "\${opt.adam.beta}"]
parameters:
  opt:
    parameters:
      lr: [0.1, 0.2]
      adam: {parameters: {beta: {value: 0.9}}}
  x: [1]
`;
  test('are nested in what a run gets, and named with dots', () => {
    expect(planOf(text).names).toEqual(['opt.lr', 'opt.adam.beta', 'x']);
    expect(runsIn(text)).toEqual([
      { opt: { lr: 0.1, adam: { beta: 0.9 } }, x: 1 },
      { opt: { lr: 0.2, adam: { beta: 0.9 } }, x: 1 },
    ]);
  });

  test('are told from parameters whose own names have dots', () => {
    expect(runsIn('parameters: {opt.lr: [1]}')).toEqual([{ 'opt.lr': 1 }]);
    expect(planProblems('parameters: {a: {parameters: {b: [2]}}, a.b: [2]}')).toEqual([
      'name-conflict at "a.b"',
    ]);
    expect(
      planProblems('cross: [{parameters: {a: [1]}}, {parameters: {a: {parameters: {b: [2]}}}}]'),
    ).toEqual(['name-conflict at "b"']);
    expect(planProblems('parameters: {c.d: [2], c: {parameters: {d: [1]}}}')).toEqual([
      'name-conflict at "d"',
    ]);
  });

  test('may look like parts of others, as Hydra names them, which is worth a warning', () => {
    const both = 'parameters: {a: [1], a.b: [2]}';
    expect(planProblems(both)).toEqual(['name-conflict at "a.b"']);
    expect(runsIn(both)).toEqual([{ a: 1, 'a.b': 2 }]);
    expect(planProblems('runs: [{a: 1, a.b: 2}]')).toEqual(['name-conflict at "runs"']);
    expect(planProblems(`${both}\nexclude: a.b == 3`)).toEqual([
      'name-conflict at "a.b"',
      'name-conflict at "a.b"',
    ]);
    expect(planProblems(`${both}\nexclude: a == 3`)).toEqual([
      'name-conflict at "a.b"',
      'rule-without-effect at "a == 3"',
    ]);
  });

  test('are known in expressions', () => {
    expect(runsIn(`${text}exclude: opt.lr > 0.15 && opt.adam.beta == 0.9\n`)).toHaveLength(1);
    expect(planProblems(`${text}exclude: opt.rl > 0.15\n`)).toEqual(['unknown-parameter at "opt.rl"']);
    expect(runsIn(`${text}exclude: [{opt: {lr: 0.1}}]\n`)).toHaveLength(1);
    expect(runsIn(`${text}exclude: [{opt.lr: 0.1}]\n`)).toHaveLength(1);
  });
});

describe('when', () => {
  test('makes a parameter exist only where it holds; runs that agree then run once', () => {
    const text = `parameters:\n  solver: [euler, rk4]\n  tol: {values: [1, 2, 3], when: "solver == 'rk4'"}\n`;
    expect(runsIn(text)).toEqual([
      { solver: 'euler' },
      { solver: 'rk4', tol: 1 },
      { solver: 'rk4', tol: 2 },
      { solver: 'rk4', tol: 3 },
    ]);
    expect(planProblems(`cmd: [run, "\${tol}"]\n${text}`)).toEqual(['unknown-parameter at "${tol}"']);
  });

  test('may depend on a parameter that has one itself, and hold for a group', () => {
    const text = `
parameters:
  c: {values: [1, 2], when: b == 2}
  b: {values: [1, 2], when: a}
  a: [true, false]
  g: {when: "!a", parameters: {x: [7], y: [8]}}
`;
    expect(new Set(runsIn(text).map(valueKey))).toEqual(
      new Set(
        [
          { a: true, b: 1 },
          { a: true, b: 2, c: 1 },
          { a: true, b: 2, c: 2 },
          { a: false, g: { x: 7, y: 8 } },
        ].map(valueKey),
      ),
    );
  });

  test('leaves draws as they are', () => {
    const text = 'method: random\nsamples: 20\nparameters: {a: [true, false], b: {values: [1, 2], when: a}}';
    const runs = runsIn(text);
    expect(runs).toHaveLength(20);
    expect(runs.every((run) => Object.hasOwn(run, 'b') === run.a)).toBe(true);
  });

  test('in a circle is told', () => {
    expect(
      planProblems('parameters: {a: {values: [1], when: b == 1}, b: {values: [1], when: a == 1}}'),
    ).toEqual(['circular-reference at "b"']);
  });
});

describe('exclude', () => {
  test('leaves out what an expression holds for, or what has the values of a mapping, and remembers why', () => {
    const plan = planOf('parameters: {a: [1, 2, 3], b: [1, 2, 3]}\nexclude: ["a > b", {a: 1, b: 1}]');
    expect(Array.from({ length: plan.size }, (_, run) => plan.at(run))).toEqual([
      { a: 1, b: 2 },
      { a: 1, b: 3 },
      { a: 2, b: 2 },
      { a: 2, b: 3 },
      { a: 3, b: 3 },
    ]);
    expect(Array.from({ length: plan.excluded.size }, (_, run) => plan.excluded.at(run))).toEqual([
      { params: { a: 1, b: 1 }, rule: 1 },
      { params: { a: 2, b: 1 }, rule: 0 },
      { params: { a: 3, b: 1 }, rule: 0 },
      { params: { a: 3, b: 2 }, rule: 0 },
    ]);
  });

  test('remembers a point that a condition makes one of several only once', () => {
    const plan = planOf(
      'parameters: {s: [a, b], t: {values: [1, 2, 3], when: s == "a"}}\nexclude: [{s: b}]'.replaceAll(
        '"',
        "'",
      ),
    );
    expect(plan.size).toBe(3);
    expect([plan.excluded.size, plan.excluded.at(0)]).toEqual([1, { params: { s: 'b' }, rule: 0 }]);
  });

  test('sees what is derived, and says when it holds for no run or for all', () => {
    expect(runsIn('parameters: {a: [1, 2, 3]}\nderived: {b: 2 * a}\nexclude: b == 4')).toEqual([
      { a: 1, b: 2 },
      { a: 3, b: 6 },
    ]);
    expect(planProblems('parameters: {a: [1, 2]}\nexclude: [a == 3, a == 1]')).toEqual([
      'rule-without-effect at "a == 3"',
    ]);
    expect(planProblems('parameters: {a: [1, 2]}\nexclude: a > 0')).toEqual(['empty-plan at "parameters"']);
    expect(planProblems('parameters: {alpha: [1, 2]}\nexclude: [{alhpa: 1}]')).toEqual([
      'unknown-parameter at "alhpa"',
    ]);
  });

  test('is refused where too many points would have to be looked at', () => {
    const text = 'parameters: {a: {min: 1, max: 100000}, b: {min: 1, max: 10000}}\nexclude: a > b';
    expect(planProblems(text)).toEqual(['too-many-runs at "parameters"']);
  });

  test('leaves the runs of a filtered grid in their order, as filtering a list would', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 6 }),
        fc.nat(8),
        (a, b, limit) => {
          const grid = `parameters: {a: {min: 1, max: ${a}}, b: {min: 1, max: ${b}}}`;
          const wanted = runsIn(grid).filter((run) => Number(run.a) + Number(run.b) <= limit);
          const text = `${grid}\ninclude: a + b <= ${limit}`;
          if (wanted.length === 0) expect(planProblems(text)).toEqual(['empty-plan at "parameters"']);
          else expect(runsIn(text)).toEqual(wanted);
        },
      ),
    );
  });
});

describe('include', () => {
  test('extends and adds runs as a matrix of GitHub does', () => {
    // The example of GitHub's documentation.
    const text = `
parameters: {fruit: [apple, pear], animal: [cat, dog]}
include:
  - {color: green}
  - {color: pink, animal: cat}
  - {fruit: apple, shape: circle}
  - {fruit: banana}
  - {fruit: banana, animal: cat}
`;
    expect(runsIn(text)).toEqual([
      { fruit: 'apple', animal: 'cat', color: 'pink', shape: 'circle' },
      { fruit: 'apple', animal: 'dog', color: 'green', shape: 'circle' },
      { fruit: 'pear', animal: 'cat', color: 'pink' },
      { fruit: 'pear', animal: 'dog', color: 'green' },
      { fruit: 'banana' },
      { fruit: 'banana', animal: 'cat' },
    ]);
  });

  test('brings back what exclude left out, with what is derived', () => {
    const text = 'parameters: {a: [1, 2]}\nderived: {b: a + 1}\nexclude: a == 1\ninclude: [{a: 1}, {a: 7}]';
    expect(runsIn(text)).toEqual([
      { a: 2, b: 3 },
      { a: 1, b: 2 },
      { a: 7, b: 8 },
    ]);
  });
});

describe('derived', () => {
  test('computes from parameters and from each other, in whatever order they stand', () => {
    const text = `
parameters: {mass: [900, 1000], thrust: {value: 1.6}, solver: {value: rk4}}
derived:
  half: ratio / 2
  ratio: mass / thrust
  label: "solver + '-' + string(mass)"
  list: "[mass, thrust].map(x, 2 * x)"
  two: 2
  heavy: mass > 950
`;
    expect(runsIn(text)[1]).toEqual({
      mass: 1000,
      thrust: 1.6,
      solver: 'rk4',
      ratio: 625,
      half: 312.5,
      label: 'rk4-1000',
      list: [2000, 3.2],
      two: 2,
      heavy: true,
    });
    expect(planProblems('parameters: {a: [1]}\nderived: {x: y, y: x}')).toEqual([
      'circular-reference at "y"',
    ]);
    expect(planProblems('parameters: {a: [1]}\nderived: {a: "2"}')).toEqual(['name-conflict at "a"']);
  });

  test('that has no value for some run is told with that run', () => {
    expect(planProblems('parameters: {a: [1, 0]}\nderived: {x: 1 / a}')).toEqual([
      'expression-failed at "1 / a"',
    ]);
    expect(planProblems("parameters: {a: [1]}\nderived: {x: timestamp('2020-01-01T00:00:00Z')}")).toEqual([
      'expression-failed at "timestamp(\'2020-01-01T00:00:00Z\')"',
    ]);
  });

  test('lacks what it needs only where a parameter is lacking', () => {
    expect(runsIn('runs: [{a: 1, b: 2}, {a: 1}]\nderived: {c: a + b}')).toEqual([
      { a: 1, b: 2, c: 3 },
      { a: 1 },
    ]);
  });
});

describe('replicates', () => {
  test('repeat each run with a number and a seed that no other run has', () => {
    const runs = runsIn('parameters: {a: [1, 2]}\nreplicates: 3\nseed: 7');
    expect(runs.map(({ a, replicate }) => [a, replicate])).toEqual([
      [1, 0],
      [1, 1],
      [1, 2],
      [2, 0],
      [2, 1],
      [2, 2],
    ]);
    expect(new Set(runs.map(({ seed }) => seed)).size).toBe(6);
    expect(runs.slice(0, 3)).toEqual(runsIn('parameters: {a: [1]}\nreplicates: 3\nseed: 7'));
    expect(planProblems('parameters: {seed: [1]}\nreplicates: 3')).toEqual(['name-conflict at "seed"']);
  });
});
