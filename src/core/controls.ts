import { setTimeout as delay } from 'node:timers/promises';
import { lockHolder } from './sweepDirectory/lock.ts';
import { askWriter, type SweepRequest } from './sweepDirectory/requests.ts';
import type { SweepControls, SweepHandle } from './sweepHandle.ts';
import { unreachable } from './unreachable.ts';

/**
 * {@link SweepControls} of a sweep that any process may carry. Each resolves when it has been done; rejects with a
 * MultirunError: `not-carried` where nobody carries the sweep (any more), `refused`, `no-answer`.
 */
export interface AskedControls {
  stop(): Promise<void>;
  cancel(): Promise<void>;
  cancelPending(): Promise<void>;
  cancelRuns(runs: readonly number[]): Promise<void>;
  runAgain(runs: readonly number[]): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  setMaxParallel(maxParallel: number): Promise<void>;
  /** Makes its process let go of it, for another one to carry it; resolves when that can. What runs goes on. */
  leave(): Promise<void>;
}

/** The controls of a sweep: `own` where this process carries it, else of the process that does. */
export function controlsOf(directory: string, own?: Leavable): AskedControls {
  const ask = async (request: SweepRequest): Promise<void> => {
    if (own) applyRequest(own, request);
    else await askWriter(directory, request);
  };
  return {
    stop: () => ask({ kind: 'stop' }),
    cancel: () => ask({ kind: 'cancel' }),
    cancelPending: () => ask({ kind: 'cancel-pending' }),
    cancelRuns: (runs) => ask({ kind: 'cancel-runs', runs: [...runs] }),
    runAgain: (runs) => ask({ kind: 'run-again', runs: [...runs] }),
    pause: () => ask({ kind: 'pause' }),
    resume: () => ask({ kind: 'resume' }),
    setMaxParallel: (maxParallel) => ask({ kind: 'max-parallel', maxParallel }),
    async leave() {
      if (own) return own.leave();
      await askWriter(directory, { kind: 'leave' });
      while ((await lockHolder(directory)).kind === 'living') await delay(leavingMs);
    },
  };
}

/** A sweep that this process carries. */
type Leavable = SweepControls & Pick<SweepHandle, 'leave'>;

const leavingMs = 20;

/** Does what is asked of a sweep that this process carries. Throws what the sweep throws. */
export function applyRequest(sweep: Leavable, request: SweepRequest): void {
  switch (request.kind) {
    case 'stop':
      sweep.stop();
      break;
    case 'cancel':
      sweep.cancel();
      break;
    case 'cancel-pending':
      sweep.cancelPending();
      break;
    case 'cancel-runs':
      for (const run of request.runs) sweep.cancelRun(run);
      break;
    case 'run-again':
      sweep.runAgain(request.runs);
      break;
    case 'pause':
      sweep.pause();
      break;
    case 'resume':
      sweep.resume();
      break;
    case 'max-parallel':
      sweep.setMaxParallel(request.maxParallel);
      break;
    case 'leave':
      // The answer is the last thing that a writer says, so it does not wait for the end.
      void sweep.leave();
      break;
    default:
      unreachable(request);
  }
}
