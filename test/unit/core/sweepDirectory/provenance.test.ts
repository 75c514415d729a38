import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { launchSweepFile } from '../../../../src/core/launch.ts';
import { loadSweepFile } from '../../../../src/core/loadSweepFile.ts';
import { completeProvenance, startProvenance } from '../../../../src/core/sweepDirectory/provenance.ts';
import { openSweep, readHeader } from '../../../../src/core/sweepDirectory/readSweep.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';

async function repository() {
  const directory = await temporaryDirectory();
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      cwd: directory.path,
      encoding: 'utf8',
    });
  const provenance = async () => {
    const origin = { home: directory.path, cmd: ['sh'], env: process.env, variables: [] };
    return completeProvenance(directory.path, startProvenance(origin), origin);
  };
  return { ...directory, git, provenance };
}

test('a sweep knows the commit that it came from, its branch, and whether anything was changed since', async () => {
  await using home = await repository();
  expect((await home.provenance()).git).toBeNull();
  home.git('init', '--initial-branch', 'trunk');
  expect((await home.provenance()).git).toBeNull();
  writeFileSync(home.at('model.py'), 'print(1)\n');
  home.git('add', 'model.py');
  home.git('commit', '--message', 'first');
  const commit = home.git('rev-parse', 'HEAD').trim();
  expect((await home.provenance()).git).toEqual({ commit, branch: 'trunk', dirty: false });
  expect(existsSync(home.at('changes.diff'))).toBe(false);
  home.git('checkout', '--quiet', '--detach');
  expect((await home.provenance()).git).toEqual({ commit, branch: null, dirty: false });
});

test('what differed from the commit is kept, so that applying it gives the files back', async () => {
  await using home = await repository();
  home.git('init');
  writeFileSync(home.at('model.py'), 'print(1)\n');
  writeFileSync(home.at('weights.bin'), Buffer.from([0, 1, 2, 0]));
  home.git('add', 'model.py', 'weights.bin');
  home.git('commit', '--message', 'first');
  writeFileSync(home.at('model.py'), 'print(2)\n');
  writeFileSync(home.at('weights.bin'), Buffer.from([0, 9, 9, 0]));
  const { git } = await home.provenance();
  const diff = readFileSync(home.at('changes.diff'));
  expect(git).toMatchObject({
    dirty: true,
    diff: {
      sha256: createHash('sha256').update(diff).digest('hex'),
      bytes: diff.length,
      file: 'changes.diff',
    },
  });
  home.git('checkout', '--', '.');
  expect(readFileSync(home.at('model.py'), 'utf8')).toBe('print(1)\n');
  home.git('apply', 'changes.diff');
  expect(readFileSync(home.at('model.py'), 'utf8')).toBe('print(2)\n');
  expect([...readFileSync(home.at('weights.bin'))]).toEqual([0, 9, 9, 0]);
});

test('of a long diff only its hash is kept', async () => {
  await using home = await repository();
  home.git('init');
  writeFileSync(home.at('data.txt'), '');
  home.git('add', 'data.txt');
  home.git('commit', '--message', 'first');
  writeFileSync(home.at('data.txt'), 'a line of data\n'.repeat(100_000));
  const { git } = await home.provenance();
  expect(git?.diff).toMatchObject({ file: null, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(git?.diff?.bytes).toBeGreaterThan(1_500_000);
  expect(existsSync(home.at('changes.diff'))).toBe(false);
});

test('of the environment only what was asked for is kept; the program is named by its file', async () => {
  await using directory = await temporaryDirectory();
  const text = 'cmd: [sh, -c, ":"]\nparameters: {x: [1]}\nrecord_env: [MODEL_HOME, UNSET]\n';
  const loaded = await loadSweepFile(directory.at('a.sweep.yaml'), text);
  const env = {
    PATH: process.env.PATH ?? '',
    MODEL_HOME: '/models',
    SECRET: 'hush',
    CUDA_VISIBLE_DEVICES: '1',
  };
  const sweep = await launchSweepFile(loaded, { env, recordEnv: [] });
  const view = await openSweep(sweep.directory);
  await sweep.finished;
  const { provenance } = await readHeader(sweep.directory);
  expect(provenance).toMatchObject({
    environment: { MODEL_HOME: '/models', CUDA_VISIBLE_DEVICES: '1' },
    nodeVersion: process.versions.node,
    command: realpathSync('/bin/sh'),
  });
  expect(Object.keys(provenance.environment ?? {})).toHaveLength(2);
  expect(readFileSync(`${sweep.directory}/sweep.json`, 'utf8')).not.toContain('hush');
  await view.refresh();
  expect((await openSweep(sweep.directory)).header.provenance.git).toBeNull();
});
