import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { launchSweepFile } from '../../src/core/launch.ts';
import { loadSweepFile } from '../../src/core/loadSweepFile.ts';
import { runEnvironment } from '../../src/core/runner/runEnvironment.ts';
import { openSweep } from '../../src/core/sweepDirectory/readSweep.ts';
import type { SweepView } from '../../src/core/sweepDirectory/sweepView.ts';
import { hasPython, python } from './python/python.ts';

const examples = path.resolve(import.meta.dirname, '../../examples');
const hasAwk = spawnSync('awk', ['BEGIN { exit }']).status === 0;
if (!hasAwk) console.warn('skipped: the example frost, since there is no awk on the PATH');

/** A folder that is gone when the test has finished. */
function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'multirun-example-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function sweepFileOf(example: string): string {
  return path.join(example, `${path.basename(example)}.sweep.yaml`);
}

/** Starts a program in a fresh directory as the runner does, to its end. */
function runOnce(command: string, args: string[], params: object, inputs: Record<string, string> = {}) {
  const folder = temporaryFolder();
  for (const [name, file] of Object.entries(inputs))
    cpSync(path.join(examples, file), path.join(folder, name));
  writeFileSync(path.join(folder, 'params.json'), JSON.stringify(params));
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...runEnvironment(),
      PYTHONDONTWRITEBYTECODE: '1',
      MULTIRUN_PARAMS: path.join(folder, 'params.json'),
      MULTIRUN_RESULTS: path.join(folder, 'results.json'),
    },
  });
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
  const results = existsSync(path.join(folder, 'results.json'))
    ? JSON.parse(read('results.json'))
    : undefined;
  return { status, stdout, stderr, results, read };
}

/** Runs some runs of an example's sweep, in a copy of the example, until all have ended. */
async function sweep(example: string, runs: number[]): Promise<SweepView> {
  const copy = path.join(temporaryFolder(), example);
  cpSync(path.join(examples, example), copy, { recursive: true });
  const loaded = await loadSweepFile(sweepFileOf(copy));
  if (!loaded.runnable) throw new Error(JSON.stringify(loaded.diagnostics));
  const { file, plan } = loaded.runnable;
  const few = { ...plan, size: runs.length, at: (index: number) => plan.at(runs[index] as number) };
  const { directory, finished } = await launchSweepFile({ ...loaded, runnable: { file, plan: few } });
  await finished;
  return openSweep(directory);
}

/** The names of the results, which the example's README explains. */
async function expectExplained(example: string, view: SweepView): Promise<void> {
  const readme = readFileSync(path.join(examples, example, 'README.md'), 'utf8');
  const results = (await view.results(0)) as object;
  for (const name of Object.keys(results)) expect(readme).toContain(`\`${name}\``);
}

describe('the examples', () => {
  const folders = readdirSync(examples, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name);

  it.each(folders)('%s has a sweep file and a README, and stands in the list', (example) => {
    expect(existsSync(sweepFileOf(path.join(examples, example)))).toBe(true);
    expect(existsSync(path.join(examples, example, 'README.md'))).toBe(true);
    const list = readFileSync(path.join(examples, 'README.md'), 'utf8');
    expect(list).toContain(`[\`${example}/${example}.sweep.yaml\`](${example}/README.md)`);
  });

  it.each([
    ['classifier', 24],
    ['lander', 300],
    ['frost', 6],
    ['ishigami', 320],
  ])('%s has no problems and plans %i runs', async (example, size) => {
    const { diagnostics, runnable } = await loadSweepFile(sweepFileOf(path.join(examples, example)));
    expect(diagnostics).toEqual([]);
    expect(runnable?.plan.size).toBe(size);
  });
});

describe('the classifier', () => {
  const program = path.join(examples, 'classifier', 'classifier.cjs');

  it('learns, and shows how', () => {
    const params = { hidden: 8, activation: 'tanh', learning_rate: 0.002, epochs: 120, seed: 1 };
    const { status, stdout, stderr, results } = runOnce(process.execPath, [program], params);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('epoch  120/120  ██████████████████████████████');
    expect(results).toMatchObject({ accuracy: expect.closeTo(0.99, 1), weights: 105 });
  });

  it('gives the same results again', () => {
    const params = { hidden: 4, activation: 'relu', learning_rate: 0.008, epochs: 5, seed: 3 };
    const [first, second] = [1, 2].map(() => {
      const { seconds, ...results } = runOnce(process.execPath, [program], params).results;
      return results;
    });
    expect(first).toEqual(second);
  });

  it('runs to the end as a sweep', async () => {
    const view = await sweep('classifier', [0, 1, 2]);
    expect(view.state.counts).toMatchObject({ success: 3, failure: 0 });
    expect(view.params(1)).toEqual({
      hidden: 4,
      activation: 'tanh',
      learning_rate: 0.002,
      epochs: 120,
      seed: 1,
    });
    await expectExplained('classifier', view);
  }, 30_000);
});

describe.skipIf(!hasPython)('the lander', () => {
  const program = path.join(examples, 'lander', 'lander.py');

  it('lands when nothing is out of order', () => {
    const { stderr, stdout, results, read } = runOnce(python, [program], { dispersion: 0, seed: 0 });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/\nlanded after 5\d\.\d s, \d\.\d m from the pad\n$/);
    expect(results).toMatchObject({ outcome: 'landed', why: null });
    expect(results.fuel_left).toBeGreaterThan(0);
    expect(read('trajectory.csv')).toMatch(
      /^time,x,height,speed_x,speed_up\r\n0\.00,-1500\.00,1000\.00,60\.00,-30\.00\r\n/,
    );
  });

  it('counts a crash as a result', () => {
    const { status, results } = runOnce(python, [program], { dispersion: 5, seed: 3 });
    expect(status).toBe(0);
    expect(results.outcome).toBe('crashed');
  });

  it('runs to the end as a sweep, in which a failed run shows a traceback', async () => {
    const view = await sweep('lander', [0, 100, 214]);
    expect(view.state.counts).toMatchObject({ success: 2, failure: 1 });
    expect(view.params(2)).toEqual({ dispersion: 2, seed: 14 });
    const stderr = readFileSync(path.join(view.runDirectory(2), 'stderr.log'), 'utf8');
    const quoted = /^ {6}(File .*line \d+, in guide)\n {8}(.*)\n {6}(ValueError: .*)$/m;
    const [, place, line, error] =
      quoted.exec(readFileSync(path.join(examples, 'lander', 'README.md'), 'utf8')) ?? [];
    for (const part of [place?.replace(/^.*lander\.py"/, ''), line, error]) expect(stderr).toContain(part);
    await expectExplained('lander', view);
  }, 30_000);
});

describe.skipIf(!hasAwk)('the frost', () => {
  it('goes into the ground, by files and arguments alone', () => {
    const inputs = { 'profile.csv': 'frost/ground.csv' };
    const args = ['-v', 'ground=wet sand', '-v', 'diffusivity=7.4e-7', '-v', 'profile=profile.csv'];
    const files = ['frost/frost.awk', 'frost/data/surface-temperature.csv'].map((file) =>
      path.join(examples, file),
    );
    const { stderr, stdout, read } = runOnce(
      'awk',
      [...args, '-v', 'summary=summary.json', '-f', ...files],
      {},
      inputs,
    );
    expect(stderr).toBe('');
    expect(stdout).toMatch(/\nwet sand: the frost reached 1\.26 m on day 124\n$/);
    expect(JSON.parse(read('summary.json'))).toEqual({
      frost_depth: 1.26,
      deepest_on_day: 124,
      days_frozen_at_1_m: 47,
    });
    const before = readFileSync(path.join(examples, 'frost', 'ground.csv'), 'utf8');
    expect(read('profile.csv').split('\n')).toHaveLength(before.split('\n').length);
    expect(read('profile.csv')).not.toBe(before);
  });

  it('says what is wrong with its arguments', () => {
    const program = path.join(examples, 'frost', 'frost.awk');
    expect(runOnce('awk', ['-v', 'diffusivity=none', '-f', program], {})).toMatchObject({
      status: 2,
      stderr: 'frost: the diffusivity "none" is not a positive number\n',
    });
  });

  it('runs to the end as a sweep, each run with a profile of its own', async () => {
    const view = await sweep('frost', [0, 1, 4]);
    expect(view.state.counts).toMatchObject({ success: 3, failure: 0 });
    const profiles = [0, 1, 2].map((run) =>
      readFileSync(path.join(view.runDirectory(run), 'profile.csv'), 'utf8'),
    );
    expect(new Set(profiles).size).toBe(3);
    await expectExplained('frost', view);
  });
});

describe('the Ishigami function', () => {
  it('runs to the end as a sweep', async () => {
    const view = await sweep('ishigami', [0, 4]);
    expect(view.state.counts).toMatchObject({ success: 2, failure: 0 });
    const { x1, x2, x3 } = view.params(1) as { x1: number; x2: number; x3: number };
    expect(await view.results(1)).toEqual({
      y: expect.closeTo(Math.sin(x1) + 7 * Math.sin(x2) ** 2 + 0.1 * x3 ** 4 * Math.sin(x1), 12),
    });
    await expectExplained('ishigami', view);
  });
});
