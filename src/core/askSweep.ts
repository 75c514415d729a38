import { type AskedControls, controlsOf } from './controls.ts';
import { MultirunError } from './errors.ts';
import { goesOnAlone } from './runner/goesOnAlone.ts';
import { openSweep } from './sweepDirectory/readSweep.ts';
import type { SweepView } from './sweepDirectory/sweepView.ts';
import { takeUpSweep } from './takeUp.ts';

/** Whether a sweep goes on though no process carries it: a cluster has runs of it. */
export function isOnCluster({ header, live, state }: Pick<SweepView, 'header' | 'live' | 'state'>): boolean {
  const isOpen = state.phase === 'running' || state.phase === 'stopping';
  return !live && isOpen && goesOnAlone(header.runner.type) && state.jobs.length > 0;
}

/**
 * Asks something of a sweep, whoever carries it. One that a cluster carries on by itself is taken up for as long as it takes
 * until the cluster has been told. Rejects as {@link AskedControls} do.
 */
export async function askSweep(
  directory: string,
  ask: (controls: AskedControls) => Promise<void>,
): Promise<void> {
  try {
    await ask(controlsOf(directory));
  } catch (error) {
    const isAlone = error instanceof MultirunError && error.code === 'not-carried';
    if (!isAlone || !isOnCluster(await openSweep(directory))) throw error;
    const sweep = await takeUpSweep(directory, { kind: 'take-up' });
    try {
      await ask(controlsOf(directory, sweep));
      await sweep.runner.handedOver();
      // What was cancelled as a whole ends soon, and somebody has to write that down.
      if (sweep.state.terminating) await sweep.finished;
    } finally {
      await sweep.leave();
    }
  }
}
