import { expect, test, vi } from 'vitest';
import { saltelli } from '../../../src/core/plan/sampling/saltelli.ts';
import { recordedSweep } from '../../rig/recordedSweep.ts';
import { temporaryDirectory } from '../../rig/temporaryDirectory.ts';
import { runCli } from './cli.ts';

vi.setConfig({ testTimeout: 60_000 });

const landings = Array.from({ length: 20 }, (_, run) => {
  const params = {
    mass: 900 + (run % 5) * 50,
    wind: Math.floor(run / 5),
    engine: run % 2 ? 'merlin' : 'raptor',
  };
  if (run === 7) return { params, failure: { reason: 'exit-code', code: 3 } as const };
  return { params, results: { miss: (run % 5) * 3 + ((run * 7) % 4) * 0.5, landed: true, note: 'ok' } };
});

test('correlations and a linear model explain a result, and say what was left out', async () => {
  await using directory = await temporaryDirectory();
  const sweep = await recordedSweep(directory.path, 'lander', landings, undefined, {
    metric: { name: 'miss', goal: 'minimize' },
  });
  expect(await runCli(['sensitivity', sweep, '--kind', 'correlation'])).toEqual({
    exitCode: 0,
    stderr: '',
    stdout: `miss: 19 runs
Note: 1 run without success left out.

Correlation
parameter  Spearman  95 % interval           p  Pearson  95 % interval           p  runs
mass          0.981  0.937 to 0.994   < 0.0001    0.992  0.978 to 0.997   < 0.0001    19
wind          0.007  -0.448 to 0.460    0.9765    0.004  -0.451 to 0.457    0.9875    19

parameter   eta²       p  categories  runs
engine     0.004  0.7972           2    19
Note: engine: words have no order and so no correlation; eta² is the share of the variance that lies between them.
`,
  });
  const { stdout } = await runCli(['sensitivity', sweep]);
  expect(stdout).toContain('Linear regression, standardised coefficients\n');
  expect(stdout).toMatch(/^engine = \w+ \(against \w+\) +-?0\.0/m);
  expect(stdout).toMatch(/^R² 0\.9\d\d, adjusted 0\.9\d\d$/m);
  expect(stdout).toContain('Note: 19 runs with a result; this needs at least 30.');
  expect(stdout).not.toMatch(/NaN|undefined|Sobol/);
});

test('Sobol indices are there where the sweep was planned for them, as JSON, too', async () => {
  await using directory = await temporaryDirectory();
  const { at } = saltelli({ seed: 1, dimensions: 2, baseSamples: 32 });
  const runs = Array.from({ length: 128 }, (_, run) => {
    const params = { a: at(run, 0), b: at(run, 1) };
    return { params, results: { y: 3 * params.a + params.b } };
  });
  const sweepFile = {
    path: directory.at('linear.sweep.yaml'),
    content:
      'cmd: [model]\ndesign: saltelli\nsamples: 32\nparameters:\n  a: {min: 0, max: 1}\n  b: {min: 0, max: 1}\n',
  };
  const sweep = await recordedSweep(directory.path, 'linear', runs, undefined, { sweepFile });
  const { stdout } = await runCli(['sensitivity', sweep, '--json']);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ result, kind }) => [result, kind])).toEqual([
    ['y', 'correlation'],
    ['y', 'regression'],
    ['y', 'importance'],
    ['y', 'sobol'],
  ]);
  const sobol = lines.at(-1);
  expect(sobol).toMatchObject({ basePoints: 32, notes: [], parameters: [{ name: 'a' }, { name: 'b' }] });
  expect(sobol.parameters[0].total.value).toBeCloseTo(0.9, 1);
  const text = (await runCli(['sensitivity', sweep, '--kind', 'sobol'])).stdout;
  expect(text).toMatch(/^a +0\.[89]\d+ +0\.\d+ to [01]\.\d+ +0\.[89]\d+ +0\.\d+ to [01]\.\d+$/m);
});

test('a result that is not there, or no number, is an error that says so', async () => {
  await using directory = await temporaryDirectory();
  const sweep = await recordedSweep(directory.path, 'lander', landings);
  expect(await runCli(['sensitivity', sweep, '--result', 'mis'])).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: 'multirun: there is no result "mis"; did you mean "miss"?\n',
  });
  expect((await runCli(['sensitivity', sweep, '--result', 'note'])).stderr).toBe(
    'multirun: the result "note" is no number, so that nothing can be computed from it\n',
  );
});
