import { setTimeout as delay } from 'node:timers/promises';
import { isRunAlive } from '../sweepDirectory/processIdentity.ts';
import { readExit } from '../sweepDirectory/recover.ts';
import { groupOf, membersOf, signalRun } from './processGroup.ts';
import type { ProcessTree } from './termination.ts';

/** A process that a writer which is gone has started. */
export interface Adopted {
  /** Absolute path of the run directory. */
  readonly directory: string;
  readonly pid: number;
  /** When it was recorded as started; milliseconds since the epoch. */
  readonly startedAt: number;
  readonly ticks?: number | undefined;
  /** The entry of its environment that no other run's has. */
  readonly marker: string;
}

/** How often to look for an exit file, in ms: the process is nobody's child that we could wait for. */
const intervalMs = 250;

/**
 * Resolves when the process has ended: to its exit code and when that was written, or undefined where nothing tells. The code
 * is written a moment after the end; `launchers` resolves when every launcher has written those that it knows.
 */
export async function watchAdopted(
  run: Adopted,
  launchers: () => Promise<void>,
): Promise<{ code: number; at: number } | undefined> {
  for (;;) {
    const alive = await isRunAlive(run);
    if (!alive) await launchers();
    const exit = await readExit(run.directory);
    if (exit || !alive) return exit;
    await delay(intervalMs);
  }
}

/** Reaches an adopted process and all that it started. */
export function adoptedTree({ pid, startedAt, marker }: Adopted): ProcessTree {
  // While it lives; afterwards its group cannot be asked for any more.
  const group = groupOf(pid) ?? pid;
  const run = { leader: pid, group, marker, ageMs: () => Date.now() - startedAt };
  return { signal: (signal) => signalRun(run, signal), members: (table) => membersOf(run, table) };
}
