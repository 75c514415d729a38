import { readdirSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { execa } from 'execa';
import { msPerTick, readProcessStat } from '../../processStat.ts';
import { readSystemFile } from '../../systemFile.ts';

/** A living process, as the kernel tells of it. Zombies are left out: they have ended, and wait for their parents to hear it. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** The entry `MULTIRUN_PARAMS=…` of its environment, which names the run that it belongs to; on Linux, where we may read it. */
  readonly marker?: string | undefined;
  /** When it was started, in ms after the boot; undefined where only `ps` tells. */
  readonly startedAfterBootMs?: number | undefined;
  /** Its time on processors and that of its children that have ended, in ms; undefined where only `ps` tells. */
  readonly cpuMs?: number | undefined;
}

/** All processes by their ids. */
export type ProcessTable = ReadonlyMap<number, ProcessEntry>;

/** How many processes are looked at in one turn of the event loop: about two milliseconds. */
const perTurn = 50;

let current: Promise<ProcessTable> | undefined;
let following: Promise<ProcessTable> | undefined;

/**
 * Reads which processes there are, beginning now or later. Many that ask at the same time share one answer, since each
 * look at some thousand processes takes tens of milliseconds.
 */
export function readProcessTable(): Promise<ProcessTable> {
  if (current === undefined) {
    current = read().finally(() => {
      current = undefined;
    });
    return current;
  }
  // The look that has begun may have missed what was started since.
  following ??= current
    .catch(() => {})
    .then(() => {
      following = undefined;
      return readProcessTable();
    });
  return following;
}

async function read(): Promise<ProcessTable> {
  return process.platform === 'linux' ? readProc() : readPs();
}

async function readProc(): Promise<ProcessTable> {
  const table = new Map<number, ProcessEntry>();
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  for (const [index, pid] of pids.entries()) {
    if (index % perTurn === perTurn - 1) await nextTurn();
    const entry = readEntry(Number(pid));
    if (entry) table.set(entry.pid, { ...entry, marker: markerIn(readSystemFile(`/proc/${pid}/environ`)) });
  }
  return table;
}

function markerIn(environment: string | undefined): string | undefined {
  return environment?.split('\0').find((entry) => entry.startsWith('MULTIRUN_PARAMS='));
}

/** The entry of one process, without its marker, on Linux; undefined where there is no such process any more. */
export function readEntry(pid: number): ProcessEntry | undefined {
  const stat = readProcessStat(pid);
  if (stat === undefined || stat.isZombie) return undefined;
  const { parent, group, startTicks, cpuMs, childrenCpuMs } = stat;
  return {
    pid,
    parent,
    group,
    startedAfterBootMs: startTicks * msPerTick,
    cpuMs: cpuMs + childrenCpuMs,
  };
}

async function readPs(): Promise<ProcessTable> {
  const { stdout } = await execa('ps', ['-A', '-o', 'pid=,ppid=,pgid=,state='], { reject: false });
  return parsePs(stdout ?? '');
}

/** What `ps -A -o pid=,ppid=,pgid=,state=` says. */
export function parsePs(text: string): ProcessTable {
  const table = new Map<number, ProcessEntry>();
  for (const line of text.split('\n')) {
    const [pid, parent, group, state] = line.trim().split(/\s+/);
    if (!pid || state?.startsWith('Z')) continue;
    table.set(Number(pid), { pid: Number(pid), parent: Number(parent), group: Number(group) });
  }
  return table;
}
