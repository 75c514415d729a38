import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exportRun } from '../../../src/core/exportRun.ts';
import { FileResource } from '../../../src/core/fileResource.ts';
import { multirunAsync } from '../../../src/core/multirun.ts';
import { openSweep } from '../../../src/core/sweepDirectory/readSweep.ts';
import { temporaryDirectory } from '../../rig/temporaryDirectory.ts';

/** An environment in which nothing of Multirun can be found. */
const plain = { PATH: process.env.PATH ?? '' };

test('an exported run repeats what the run did, elsewhere and without Multirun', async () => {
  await using directory = await temporaryDirectory();
  writeFileSync(
    directory.at('solve.py'),
    [
      'import os, sys',
      'from multirun import get_run_params, post_run_results',
      'print(sys.argv[1:], os.environ["MODE"], open("data/table.csv").read(), get_run_params())',
      'post_run_results({"double": get_run_params()["x"] * 2})',
    ].join('\n'),
  );
  writeFileSync(directory.at('table.csv'), 'a,b');
  const nasty = `it's "$HOME" \`id\` \\ ;\n\${x} \u001b[0m`;
  const sweep = await multirunAsync({
    name: 'a sweep\nrm -rf "$HOME"',
    runs: [
      { x: 21, text: 'plain' },
      { x: 4, text: nasty },
    ],
    cmd: ['python3', 'solve.py', '${text}', '--x=${x}'],
    env: { MODE: 'mode ${x}' },
    inputFiles: [
      directory.at('solve.py'),
      new FileResource({ path: directory.at('table.csv'), rename: 'data/table.csv', linkage: 'link' }),
    ],
    outputPath: directory.at('sweep'),
  });
  expect((await sweep.finished).counts.success).toBe(2);
  const view = await openSweep(sweep.directory);
  const before = readFileSync(`${view.runDirectory(1)}/stdout.log`, 'utf8');
  await exportRun(view, 1, directory.at('exported'));
  await expect(exportRun(view, 1, directory.at('exported'))).rejects.toMatchObject({ code: 'output-exists' });
  renameSync(directory.at('exported'), directory.at('given away'));
  for (const gone of ['sweep', 'solve.py', 'table.csv']) rmSync(directory.at(gone), { recursive: true });
  const output = execFileSync(directory.at('given away', 'run.sh'), { env: plain, stdio: 'pipe', cwd: '/' });
  expect(output.toString()).toBe(before);
  const results = readFileSync(directory.at('given away', 'run', 'results.json'), 'utf8');
  expect(JSON.parse(results)).toEqual({ double: 8 });
});

test('a run whose input is gone is not half exported', async () => {
  await using directory = await temporaryDirectory();
  mkdirSync(directory.at('data'));
  const sweep = await multirunAsync({
    runs: [{}],
    cmd: ['true'],
    inputFiles: new FileResource({ path: directory.at('data'), linkage: 'link' }),
    outputPath: directory.at('sweep'),
  });
  await sweep.finished;
  rmSync(directory.at('data'), { recursive: true });
  const view = await openSweep(sweep.directory);
  await expect(exportRun(view, 0, directory.at('out'))).rejects.toThrow(`${directory.at('data')} is gone`);
  expect(existsSync(directory.at('out'))).toBe(false);
});
