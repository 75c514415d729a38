import { setTimeout as delay } from 'node:timers/promises';
import { isShortage } from '../errors.ts';
import type { ProcessTable } from './system/processTable.ts';

const intervalMs = 50;

/** A process and everything that it started. */
export interface ProcessTree {
  /** Sends a signal to all of them. Resolves to the ids of those that were there; the signal 0 only asks. */
  signal(signal: NodeJS.Signals | 0): Promise<readonly number[]>;
  /** The ids of those that a table holds. */
  members(table: ProcessTable): readonly number[];
}

/** How long processes have, in ms. */
export interface Patience {
  /** Between SIGTERM and SIGKILL. */
  readonly graceMs: number;
  /**
   * After SIGKILL, before they are given up: one in an uninterruptible system call ends when that returns. Default 10,000.
   */
  readonly patienceMs?: number;
}

/**
 * Ends a process and everything that it started: SIGTERM, and SIGKILL for what is left after the grace period. Resolves
 * when nothing is left, or to the ids of what would not end.
 */
export async function terminate(
  tree: Pick<ProcessTree, 'signal'>,
  { graceMs, patienceMs = 10_000 }: Patience,
): Promise<readonly number[]> {
  const begin = performance.now();
  let left = await signalIfPossible(tree, 'SIGTERM');
  // Only asking again tells when all have ended: the kernel sends no word of other people's children.
  while (left === undefined || left.length > 0) {
    const asked = performance.now();
    if (asked > begin + graceMs + patienceMs) return left ?? [];
    const untilKill = begin + graceMs - asked;
    left = await signalIfPossible(tree, untilKill > 0 ? 0 : 'SIGKILL');
    // Where a look takes long, since there are many processes, looks are rarer.
    const pauseMs = Math.max(intervalMs, 3 * (performance.now() - asked));
    await delay(untilKill > 0 ? Math.min(pauseMs, Math.max(1, untilKill)) : pauseMs);
  }
  return left;
}

/** Undefined where the machine has no means to look at its processes. */
async function signalIfPossible(
  tree: Pick<ProcessTree, 'signal'>,
  signal: NodeJS.Signals | 0,
): Promise<readonly number[] | undefined> {
  try {
    return await tree.signal(signal);
  } catch (error) {
    if (isShortage(error)) return undefined;
    throw error;
  }
}
