import { closeSync, constants, openSync, readSync } from 'node:fs';
import { systemCode } from '../../errors.ts';
import { readSystemFile } from '../../systemFile.ts';
import { memoryCgroups } from './cgroup.ts';
import type { SystemPlaces } from './places.ts';

/** What the kernel records of processes that it killed because memory was short. */
export interface OutOfMemoryRecord {
  /**
   * Whether it killed one of these processes in the last `withinMs`; where its log cannot be read, whether it killed any
   * process of our cgroup since the last question or {@link OutOfMemoryRecord.refresh}.
   */
  killed(pids: ReadonlySet<number>, withinMs: number): boolean;
  /** What was killed until now was nobody's that is asked for later. To be called now and then. */
  refresh(): void;
}

/** The record of this machine; on systems other than Linux it never says anything. */
export function outOfMemoryRecord(places: SystemPlaces): OutOfMemoryRecord {
  const counter = counterFile(places);
  let seen = readCount(counter);
  return {
    killed(pids, withinMs) {
      const count = readCount(counter);
      const isNew = count > seen;
      seen = count;
      return isNew || isInLog(places.kernelLog, pids, withinMs);
    },
    refresh() {
      seen = readCount(counter);
    },
  };
}

/** Counts kills in our cgroup and those below it, for whichever limit they were done. */
function counterFile(places: SystemPlaces): string | undefined {
  const cgroups = memoryCgroups(places);
  const [own] = cgroups?.directories ?? [];
  return own && `${own}/${cgroups?.version === 2 ? 'memory.events' : 'memory.oom_control'}`;
}

function readCount(file: string | undefined): number {
  const text = file === undefined ? undefined : readSystemFile(file);
  return Number(/^oom_kill (\d+)$/m.exec(text ?? '')?.[1] ?? 0);
}

function isInLog(path: string, pids: ReadonlySet<number>, withinMs: number): boolean {
  // The kernel's log counts from the boot, as this clock does.
  const earliest = Number(process.hrtime.bigint()) / 1e6 - withinMs - 1000;
  return readLog(path)
    .split('\n')
    .some((line) => {
      // Documentation/ABI/testing/dev-kmsg: "priority,sequence,microseconds,flags;message".
      const [, at, pid] = /^\d+,\d+,(\d+),[^;]*;.*Killed process (\d+)/.exec(line) ?? [];
      return pid !== undefined && pids.has(Number(pid)) && Number(at) / 1000 >= earliest;
    });
}

function readLog(path: string): string {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    // Most systems show it to nobody but root.
    if (systemCode(error) !== undefined) return '';
    throw error;
  }
  const record = Buffer.alloc(8192);
  let text = '';
  try {
    for (;;) {
      try {
        const length = readSync(fd, record);
        if (length === 0) return text;
        text += record.toString('utf8', 0, length);
      } catch (error) {
        // A record that was overwritten meanwhile; the next one can be read.
        if (systemCode(error) === 'EPIPE') continue;
        return text;
      }
    }
  } finally {
    closeSync(fd);
  }
}
