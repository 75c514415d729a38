import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Plan, runsOf } from '../../../../src/core/plan/plan.ts';
import { planSweep } from '../../../../src/core/plan/planSweep.ts';
import { type Refinement, refineSweepFile } from '../../../../src/core/refine/refineSweepFile.ts';
import { type Region, roundedOutwards } from '../../../../src/core/refine/region.ts';
import { parseSweepFile } from '../../../../src/core/sweepFile/parseSweepFile.ts';
import { parseTable } from '../../../../src/core/sweepFile/tableFile.ts';

const path = '/sweeps/lander.sweep.yaml';
const files = new Map([['masses.csv', parseTable('masses.csv', 'mass\n900\n950\n1000\n1100\n')]]);

function planOf(text: string): Plan {
  const { file, diagnostics } = parseSweepFile(text, { path, files });
  expect(diagnostics).toEqual([]);
  const planned = file && planSweep(file.space, { seed: 1 });
  expect(planned?.problems).toEqual([]);
  return planned?.plan as Plan;
}

/** The refined text, which is held to be a sweep file that can be planned. */
function refine(text: string, runs: readonly number[], more: Partial<Refinement> = {}) {
  const plan = planOf(text);
  const refined = refineSweepFile(text, {
    path,
    files,
    runs: runs.map((run) => plan.at(run)),
    suffix: '-2',
    heading: 'Refined.',
    ...more,
  });
  return { text: refined, runs: [...runsOf(planOf(refined))] };
}

test('lists keep what the selected runs span, and everything else stays as it was, comments too', () => {
  const text = `# What a landing needs.
name: lander
cmd: [lander, "\${mass}", '\${engine}']   # the model
parameters:
  # in kg
  mass: [900, 1000, 1100, 1200]
  engine:
    values:
      - merlin   # the old one
      - raptor   # the new one
  steps: {value: 7}
input_files:
  - {path: terrain.csv, rename: t.csv}
output_path: results/lander
`;
  const { text: refined, runs } = refine(text, [3, 5]);
  expect(refined).toBe(`# Refined.
# What a landing needs.
name: lander-2
cmd: [lander, "\${mass}", '\${engine}'] # the model
parameters:
  # in kg
  mass: [1000, 1100]
  engine:
    values:
      - raptor # the new one
  steps: {value: 7}
input_files:
  - {path: terrain.csv, rename: t.csv}
output_path: results/lander-2
`);
  expect(runs).toEqual([
    { mass: 1000, engine: 'raptor', steps: 7 },
    { mass: 1100, engine: 'raptor', steps: 7 },
  ]);
});

describe('a distribution stays what it was, between the bounds of the region', () => {
  const marked = new Map<string, Region>([['x', { kind: 'interval', min: 0.25, max: 0.5 }]]);
  test.each([
    ['{min: 0.0, max: 1.0}', '{min: 0.25, max: 0.5}'],
    ['{min: 0.3, max: 1.0}', '{min: 0.3, max: 0.5}'],
    ['{distribution: uniform, min: 0, max: 1}', '{distribution: uniform, min: 0.25, max: 0.5}'],
    [
      '{distribution: log_uniform_values, min: 0.01, max: 1}',
      '{distribution: log_uniform_values, min: 0.25, max: 0.5}',
    ],
    [
      '{distribution: q_uniform, min: 0, max: 1, q: 0.05}',
      '{distribution: q_uniform, min: 0.25, max: 0.5, q: 0.05}',
    ],
    [
      '{distribution: triangular, min: 0, max: 1, mode: 0.9}',
      '{distribution: triangular, min: 0.25, max: 0.5, mode: 0.5}',
    ],
    [
      '{distribution: normal, mu: 0.3, sigma: 0.2}',
      '{distribution: truncated_normal, mu: 0.3, sigma: 0.2, min: 0.25, max: 0.5}',
    ],
    ['{distribution: log_normal}', '{distribution: log_uniform_values, min: 0.25, max: 0.5}'],
    ['{distribution: beta, a: 2, b: 3}', '{distribution: uniform, min: 0.25, max: 0.5}'],
    ['{distribution: exponential, rate: 2}', '{distribution: uniform, min: 0.25, max: 0.5}'],
  ])('%s', (before, after) => {
    const text = `cmd: [model]\nmethod: sobol\nsamples: 16\nparameters:\n  x: ${before}\n`;
    const { text: refined, runs } = refine(text, [0, 1], { marked });
    expect(refined).toBe(`# Refined.\n${text.replace(before, after)}`);
    for (const { x } of runs) {
      expect(x).toBeGreaterThanOrEqual(0.25);
      expect(x).toBeLessThanOrEqual(0.5);
    }
  });

  test.each([
    ['log_uniform', 'min: -5, max: 0'],
    ['inv_log_uniform', 'min: 0, max: 5'],
  ])('%s has exponents for bounds', (name, bounds) => {
    const text = `cmd: [model]\nmethod: random\nsamples: 20\nparameters:\n  x: {distribution: ${name}, ${bounds}}\n`;
    const { runs } = refine(text, [0, 1], { marked });
    for (const { x } of runs) {
      expect(x).toBeGreaterThanOrEqual(0.25 - 1e-12);
      expect(x).toBeLessThanOrEqual(0.5 + 1e-12);
    }
  });

  test('whole numbers stay whole ones, and others do not become any', () => {
    const text =
      'cmd: [model]\nmethod: random\nsamples: 9\nparameters:\n  n: {min: 1, max: 100}\n  x: {min: 0.5, max: 9.5}\n';
    const interval = { kind: 'interval', min: 2, max: 5 } as const;
    const { text: refined, runs } = refine(text, [0], {
      marked: new Map([
        ['n', { ...interval, min: 1.5 }],
        ['x', interval],
      ]),
    });
    expect(refined).toContain('n: {min: 2, max: 5}');
    expect(refined).toContain('x: {min: 2.0, max: 5.0}');
    expect(runs.some(({ x }) => !Number.isInteger(x))).toBe(true);
  });

  test('the weights of a list sum to 1 again', () => {
    const text =
      'cmd: [model]\nmethod: random\nsamples: 30\nparameters:\n  e: {values: [a, b, c], probabilities: [0.5, 0.3, 0.2]}\n';
    const region = { kind: 'values', values: ['b', 'c'] } as const;
    const { text: refined } = refine(text, [0], { marked: new Map([['e', region]]) });
    expect(refined).toContain('e: {values: [b, c], probabilities: [0.6, 0.4]}');
  });

  test('the selected runs say what nobody marked, in numbers that a person would write', () => {
    const text =
      'cmd: [model]\nmethod: random\nseed: 3\nsamples: 50\nparameters:\n  x: {min: 0.0, max: 10.0}\n  y: {distribution: log_uniform_values, min: 0.00001, max: 1}\n';
    const { text: refined } = refine(text, [1, 2, 3, 4]);
    const [, min = '', max = ''] = /x: \{min: ([\d.]+), max: ([\d.]+)\}/.exec(refined) ?? [];
    const values = [1, 2, 3, 4].map((run) => planOf(text).at(run).x as number);
    expect(min.length).toBeLessThan(6);
    expect(Number(min)).toBeLessThanOrEqual(Math.min(...values));
    expect(Number(max)).toBeGreaterThanOrEqual(Math.max(...values));
    expect(refined).toMatch(/y: \{distribution: log_uniform_values, min: [\d.e-]{1,9}, max: [\d.]{1,8}\}/);
  });
});

test('evenly spaced values, and those of a file, are written out', () => {
  const text =
    'cmd: [model]\nparameters:\n  thrust: {min: 1, max: 2, steps: 5}\n  mass: {from: masses.csv#mass}\n';
  const marked = new Map<string, Region>([
    ['thrust', { kind: 'interval', min: 1.2, max: 1.8 }],
    ['mass', { kind: 'interval', min: 940, max: 1000 }],
  ]);
  const { text: refined } = refine(text, [0], { marked });
  expect(refined).toContain('thrust: {values: [1.25, 1.5, 1.75]}');
  expect(refined).toContain('mass: {values: [950, 1000]}');
});

test('the lists of a zip stay as long as each other', () => {
  const text = 'cmd: [model]\nmethod: zip\nparameters:\n  a: [1, 2, 3, 4]\n  b: [4, 1, 9, 2]\n';
  expect(refine(text, [1, 3]).runs).toEqual([
    { a: 2, b: 1 },
    { a: 4, b: 2 },
  ]);
});

test('parameters of blocks, nested ones and those behind an anchor are narrowed, too', () => {
  const text = `cmd: [model]
parameters:
  opt:
    parameters:
      lr: &few [0.1, 0.01, 0.001]
      decay: *few
cross:
  - parameters: {seed: [1, 2, 3]}
`;
  const marked = new Map<string, Region>([
    ['opt.lr', { kind: 'interval', min: 0.01, max: 1 }],
    ['opt.decay', { kind: 'values', values: [0.1] }],
    ['seed', { kind: 'interval', min: 2, max: 3 }],
  ]);
  const { runs } = refine(text, [0], { marked });
  expect(runs).toEqual([
    { opt: { lr: 0.1, decay: 0.1 }, seed: 2 },
    { opt: { lr: 0.1, decay: 0.1 }, seed: 3 },
    { opt: { lr: 0.01, decay: 0.1 }, seed: 2 },
    { opt: { lr: 0.01, decay: 0.1 }, seed: 3 },
  ]);
});

test('where runs are no combinations, the new sweep has the selected ones themselves', () => {
  const text = `cmd: [model]
sweep:
  - parameters: {a: [1, 2], b: [5]}
  - runs: [{a: 7, b: 8}]
derived: {c: a + b}
replicates: 2
`;
  const { text: refined, runs } = refine(text, [0, 1, 5]);
  expect(refined).toBe(`# Refined.
cmd: [model]
derived: {c: a + b}
replicates: 2
runs:
  - {a: 1, b: 5}
  - {a: 7, b: 8}
`);
  expect(runs.map(({ a, b, c, replicate }) => [a, b, c, replicate])).toEqual([
    [1, 5, 6, 0],
    [1, 5, 6, 1],
    [7, 8, 15, 0],
    [7, 8, 15, 1],
  ]);
});

test('a sweep file with errors cannot be refined, and says why', () => {
  const refinement = { path, files, runs: [{}], suffix: '-2', heading: '' };
  expect(() => refineSweepFile('cmd: [a]\n', refinement)).toThrow('nothing to vary');
  expect(() => refineSweepFile('cmd: [a]\nparameters: {m: {from: gone.csv#m}}\n', refinement)).toThrow(
    'a file that it takes values from cannot be read',
  );
});

test('rounded bounds hold what they held, and little more', () => {
  const number = fc.double({ noNaN: true, min: -1e6, max: 1e6 });
  const everything = { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };
  fc.assert(
    fc.property(number, fc.double({ noNaN: true, min: 1e-6, max: 1e6 }), (min, width) => {
      const max = min + width;
      const rounded = roundedOutwards({ min, max }, everything);
      expect(rounded.min).toBeLessThanOrEqual(min);
      expect(rounded.max).toBeGreaterThanOrEqual(max);
      expect(rounded.max - rounded.min).toBeLessThanOrEqual(1.03 * width);
    }),
  );
});
