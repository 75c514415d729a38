import { readFileSync, readlinkSync } from 'node:fs';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { dirname } from 'node:path';
import { execa } from 'execa';
import { msPerTick, readProcessStat } from '../processStat.ts';

/** The part of the world in which a process id means one process: a host, one boot of it, one space of process ids. */
export interface Place {
  readonly host: string;
  /** The kernel's id of this boot; null where the system tells none. */
  readonly boot: string | null;
  /** The space of process ids, which a container has for itself; null where the system tells none. */
  readonly space: string | null;
}

let place: Place | undefined;

/** Where this process is. */
export function thisPlace(): Place {
  place ??= {
    host: hostname(),
    boot: whereTold(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    space: whereTold(() => readlinkSync('/proc/self/ns/pid')),
  };
  return place;
}

/** Whether a process id means the same process in both places. A boot's id says more than a host's name, which may change. */
export function isSamePlace(a: Place, b: Place): boolean {
  return a.boot === b.boot && a.space === b.space && (a.boot !== null || a.host === b.host);
}

function whereTold(read: () => string): string | null {
  if (process.platform !== 'linux') return null;
  try {
    return read();
  } catch {
    return null;
  }
}

/**
 * Tells a process from every other that has, or will have, the same id: its start time, and on Linux the boot that it
 * belongs to. Undefined when there is no such process, or it has ended and nobody has asked how.
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const stat = readProcessStat(pid);
    return stat && !stat.isZombie ? identityOf(stat.startTicks) : undefined;
  }
  if (process.platform === 'win32') {
    const script = `(Get-Process -Id ${pid} -ErrorAction Stop).StartTime.ToFileTimeUtc()`;
    const { exitCode, stdout } = await execa('powershell', ['-NoProfile', '-Command', script], {
      reject: false,
    });
    return exitCode === 0 ? stdout?.trim() : undefined;
  }
  const { exitCode, stdout } = await execa('ps', ['-o', 'lstart=', '-p', String(pid)], {
    reject: false,
    env: { LC_ALL: 'C', TZ: 'UTC' },
  });
  return exitCode === 0 ? stdout?.trim() : undefined;
}

/**
 * When the kernel started a process, in its own ticks since boot; undefined where it is gone, or where the system would
 * have to be asked by another process. Synchronous: it is asked for each run, at the moment of its start.
 */
export function startTicks(pid: number): number | undefined {
  return readProcessStat(pid)?.startTicks;
}

function identityOf(ticks: number): string {
  return `${thisPlace().boot}/${ticks}`;
}

/** A process that was started and written down. */
export interface RecordedProcess {
  readonly pid: number;
  /** When it was written down; milliseconds since the epoch. */
  readonly startedAt: number;
  /** See {@link startTicks}; undefined where it was not recorded. */
  readonly ticks?: number | undefined;
}

/**
 * Whether a recorded process is still there, and no other that got its id. Where the kernel's own start time was recorded,
 * that decides; elsewhere it has to have started at the recorded time within a few seconds.
 */
export async function isSameProcess({ pid, startedAt, ticks }: RecordedProcess): Promise<boolean> {
  const identity = await processIdentity(pid);
  if (identity === undefined) return false;
  if (ticks !== undefined) return identity === identityOf(ticks);
  return Math.abs(startTime(identity) - startedAt) < 3000;
}

function startTime(identity: string): number {
  switch (process.platform) {
    case 'linux':
      // A clock that was set since makes this wrong, hence the ticks.
      return Date.now() - uptime() * 1000 + Number(identity.split('/')[1]) * msPerTick;
    case 'win32':
      return Number(identity) / 1e4 - 11_644_473_600_000;
    default:
      return Date.parse(`${identity} UTC`);
  }
}

/**
 * Whether a run's process is still there, and no other that got its id; `directory` is the run's. A process of which only id
 * and time were recorded, as version 1 did, is known on Linux by its environment, which says which run it is.
 */
export async function isRunAlive(run: RecordedProcess & { readonly directory: string }): Promise<boolean> {
  if (run.ticks !== undefined || process.platform !== 'linux') return isSameProcess(run);
  return (await processIdentity(run.pid)) !== undefined && (await isOfRun(run.pid, run.directory));
}

/** The oldest process whose environment says that it belongs to a run; undefined where there is none. Needs /proc. */
export async function findRunProcess(directory: string): Promise<number | undefined> {
  const names = await readdir('/proc').catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => ((await isOfRun(pid, directory)) ? pid : undefined)),
  );
  return found
    .flatMap((pid) =>
      pid === undefined ? [] : [{ pid, ticks: startTicks(pid) ?? Number.POSITIVE_INFINITY }],
    )
    .sort((a, b) => a.ticks - b.ticks)[0]?.pid;
}

async function isOfRun(pid: number, directory: string): Promise<boolean> {
  const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
  const name = 'MULTIRUN_PARAMS=';
  const entry = environment.split('\0').find((candidate) => candidate.startsWith(name));
  return entry !== undefined && isSamePath(dirname(entry.slice(name.length)), directory);
}

/** Whether two paths lead to one place, symbolic links on the way included. */
async function isSamePath(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all([a, b].map((path) => realpath(path).catch(() => undefined)));
  return first !== undefined && first === second;
}
