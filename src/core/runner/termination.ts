import { setTimeout as delay } from 'node:timers/promises';

/** How long to go on asking after SIGKILL, in ms: a process in an uninterruptible system call ends when that returns. */
const patienceMs = 10_000;
const intervalMs = 50;

/** Something that a signal can reach. */
export interface Signallable {
  /** Sends a signal to a process and all that it started. Resolves to whether anything was there; the signal 0 only asks. */
  signal(signal: NodeJS.Signals | 0): Promise<boolean>;
}

/**
 * Ends a process and everything that it started: SIGTERM, and SIGKILL for what is left after
 * `graceMs`. Resolves when nothing is left.
 */
export async function terminate(target: Signallable, graceMs: number): Promise<void> {
  const killAt = performance.now() + graceMs;
  if (!(await target.signal('SIGTERM'))) return;
  // Only asking again tells when a group has emptied: the kernel sends no word of other people's children.
  while (await target.signal(performance.now() < killAt ? 0 : 'SIGKILL')) {
    if (performance.now() > killAt + patienceMs) return;
    await delay(intervalMs);
  }
}
