import { createHash } from 'node:crypto';
import { access, constants, realpath, stat, writeFile } from 'node:fs/promises';
import { hostname, release, type } from 'node:os';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import manifest from '../../../package.json' with { type: 'json' };
import type { SweepHeader } from './header.ts';
import { sweepNames } from './layout.ts';

type Provenance = SweepHeader['provenance'];
type Git = NonNullable<Provenance['git']>;

/** How long git may take to look at a large work tree before the sweep goes without its word, in ms. Nothing waits for it. */
const gitTimeoutMs = 30_000;
/** The longest diff that is kept, in bytes; of a longer one only its hash. */
const longestDiff = 1 << 20;

/** Variables of the environment that often decide what a run does, and tell nothing that is secret. */
export const defaultRecordedVariables: readonly string[] = [
  'CONDA_DEFAULT_ENV',
  'CUDA_VISIBLE_DEVICES',
  'OMP_NUM_THREADS',
  'PYTHONHASHSEED',
  'VIRTUAL_ENV',
];

/** What {@link startProvenance} and {@link completeProvenance} need. */
export interface Origin {
  /** The directory whose git work tree is meant. */
  readonly home: string;
  readonly cmd: readonly string[];
  /** The environment that runs inherit. */
  readonly env: NodeJS.ProcessEnv;
  /** Names of the variables to record where they are set; no others are. */
  readonly variables: readonly string[];
}

/** What is known of a sweep's origin without asking anybody: `git` and `command` are absent until they are known. */
export function startProvenance({ env, variables }: Origin): Provenance {
  const set = variables.flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    host: hostname(),
    platform: `${process.platform} ${process.arch}`,
    os: `${type()} ${release()}`,
    toolVersion: manifest.version,
    nodeVersion: process.versions.node,
    environment: Object.fromEntries(set),
  };
}

/**
 * The rest: where the command's program is, and the state of the git work tree around `home`. What differs from its commit
 * is written to `changes.diff` in the sweep directory.
 */
export async function completeProvenance(
  sweepDirectory: string,
  known: Provenance,
  origin: Origin,
): Promise<Provenance> {
  const [git, command] = await Promise.all([
    readGit(sweepDirectory, origin.home),
    findProgram(origin.cmd[0] ?? '', origin.env.PATH ?? ''),
  ]);
  return { ...known, command, git };
}

/** Absolute path of the file that a program's name stands for, its links followed; null where only the run's directory can tell. */
async function findProgram(name: string, path: string): Promise<string | null> {
  const places = name.startsWith('/')
    ? [name]
    : name.includes('/') || name.includes('${')
      ? []
      : path.split(delimiter).map((folder) => join(folder, name));
  for (const place of places) {
    try {
      await access(place, constants.X_OK);
      if ((await stat(place)).isFile()) return await realpath(place);
    } catch {
      // It is not this one.
    }
  }
  return null;
}

async function readGit(sweepDirectory: string, home: string): Promise<Provenance['git']> {
  const options = { cwd: home, reject: false, timeout: gitTimeoutMs, stdin: 'ignore' } as const;
  const status = ['status', '--porcelain=v2', '--branch', '--untracked-files=no'];
  const { exitCode, stdout } = await execa('git', status, options);
  // No git, no work tree, or too slow: nothing is claimed.
  if (exitCode !== 0) return null;
  const lines = stdout.split('\n');
  const value = (name: string) => lines.find((line) => line.startsWith(`# ${name} `))?.slice(name.length + 3);
  const commit = value('branch.oid');
  const branch = value('branch.head');
  // git writes these two in parentheses: a work tree without a commit, and one that is on no branch.
  if (commit === undefined || commit === '(initial)') return null;
  const dirty = lines.some((line) => line !== '' && !line.startsWith('#'));
  return {
    commit,
    branch: branch === undefined || branch === '(detached)' ? null : branch,
    dirty,
    ...(dirty ? { diff: await readDiff(sweepDirectory, home) } : {}),
  };
}

/** The diff to the commit: its hash and size, and itself in a file where it is short enough. Read in pieces, however long it is. */
async function readDiff(sweepDirectory: string, home: string): Promise<Git['diff']> {
  const hash = createHash('sha256');
  const pieces: Buffer[] = [];
  let size = 0;
  const child = execa('git', ['diff', '--binary', '--no-ext-diff', '--no-textconv', '--no-color', 'HEAD'], {
    cwd: home,
    reject: false,
    timeout: gitTimeoutMs,
    stdin: 'ignore',
    buffer: false,
    encoding: 'buffer',
  });
  for await (const piece of child.stdout as AsyncIterable<Buffer>) {
    hash.update(piece);
    size += piece.length;
    if (size <= longestDiff) pieces.push(piece);
  }
  if ((await child).exitCode !== 0) return undefined;
  const kept = size <= longestDiff;
  if (kept) await writeFile(join(sweepDirectory, sweepNames.diff), Buffer.concat(pieces));
  return { sha256: hash.digest('hex'), bytes: size, file: kept ? sweepNames.diff : null };
}
