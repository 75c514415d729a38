import { appendFileSync } from 'node:fs';
import { readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import * as z from 'zod';
import { systemCode } from '../errors.ts';
import { sweepNames } from './layout.ts';
import { isSamePlace, isSameProcess, processIdentity, startTicks, thisPlace } from './processIdentity.ts';

/*
 * A launcher is the small process that starts runs and writes their exit codes: it outlives a writer that dies. Each one is
 * written down before it is given anything to start, so that whoever takes the sweep up later finds the runs that
 * were started and never recorded, and waits for exit codes that are just being written.
 */

const launcherSchema = z.object({
  pid: z.number(),
  ticks: z.number().optional(),
  startedAt: z.number(),
  slot: z.number(),
  /** Of the writer that has started it: see lock.ts. */
  term: z.number(),
  boot: z.string().nullable(),
  space: z.string().nullable(),
});

/** A launcher of an earlier writer that lives, and the run that it waits for. */
export interface BusyLauncher {
  readonly pid: number;
  readonly slot: number;
  /** The process that it has started. */
  readonly child: number;
  /** The directory that it is in: the run's. Undefined where the system does not tell. */
  readonly directory: string | undefined;
}

const intervalMs = 20;
/** A launcher that has nothing to wait for ends at once; one that does not was stopped from outside. */
const patienceMs = 10_000;

/** Writes down a launcher that this process has started for a sweep that it writes, in this term. */
export function recordLauncher(sweepDirectory: string, term: number, pid: number, slot: number): void {
  const { boot, space } = thisPlace();
  const line = { pid, ticks: startTicks(pid), startedAt: Date.now(), slot, term, boot, space };
  appendFileSync(launchersPath(sweepDirectory), `${JSON.stringify(line)}\n`);
}

/**
 * The launchers of earlier terms that still wait for a run. Resolves when no other is left: one that is about to start a
 * run, to write an exit code or to end is waited for. For the writer of `term`.
 */
export async function busyLaunchers(sweepDirectory: string, term: number): Promise<BusyLauncher[]> {
  const recorded = (await readLaunchers(sweepDirectory)).filter((launcher) => launcher.term < term);
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const living: typeof recorded = [];
    for (const launcher of recorded) if (await isSameProcess(launcher)) living.push(launcher);
    const children = await Promise.all(living.map(({ pid }) => childrenOf(pid)));
    const idle = living.filter((_, index) => children[index]?.length === 0);
    if (idle.length === 0) {
      return Promise.all(
        living.map(async ({ pid, slot }, index) => ({
          pid,
          slot,
          child: children[index]?.[0] ?? 0,
          directory: await directoryOf(pid),
        })),
      );
    }
    // Ended, it can start nothing any more.
    if (performance.now() > giveUpAt) for (const { pid } of idle) process.kill(pid, 'SIGKILL');
    await delay(intervalMs);
  }
}

async function readLaunchers(sweepDirectory: string): Promise<z.infer<typeof launcherSchema>[]> {
  let text: string;
  try {
    text = await readFile(launchersPath(sweepDirectory), 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return [];
    throw error;
  }
  const here = thisPlace();
  return text.split('\n').flatMap((line) => {
    const launcher = launcherOf(line);
    return launcher && isSamePlace({ ...launcher, host: here.host }, here) ? [launcher] : [];
  });
}

function launcherOf(line: string): z.infer<typeof launcherSchema> | undefined {
  try {
    return launcherSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function launchersPath(sweepDirectory: string): string {
  return join(sweepDirectory, sweepNames.lock, 'launchers');
}

/** The ids of a process's own children that run, oldest first: one that has ended, and whose end has not been asked for, does not. */
async function childrenOf(pid: number): Promise<number[]> {
  const children = await allChildrenOf(pid);
  const identities = await Promise.all(children.map(processIdentity));
  return children.filter((_, index) => identities[index] !== undefined);
}

async function allChildrenOf(pid: number): Promise<number[]> {
  const told = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => undefined);
  if (told !== undefined) return told.split(' ').filter(Boolean).map(Number);
  const { stdout = '' } = await execa('ps', ['-A', '-o', 'pid=,ppid='], { reject: false });
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([child = 0, parent]) => (parent === pid ? [child] : []))
    .sort((a, b) => a - b);
}

/** The current directory of a process; undefined where the system does not tell. */
async function directoryOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  const { stdout = '' } = await execa('lsof', ['-a', '-d', 'cwd', '-p', String(pid), '-Fn'], {
    reject: false,
  });
  return stdout
    .split('\n')
    .find((line) => line.startsWith('n'))
    ?.slice(1);
}
