import { setTimeout as delay } from 'node:timers/promises';
import type * as vscode from 'vscode';
import { goesOnAlone } from '../../core/runner/goesOnAlone.ts';
import type { SweepHandle } from '../../core/sweepHandle.ts';
import type { WindowCloseSetting } from '../settings.ts';
import { messageOf } from '../text/messageOf.ts';
import type { Detacher } from './detacher.ts';

/** A window that closes has no time for a cluster that does not answer. */
const patienceMs = 3000;

/**
 * Lets go of a sweep because its window closes. What runs goes on, and the next window takes it up; with `keepGoing` another
 * process carries the whole sweep on. With `stop` what runs is terminated; another process sees to that too, since a window
 * that closes has no time to wait for programs that take theirs.
 */
export async function leaveSweep(
  handle: SweepHandle,
  setting: WindowCloseSetting,
  detacher: Detacher,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const { directory, state } = handle;
  try {
    if (setting === 'stop') handle.cancel();
    // A cluster goes on by itself, whoever watches.
    const isAlone = goesOnAlone(handle.header.runner.type);
    if (isAlone)
      await Promise.race([handle.runner.handedOver(), delay(patienceMs, undefined, { ref: false })]);
    await handle.leave();
    if (setting === 'finishRunning' || isAlone) return;
    await detacher.carry({ directory, intent: { kind: 'take-up' }, owner: state.owner });
  } catch (error) {
    log.error(`cannot be carried on: ${directory}: ${messageOf(error)}`);
  }
}
