import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { runEnvironment } from '../../../src/core/runner/runEnvironment.ts';
import { getRunParams, postRunResults } from '../../../src/core/runSide.ts';

/** A run directory that is gone when the test has finished; this process is inside that run. */
function enterRun(params: string = '{}'): { folder: string; text(): string; results(): unknown } {
  const folder = mkdtempSync(path.join(tmpdir(), 'multirun-run-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(path.join(folder, 'params.json'), params);
  vi.stubEnv('MULTIRUN_PARAMS', path.join(folder, 'params.json'));
  vi.stubEnv('MULTIRUN_RESULTS', path.join(folder, 'results.json'));
  const text = () => readFileSync(path.join(folder, 'results.json'), 'utf8');
  return { folder, text, results: () => JSON.parse(text()) };
}

/** What the results file holds after `postRunResults(value)`. */
function posted(value: unknown): unknown {
  const run = enterRun();
  postRunResults(value);
  return run.results();
}

beforeEach(() => {
  vi.stubEnv('MULTIRUN_PARAMS', undefined);
  vi.stubEnv('MULTIRUN_RESULTS', undefined);
  return () => vi.unstubAllEnvs();
});

describe('getRunParams', () => {
  it('returns the parameters of the run', () => {
    enterRun('{"mass": 900, "label": "Größe"}');
    expect(getRunParams()).toEqual({ mass: 900, label: 'Größe' });
  });

  it('outside a run says so and how to run the program alone', () => {
    expect(() => getRunParams()).toThrow(
      'this program was not started by Multirun: the environment variable MULTIRUN_PARAMS is not set. ' +
        'To run it alone, write the parameters as JSON to a file and set MULTIRUN_PARAMS to its path, ' +
        'or give parameters for this case: getRunParams({ … })',
    );
  });

  it('outside a run returns the fallback', () => {
    expect(getRunParams({ mass: 1 })).toEqual({ mass: 1 });
  });

  it('inside a run pays no heed to the fallback', () => {
    enterRun('{"mass": 900}');
    expect(getRunParams({ mass: 1, thrust: 2 })).toEqual({ mass: 900 });
  });

  it('names the file that it cannot read', () => {
    const { folder } = enterRun('{"mass": 9');
    expect(() => getRunParams()).toThrow(
      `cannot read the parameters of this run from ${path.join(folder, 'params.json')}: `,
    );
  });

  it('refuses parameters that are no object', () => {
    enterRun('[1]');
    expect(() => getRunParams()).toThrow('are no JSON object');
  });
});

describe('postRunResults', () => {
  it('writes any JSON value as it is', () => {
    const run = enterRun();
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        postRunResults(value);
        expect(JSON.stringify(run.results())).toBe(JSON.stringify(value));
      }),
      { examples: [[JSON.parse('{"__proto__": 1}')], ['\ud800']] },
    );
  });

  it('writes what a person can read, and leaves nothing else behind', () => {
    const run = enterRun();
    postRunResults({ outcome: 'gelandet 🚀', miss: 1.5 });
    expect(run.text()).toBe('{\n  "outcome": "gelandet 🚀",\n  "miss": 1.5\n}\n');
    expect(readdirSync(run.folder).sort()).toEqual(['params.json', 'results.json']);
  });

  it('writes long results on one line', () => {
    const run = enterRun();
    postRunResults(Array.from({ length: 5000 }, (_, i) => i));
    expect(run.text().split('\n')).toHaveLength(2);
  });

  it.each<[string, unknown, unknown]>([
    ['NaN and the infinities as text', [Number.NaN, Infinity, -Infinity], ['NaN', 'Infinity', '-Infinity']],
    ['a date as its toJSON says', { at: new Date(0) }, { at: '1970-01-01T00:00:00.000Z' }],
    ['typed arrays and sets as arrays', [new Float32Array([0.5]), new Set(['a'])], [[0.5], ['a']]],
    ['a map as an object', new Map([['a', { b: 1 }]]), { a: { b: 1 } }],
    ['an object without its undefined properties', { a: undefined, b: 1 }, { b: 1 }],
    ['one object in two places', [{}, {}].fill({ a: 1 }), [{ a: 1 }, { a: 1 }]],
  ])('writes %s', (_, value, expected) => {
    expect(posted(value)).toEqual(expected);
  });

  const cycle: Record<string, unknown> = { layers: [] };
  (cycle.layers as unknown[]).push({ model: cycle });

  it.each<[string, unknown, string]>([
    [
      'a function',
      { a: { 'b c': [1, () => 1] } },
      'results.a["b c"][1] is a function, which JSON cannot hold',
    ],
    ['a BigInt', { seed: 1n }, 'results.seed is a BigInt, which JSON cannot hold'],
    ['a symbol', [Symbol('x')], 'results[0] is a symbol, which JSON cannot hold'],
    ['nothing', undefined, 'results is undefined, which JSON cannot hold'],
    ['a hole in an array', [1, undefined], 'results[1] is undefined, which JSON cannot hold'],
    [
      'a promise',
      { loss: Promise.resolve(1) },
      'results.loss is a Promise (await it first), which JSON cannot hold',
    ],
    ['an error', { why: new Error() }, 'results.why is an object of type Error, which JSON cannot hold'],
    [
      'a map with other keys',
      new Map([[1, 2]]),
      'a key of results is not a string but a number, which JSON cannot hold',
    ],
    ['a cycle', cycle, 'results.layers[0].model is results again; JSON cannot hold a cycle'],
  ])('says where %s is, and writes nothing', (_, value, message) => {
    const run = enterRun();
    expect(() => postRunResults(value)).toThrow(new TypeError(message));
    expect(readdirSync(run.folder)).toEqual(['params.json']);
  });

  it('called twice keeps the last results only', () => {
    const run = enterRun();
    writeFileSync(path.join(run.folder, 'results.pkl'), 'what Python posted before');
    postRunResults({ first: 1 });
    postRunResults({ second: 2 });
    expect(run.results()).toEqual({ second: 2 });
    expect(existsSync(path.join(run.folder, 'results.pkl'))).toBe(false);
  });

  it('leaves no temporary file when the results cannot be put in their place', () => {
    const run = enterRun();
    vi.stubEnv('MULTIRUN_RESULTS', run.folder);
    expect(() => postRunResults(1)).toThrow();
    expect(
      readdirSync(path.dirname(run.folder)).filter((name) => name.includes(path.basename(run.folder))),
    ).toEqual([path.basename(run.folder)]);
  });
});

describe('the bundle that a run finds on its NODE_PATH', () => {
  /** Runs a program in a run directory, with the environment that the runner gives it. */
  function program(name: string, source: string, inRun = true): { stdout: string; stderr: string } {
    const run = enterRun('{"mass": 900}');
    writeFileSync(path.join(run.folder, name), source);
    if (!inRun) {
      vi.stubEnv('MULTIRUN_PARAMS', undefined);
      vi.stubEnv('MULTIRUN_RESULTS', undefined);
    }
    const { stdout, stderr } = spawnSync(process.execPath, [name], {
      cwd: run.folder,
      encoding: 'utf8',
      env: runEnvironment(),
    });
    return { stdout: inRun && !stderr ? run.text() : stdout, stderr };
  }
  const body = 'postRunResults({ doubled: 2 * getRunParams({ mass: 1 }).mass });';

  it('is required by a CommonJS program as multirun', () => {
    expect(
      program('run.cjs', `const { getRunParams, postRunResults } = require('multirun'); ${body}`),
    ).toEqual({
      stdout: '{\n  "doubled": 1800\n}\n',
      stderr: '',
    });
  });

  it('is reached from an ES module through createRequire', () => {
    const source = `import { createRequire } from 'node:module';
      const { getRunParams, postRunResults } = createRequire(import.meta.url)('multirun'); ${body}`;
    expect(program('run.mjs', source)).toEqual({ stdout: '{\n  "doubled": 1800\n}\n', stderr: '' });
  });

  it('prints the results of a program that runs alone', () => {
    expect(
      program('run.cjs', `const { getRunParams, postRunResults } = require('multirun'); ${body}`, false),
    ).toEqual({ stdout: '{\n  "doubled": 2\n}\n', stderr: '' });
  });
});
