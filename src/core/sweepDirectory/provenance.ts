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
  const git = (...args: string[]) =>
    execa('git', args, { cwd: directory, reject: false, timeout: gitTimeoutMs, stdin: 'ignore' });
  const [commit, branch, changes] = await Promise.all([
    git('rev-parse', 'HEAD'),
    git('branch', '--show-current'),
    git('status', '--porcelain', '--untracked-files=no'),
  ]);
  // No git, no work tree, no commit yet, or too slow: nothing is claimed.
  if (commit.exitCode !== 0 || changes.exitCode !== 0) return null;
  return {
    commit: commit.stdout,
    branch: branch.stdout === '' ? null : branch.stdout,
    dirty: changes.stdout !== '',
  };
}
