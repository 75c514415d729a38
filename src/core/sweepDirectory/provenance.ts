import { hostname } from 'node:os';
import { execa } from 'execa';
import manifest from '../../../package.json' with { type: 'json' };
import type { SweepHeader } from './header.ts';

/** How long git may take to look at a large work tree before the sweep starts without its word, in ms. */
const gitTimeoutMs = 3000;

/** Where a sweep came from: host, tool, and the state of the git work tree around `directory`. */
export async function readProvenance(directory: string): Promise<SweepHeader['provenance']> {
  return {
    host: hostname(),
    platform: `${process.platform} ${process.arch}`,
    toolVersion: manifest.version,
    git: await readGit(directory),
  };
}

async function readGit(directory: string): Promise<SweepHeader['provenance']['git']> {
  const { exitCode, stdout } = await execa(
    'git',
    ['status', '--porcelain=v2', '--branch', '--untracked-files=no'],
    {
      cwd: directory,
      reject: false,
      timeout: gitTimeoutMs,
      stdin: 'ignore',
    },
  );
  // No git, no work tree, or too slow: nothing is claimed.
  if (exitCode !== 0) return null;
  const lines = stdout.split('\n');
  const value = (name: string) => lines.find((line) => line.startsWith(`# ${name} `))?.slice(name.length + 3);
  const commit = value('branch.oid');
  const branch = value('branch.head');
  // git writes these two in parentheses: a work tree without a commit, and one that is on no branch.
  if (commit === undefined || commit === '(initial)') return null;
  return {
    commit,
    branch: branch === undefined || branch === '(detached)' ? null : branch,
    dirty: lines.some((line) => line !== '' && !line.startsWith('#')),
  };
}
