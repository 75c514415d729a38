import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readProvenance } from '../../../../src/core/sweepDirectory/provenance.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';

test('a sweep knows the commit that it came from, its branch, and whether anything was changed since', async () => {
  await using directory = await temporaryDirectory();
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      cwd: directory.path,
      encoding: 'utf8',
    }).trim();
  expect((await readProvenance(directory.path)).git).toBeNull();
  git('init', '--initial-branch', 'trunk');
  expect((await readProvenance(directory.path)).git).toBeNull();
  writeFileSync(directory.at('model.py'), 'print(1)\n');
  git('add', '.');
  git('commit', '--message', 'first');
  const commit = git('rev-parse', 'HEAD');
  expect((await readProvenance(directory.path)).git).toEqual({ commit, branch: 'trunk', dirty: false });
  writeFileSync(directory.at('model.py'), 'print(2)\n');
  expect((await readProvenance(directory.path)).git).toEqual({ commit, branch: 'trunk', dirty: true });
  git('checkout', '--quiet', '--detach');
  expect((await readProvenance(directory.path)).git).toEqual({ commit, branch: null, dirty: true });
});
