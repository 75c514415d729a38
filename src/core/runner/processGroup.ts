import { systemCode } from '../errors.ts';
import { readSystemFile } from '../systemFile.ts';
import { type ProcessEntry, type ProcessTable, readEntry, readProcessTable } from './system/processTable.ts';

/** The processes of a run, as far as anything tells them from others. */
export interface RunProcesses {
  /** Process id of the run's own process. */
  readonly leader: number;
  /** The process group that it is in: one of its own, or the one of the shell that started it. */
  readonly group: number;
  /** The entry that this run's environment holds and no other's does. */
  readonly marker: string;
  /** How long ago the run was started, in ms. */
  ageMs(): number;
}

/** Signals a whole process group; returns whether it has a member. The signal 0 only asks. */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  return kill(-group, signal);
}

/** The process group of a process on Linux; undefined where there is no such process. */
export function groupOf(pid: number): number | undefined {
  return process.platform === 'linux' ? readEntry(pid)?.group : undefined;
}

/**
 * Signals the processes of a run and resolves to their ids; the signal 0 only asks. What they start while we look is
 * found as well. Processes that have left the run's group are found by their parents or, on Linux, by their
 * environment. One that left its group, lost its parent and has another environment is nobody's, and not found.
 */
export async function signalRun(run: RunProcesses, signal: NodeJS.Signals | 0): Promise<number[]> {
  const seen = new Set<number>();
  // The whole group at once, so that it cannot fork away from us.
  if (signal !== 0 && run.group === run.leader) signalGroup(run.group, signal);
  for (let round = 0; round < 10; round++) {
    const table = await readProcessTable();
    const fresh = membersOf(run, table).filter((pid) => !seen.has(pid));
    for (const pid of fresh) {
      seen.add(pid);
      if (signal !== 0) kill(pid, signal);
    }
    if (fresh.length === 0 || signal === 0) break;
  }
  return [...seen];
}

/** The ids of a run's processes. */
export function membersOf(run: RunProcesses, table: ProcessTable): number[] {
  const members = new Set<number>();
  for (const entry of table.values()) if (isOwn(run, entry)) members.add(entry.pid);
  const children = Map.groupBy(table.values(), ({ parent }) => parent);
  // A set that grows while it is walked is walked to its end.
  for (const pid of members) for (const child of children.get(pid) ?? []) members.add(child.pid);
  return [...members];
}

function isOwn(run: RunProcesses, { pid, group, marker, startedAfterBootMs }: ProcessEntry): boolean {
  if (pid === run.leader || group === run.leader) return true;
  if (pid === run.group || pid === process.pid) return false;
  if (marker !== undefined) return marker === run.marker;
  // Without a word of its own it belongs to the run if it is in its group and not left over from an earlier run.
  return group === run.group && ageMs(startedAfterBootMs) <= run.ageMs() + 20;
}

/** How old a process is; infinitely where that is unknown. */
function ageMs(startedAfterBootMs: number | undefined): number {
  const uptime = Number.parseFloat(readSystemFile('/proc/uptime') ?? '');
  return startedAfterBootMs === undefined || Number.isNaN(uptime)
    ? Number.POSITIVE_INFINITY
    : uptime * 1000 - startedAfterBootMs;
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
