import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { flatParams } from '../../../../src/core/params.ts';
import { runsOf } from '../../../../src/core/plan/plan.ts';
import type { ParamMap, ParamValue } from '../../../../src/core/run.ts';
import { readPlan } from './plans.ts';

const folder = fileURLToPath(new URL('../../../fixtures/wandb/', import.meta.url));

/** Plans a file of W&B's; `more` are lines that it lacks. */
function plan(name: string, more = '', change = (text: string) => text) {
  const text = `${change(readFileSync(`${folder}${name}.yaml`, 'utf8'))}${more}`;
  const { plan: planned, problems } = readPlan(text, { seed: 11 });
  return {
    runs: planned === undefined ? undefined : [...runsOf(planned)].map(flatParams),
    errors: problems.filter(({ severity }) => severity === 'error').map(({ code }) => code),
    warnings: problems.filter(({ severity }) => severity === 'warning').map(({ code }) => code),
  };
}

/** The values that each parameter has in some run, in the order of their appearance. */
function valuesIn(runs: readonly ParamMap[]): Record<string, ParamValue[]> {
  const values: Record<string, ParamValue[]> = {};
  for (const run of runs) {
    for (const [name, value] of Object.entries(run)) {
      values[name] ??= [];
      if (!values[name].includes(value)) values[name].push(value);
    }
  }
  return values;
}

const covered = new Set<string>();

describe('a grid of W&B has the same runs here', () => {
  test.each<[string, number, Record<string, ParamValue[]>]>([
    [
      'docs-nested-constants',
      1,
      {
        top_level_param: [0],
        'nested_param.learning_rate': [0.01],
        'nested_param.double_nested_param.x': [0.9],
        'nested_param.double_nested_param.y': [0.8],
      },
    ],
    ['docs-guide-categorical', 3, { learning_rate: [0.1, 0.2, 0.3] }],
    [
      'sweeps-grid',
      27,
      {
        epochs: [5],
        variance: [5],
        sleep: [0.5],
        base: [10, 15, 20],
        increment: [0.1, 0.2, 0.3],
        direction: [-1, 0.1, 1],
      },
    ],
    [
      'sweeps-nested-grid',
      8,
      { batch_size: [32, 64], 'optimizer.lr': [0.001, 0.0001], 'optimizer.nadam.beta': [0.9, 0.95] },
    ],
    [
      'sweeps-test-nested',
      18,
      { p1: ['a', 'b', 'c'], 'p2.n1': [0.01, 0.001], 'p2.n2': [0.9], 'p2.n3': [1, 2, 3] },
    ],
    ['sweeps-test-int-uniform', 63, { v1: Array.from({ length: 63 }, (_, i) => i - 52), v2: ['test'] }],
    [
      'sweeps-test-q-uniform',
      14,
      { v1: Array.from({ length: 14 }, (_, i) => expect.closeTo(-9.211 + 2.341 * i, 9)), v2: ['test'] },
    ],
    ['examples-boolean', 8, { optimizer: ['sgd', 'adam'], flag1: [false, true], flag2: [false, true] }],
    [
      'examples-grid-hyperband',
      540,
      {
        dropout: [0.1, 0.2, 0.4, 0.5, 0.7],
        channels_one: [10, 12, 14, 16, 18, 20],
        channels_two: [24, 28, 32, 36, 40, 44],
        learning_rate: [0.001, 0.005, 0.0005],
        epochs: [27],
      },
    ],
  ])('%s: %d', (name, size, values) => {
    covered.add(name);
    const { runs = [], errors } = plan(name);
    expect(errors).toEqual([]);
    expect(runs).toHaveLength(size);
    expect(new Set(runs.map((run) => JSON.stringify(run))).size).toBe(size);
    expect(valuesIn(runs)).toEqual(values);
  });

  test('values that stand twice run once', () => {
    covered.add('sweeps-test-repeated');
    const { runs, errors, warnings } = plan('sweeps-test-repeated');
    expect(errors).toEqual([]);
    expect(warnings).toEqual(['repeated-value']);
    expect(runs).toHaveLength(9);
  });
});

type Check = (value: ParamValue) => boolean;
const among =
  (...values: ParamValue[]): Check =>
  (value) =>
    values.includes(value);
const between =
  (min: number, max: number): Check =>
  (value) =>
    typeof value === 'number' && value >= min && value <= max;
const multiple =
  (q: number, min: number, max: number): Check =>
  (value) =>
    between(min, max)(value) && Number(value) % q === 0;

describe('a random search of W&B, which has no end there, has the same values here', () => {
  test.each<[string, Record<string, Check>]>([
    [
      'docs-nested',
      {
        optimizer: among('adam', 'sgd'),
        fc_layer_size: among(128, 256, 512),
        dropout: among(0.3, 0.4, 0.5),
        epochs: among(1),
        learning_rate: between(0, 0.1),
        batch_size: multiple(8, 32, 256),
        'nested_category_1.momentum': between(0, 0.9),
        'nested_category_1.weight_decay': among(0.0001, 0.0005, 0.001),
        'nested_category_2.momentum': between(0, 0.9),
        'nested_category_2.weight_decay': among(0.1, 0.2, 0.3),
        'nested_category_3.momentum': between(0.5, 0.7),
        'nested_category_3.weight_decay': among(0.2, 0.3, 0.4),
      },
    ],
    [
      'docs-random',
      {
        batch_size: multiple(8, 32, 256),
        dropout: among(0.3, 0.4, 0.5),
        epochs: among(1),
        fc_layer_size: among(128, 256, 512),
        learning_rate: between(0, 0.1),
        optimizer: among('adam', 'sgd'),
      },
    ],
    [
      'docs-add-to-your-code',
      { batch_size: among(16, 32, 64), lr: between(0.0001, 0.1), epochs: among(5, 10, 15) },
    ],
    ['docs-walkthrough', { x: between(0.01, 0.1), y: among(1, 3, 7) }],
    [
      'examples-random-hyperband',
      {
        dropout: among(0.15, 0.2, 0.25, 0.3, 0.4),
        hidden_layer_size: among(96, 128, 148),
        layer_1_size: among(10, 12, 14, 16, 18, 20),
        layer_2_size: among(24, 28, 32, 36, 40, 44),
        learn_rate: among(0.001, 0.01, 0.003),
        decay: among(1e-5, 1e-6, 1e-7),
        momentum: among(0.8, 0.9, 0.95),
        epochs: among(27),
      },
    ],
    [
      'examples-cross-validation',
      {
        batch_size: (value) => Number.isInteger(value) && between(32, 128)(value),
        epochs: among(200),
        node_size1: among(64, 128, 256),
        optimizer: among('Adam', 'Adamax', 'Adagrad'),
      },
    ],
    [
      'examples-llama',
      { model: among('codellama-13b-instruct.Q4_K_M.gguf', 'gpt-3.5-turbo'), temperature: between(0, 0.6) },
    ],
  ])('%s', (name, checks) => {
    covered.add(name);
    expect(plan(name).errors).toEqual(['missing-key']);
    const { runs = [], errors } = plan(name, 'run_cap: 200\n');
    expect(errors).toEqual([]);
    expect(runs).toHaveLength(200);
    for (const run of runs) {
      expect(Object.keys(run)).toEqual(Object.keys(checks));
      for (const [key, check] of Object.entries(checks)) {
        expect(check(run[key] as ParamValue), `${key}: ${run[key]}`).toBe(true);
      }
    }
  });
});

test('a command of W&B that takes parameters which there are not is told', () => {
  covered.add('docs-macros');
  expect(plan('docs-macros').errors).toEqual(['missing-key', 'unknown-parameter', 'unknown-parameter']);
  const known = (text: string) => text.replaceAll(/\$\{(batch_size|optimizer)\}/g, '${learning_rate}');
  const { runs = [], errors } = plan('docs-macros', 'run_cap: 200\n', known);
  expect(errors).toEqual([]);
  expect(runs.every(({ learning_rate }) => between(0.0001, 0.1)(learning_rate as ParamValue))).toBe(true);
});

describe('a Bayesian search of W&B is told that it is not run, and runs as random', () => {
  test.each<[string, number, string[]]>([
    ['docs-basic-structure', 4, []],
    ['docs-bayes-hyperband', 8, ['not-supported']],
    ['docs-troubleshoot', 2, []],
    ['examples-simpsons', 6, []],
    ['examples-hydra', 3, ['name-conflict']],
  ])('%s', (name, parameters, warnings) => {
    covered.add(name);
    const {
      runs = [],
      errors,
      warnings: told,
    } = plan(name, 'run_cap: 20\n', (text) => text.replace('bayes', 'random'));
    expect(errors).toEqual([]);
    expect(told).toEqual(warnings);
    expect(runs).toHaveLength(20);
    for (const run of runs) expect(Object.keys(run)).toHaveLength(parameters);
  });
});

test('every file of the corpus is tested', () => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  expect(new Set(names.map((name) => name.replace('.yaml', '')))).toEqual(covered);
});
