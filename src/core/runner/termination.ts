import { setTimeout as delay } from 'node:timers/promises';
import type { Launcher } from './launcher.ts';

/** How long to go on asking after SIGKILL, in ms: a process in an uninterruptible system call ends when that returns. */
const patienceMs = 10_000;
const intervalMs = 50;

/**
 * Ends a launcher's current process and everything that it started: SIGTERM, and SIGKILL for what is left after
 * `graceMs`. Resolves when nothing is left.
 */
export async function terminate(launcher: Launcher, graceMs: number): Promise<void> {
  const killAt = performance.now() + graceMs;
  if (!(await launcher.signal('SIGTERM'))) return;
  // Only asking again tells when a group has emptied: the kernel sends no word of other people's children.
  while (await launcher.signal(performance.now() < killAt ? 0 : 'SIGKILL')) {
    if (performance.now() > killAt + patienceMs) return;
    await delay(intervalMs);
  }
}
