import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { expect, test, vi } from 'vitest';
import { recordedSweep } from '../../rig/recordedSweep.ts';
import { temporaryDirectory } from '../../rig/temporaryDirectory.ts';
import { runCli } from './cli.ts';

vi.setConfig({ testTimeout: 60_000 });

const runs = [
  { params: { mass: 900, thrust: 1.4, engine: 'merlin' }, results: { miss: 12.5, landed: true } },
  {
    params: { mass: 1000, thrust: 1.4, engine: 'merlin' },
    failure: { reason: 'exit-code', code: 3 } as const,
  },
  { params: { mass: 1100, thrust: 1.6, engine: 'merlin' }, results: { miss: 1 / 3, landed: true } },
];

test('the results of a sweep are a table to read, sorted by what a person asks for', async () => {
  await using directory = await temporaryDirectory();
  const sweep = await recordedSweep(directory.path, 'lander', runs);
  expect((await runCli(['results', sweep])).stdout).toBe(
    `lander: 3 runs: 2 succeeded, 1 failed

run  status   reason       mass  thrust      miss  duration_s
  0  success                900     1.4      12.5       1.234
  1  failure  exit code 3  1000     1.4                 1.234
  2  success               1100     1.6  0.333333       1.234
`,
  );
  expect((await runCli(['results', sweep, '--sort', 'miss', '--limit', '1'])).stdout).toBe(
    `lander: 3 runs: 2 succeeded, 1 failed
Sorted by miss, smallest first.

run  status   reason      miss  mass  thrust  duration_s
  2  success          0.333333  1100     1.6       1.234
… and 2 more; --limit 3 shows all
`,
  );
  const unknown = await runCli(['results', sweep, '--sort', 'mis']);
  expect(unknown).toMatchObject({ exitCode: 2, stdout: '' });
  expect(unknown.stderr).toBe('multirun: there is no column "mis"; did you mean "miss"?\n');
});

test("a sweep's metric sorts its results, the best first", async () => {
  await using directory = await temporaryDirectory();
  const metric = { name: 'fit.score', goal: 'maximize' } as const;
  const scores = [3, undefined, 5, 4];
  const sweep = await recordedSweep(
    directory.path,
    'fit',
    scores.map((score, x) => ({ params: { x }, ...(score && { results: { fit: { score } } }) })),
    undefined,
    { metric },
  );
  const { stdout } = await runCli(['results', sweep]);
  expect(stdout).toContain('Sorted by fit.score, greatest first.');
  expect(stdout.match(/(?<=^ *)\d(?= )/gm)).toEqual(['2', '3', '0', '1']);
});

test('results are exported to standard output and to new files, and nothing is overwritten', async () => {
  await using directory = await temporaryDirectory();
  const sweep = await recordedSweep(directory.path, 'lander', runs);
  const csv = await runCli(['results', sweep, '--format', 'csv', '--sort', 'mass', '--descending']);
  expect(csv.stdout.split('\n').map((line) => line.split(',')[0])).toEqual(['run', '2', '1', '0', '']);

  const file = directory.at('lander.parquet');
  const written = await runCli(['results', sweep, '-f', 'parquet', '-o', file]);
  expect(written).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  const bytes = readFileSync(file);
  const content = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const rows = await parquetReadObjects({ file: content as ArrayBuffer });
  expect(rows.map(({ run, miss }) => [run, miss])).toEqual([
    [0, 12.5],
    [1, null],
    [2, 1 / 3],
  ]);
  const again = await runCli(['results', sweep, '-f', 'csv', '-o', file]);
  expect(again).toMatchObject({ exitCode: 2, stderr: `multirun: ${file} exists already; name a new file\n` });
  expect(readFileSync(file)).toEqual(bytes);

  const log = await runCli(['results', sweep, '-f', 'joblog']);
  expect(log.stdout.split('\n').map((line) => line.split('\t').slice(6))).toEqual([
    ['Exitval', 'Signal', 'Command'],
    ['0', '0', 'echo recorded'],
    ['3', '0', 'echo recorded'],
    ['0', '0', 'echo recorded'],
    [],
  ]);
});

test('several sweeps are one table, and what cannot be read is told', async () => {
  await using directory = await temporaryDirectory();
  const monday = await recordedSweep(directory.path, 'monday', runs);
  const tuesday = await recordedSweep(directory.path, 'tuesday', [{ params: { mass: 5 } }]);
  mkdirSync(join(tuesday, 'runs', '0'));
  writeFileSync(join(tuesday, 'runs', '0', 'results.json'), 'miss: 3');
  const { stdout, stderr } = await runCli(['results', monday, tuesday, monday, '-f', 'jsonl']);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line)).map(({ sweep, run }) => [sweep, run])).toEqual([
    ['monday', 0],
    ['monday', 1],
    ['monday', 2],
    ['tuesday', 0],
  ]);
  expect(stderr).toMatch(/^multirun: the results of run 0 cannot be read: .*JSON.*\n$/);
});
