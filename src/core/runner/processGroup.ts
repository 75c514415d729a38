import { readdir, readFile } from 'node:fs/promises';
import { systemCode } from '../errors.ts';

/** Signals a whole process group; resolves to whether it has a member. The signal 0 only asks. */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  return kill(-group, signal);
}

/** The process group of a process; undefined where there is no such process, or no /proc. */
export async function groupOf(pid: number): Promise<number | undefined> {
  return (await statOf(pid))?.group;
}

/** A run among the processes of a group that it shares with the shell that started it, and with what earlier runs left. */
export interface SharedGroup {
  /** The group: the process id of the shell, which is never signalled. */
  readonly group: number;
  /** Process id of the run's own process. */
  readonly leader: number;
  /** The entry that this run's environment holds and no other's does. */
  readonly marker: string;
  /** When the run was started; milliseconds since the epoch. */
  readonly since: number;
}

/**
 * Signals the processes of a group that belong to one run; resolves to whether there were any. Needs /proc.
 * A process of the group belongs to the run unless its environment names another run, or it is older than the run.
 */
export async function signalMembers(run: SharedGroup, signal: NodeJS.Signals | 0): Promise<boolean> {
  const seen = new Set<number>();
  // What a member forks while we look is found in the next round.
  for (let round = 0; round < 10; round++) {
    const fresh = (await membersOf(run)).filter((pid) => !seen.has(pid));
    if (fresh.length === 0) break;
    for (const pid of fresh) {
      seen.add(pid);
      kill(pid, signal);
    }
    if (signal === 0) break;
  }
  return seen.size > 0;
}

async function membersOf(run: SharedGroup): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const members = await Promise.all(pids.map((pid) => isMember(pid, run)));
  return pids.filter((_, index) => members[index]);
}

async function isMember(pid: number, run: SharedGroup): Promise<boolean> {
  if (pid === run.group) return false;
  const stat = await statOf(pid);
  if (!stat || stat.group !== run.group || stat.zombie) return false;
  if (pid === run.leader) return true;
  const marker = (await environmentOf(pid)).find((entry) => entry.startsWith('MULTIRUN_PARAMS='));
  if (marker !== undefined) return marker === run.marker;
  const uptime = Number.parseFloat(await readFile('/proc/uptime', 'utf8'));
  const age = uptime * 1000 - stat.startedAfterBootMs;
  return Date.now() - age >= run.since - 20;
}

async function statOf(
  pid: number,
): Promise<{ group: number; zombie: boolean; startedAfterBootMs: number } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  // proc(5): the name stands in parentheses and may hold anything; state, ppid and pgrp follow, start time is field 22.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return {
    zombie: fields[0] === 'Z' || fields[0] === 'X',
    group: Number(fields[2]),
    startedAfterBootMs: Number(fields[19]) * 10,
  };
}

async function environmentOf(pid: number): Promise<string[]> {
  return (await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')).split('\0');
}

function kill(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    // Not permitted means that it exists and is not ours to signal any more (it changed its user).
    return systemCode(error) === 'EPERM';
  }
}
