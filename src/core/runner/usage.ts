import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Usage } from '../failure.ts';
import { readSystemFile } from '../systemFile.ts';
import { type ProcessTable, readProcessTable } from './system/processTable.ts';

/** How often to see whether a look at some run is due, in ms. */
const tickMs = 250;
/** Looking takes at most this share of a processor. */
const mostShare = 1 / 50;

/** What was seen of a run's processes while it ran. */
export interface Seen {
  readonly usage: Usage;
  /** The ids of all processes that were seen. */
  readonly pids: ReadonlySet<number>;
}

/** Looks now and then at what runs use. */
export interface UsageSampler {
  /** A run has begun; `members` are the ids of its processes in a table. */
  begin(run: number, pid: number, members: (table: ProcessTable) => readonly number[]): void;
  /** It has ended. */
  end(run: number): Seen;
  close(): void;
}

interface Watched {
  readonly beganAt: number;
  readonly members: (table: ProcessTable) => readonly number[];
  readonly pids: Set<number>;
  dueAt: number;
  peakMemoryBytes: number;
  cpuMs: number;
}

/**
 * Samples memory and processor time of runs on Linux: first after 0.3 s, then ever less often, at least every 5 s. The peak
 * of a run is the largest sum of the resident sizes of its processes that was seen, or the largest size that the kernel
 * recorded of one of them (VmHWM), whichever is more; pages that processes share count for each. A run that was over
 * sooner has none. `onTick` is called before each look.
 */
export function usageSampler(onTick: () => void): UsageSampler {
  const watched = new Map<number, Watched>();
  let timer: NodeJS.Timeout | undefined;
  let idleUntil = 0;

  async function look(): Promise<void> {
    const now = performance.now();
    const due = [...watched.values()].filter(({ dueAt }) => dueAt <= now);
    if (due.length === 0 || now < idleUntil) return;
    idleUntil = Number.POSITIVE_INFINITY;
    onTick();
    const begun = process.cpuUsage();
    const table = await readProcessTable();
    for (const run of due) {
      sample(run, table);
      run.dueAt = nextLook(run.beganAt);
      await nextTurn();
    }
    const { user, system } = process.cpuUsage(begun);
    idleUntil = performance.now() + Math.max(0, (user + system) / 1000 / mostShare);
  }

  return {
    begin(run, pid, members) {
      const beganAt = performance.now();
      const first = { members, beganAt, dueAt: beganAt + 300, pids: new Set([pid]) };
      watched.set(run, { ...first, peakMemoryBytes: 0, cpuMs: 0 });
      if (process.platform === 'linux') timer ??= setInterval(() => void look(), tickMs).unref();
    },
    end(run) {
      const { peakMemoryBytes = 0, cpuMs = 0, pids = new Set<number>() } = watched.get(run) ?? {};
      watched.delete(run);
      return {
        usage: {
          ...(peakMemoryBytes > 0 ? { peakMemoryBytes } : {}),
          ...(cpuMs > 0 ? { cpuMs } : {}),
        },
        pids,
      };
    },
    close: () => clearInterval(timer),
  };
}

function nextLook(beganAt: number): number {
  const now = performance.now();
  return now + Math.min(5000, Math.max(500, (now - beganAt) / 2));
}

function sample(run: Watched, table: ProcessTable): void {
  let memory = 0;
  let cpuMs = 0;
  for (const pid of run.members(table)) {
    run.pids.add(pid);
    cpuMs += table.get(pid)?.cpuMs ?? 0;
    const status = readSystemFile(`/proc/${pid}/status`) ?? '';
    memory += kibibytes(status, 'VmRSS') * 1024;
    run.peakMemoryBytes = Math.max(run.peakMemoryBytes, kibibytes(status, 'VmHWM') * 1024);
  }
  run.peakMemoryBytes = Math.max(run.peakMemoryBytes, memory);
  run.cpuMs = Math.max(run.cpuMs, cpuMs);
}

function kibibytes(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0);
}
