import { readSystemFile } from './systemFile.ts';

/** Linux tells times in hundredths of a second to programs (USER_HZ), whatever it counts in itself. */
export const msPerTick = 10;

/** What the kernel of Linux says of a process. */
export interface ProcessStat {
  /** It has ended, and waits for its parent to hear it. */
  readonly isZombie: boolean;
  readonly parent: number;
  readonly group: number;
  /** Its own time on processors, in ms. */
  readonly cpuMs: number;
  /** That of its children which have ended and were waited for, in ms. */
  readonly childrenCpuMs: number;
  /** When it was started, in ticks since boot. */
  readonly startTicks: number;
}

/** Reads what the kernel says of a process; undefined where there is no such process, or no Linux. */
export function readProcessStat(pid: number): ProcessStat | undefined {
  const text = process.platform === 'linux' ? readSystemFile(`/proc/${pid}/stat`) : undefined;
  if (text === undefined) return undefined;
  // proc(5): the name stands in parentheses and may hold anything; the third field, the state, follows.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const number = (field: number): number => Number(fields[field - 3]);
  return {
    isZombie: fields[0] === 'Z' || fields[0] === 'X',
    parent: number(4),
    group: number(5),
    cpuMs: (number(14) + number(15)) * msPerTick,
    childrenCpuMs: (number(16) + number(17)) * msPerTick,
    startTicks: number(22),
  };
}
