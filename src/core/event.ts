import { unreachable } from './unreachable.ts';

/**
 * What happened in a sweep, one line of its journal each. Everything that anybody is shown of a sweep is derived from
 * these by `applyEvent`.
 *
 *     pending ──started──▶ running ──succeeded──▶ success
 *        │                    └──────failed─────▶ failure
 *        ├──skipped──▶ skipped
 *        ◀──requeued── (from success, failure, skipped)
 */
export type SweepEvent =
  | SweepOpened
  | SweepStopping
  | SweepClosed
  | RunStarted
  | RunSucceeded
  | RunFailed
  | RunSkipped
  | RunRequeued;

interface At {
  /** When it happened: milliseconds since the epoch. */
  readonly at: number;
}

interface OfRun extends At {
  /** The run's id: its position in the plan, counted from 0. */
  readonly run: number;
}

/** A writer took the sweep: the first event of every journal, and again whenever a sweep is taken up later. */
export interface SweepOpened extends At {
  readonly type: 'sweep';
  readonly reason: 'opened';
  /** Version of the journal's format. */
  readonly version: number;
  /** How many runs the plan has. */
  readonly total: number;
  /** How many runs may run at the same time. */
  readonly maxParallel: number;
}

/** Somebody asked to start nothing more; what runs goes on, or is being terminated. */
export interface SweepStopping extends At {
  readonly type: 'sweep';
  readonly reason: 'stopping';
}

/** The writer let go of the sweep: nothing of it runs under this writer any more. */
export interface SweepClosed extends At {
  readonly type: 'sweep';
  readonly reason: 'closed';
}

/** A process was started for a run. */
export interface RunStarted extends OfRun {
  readonly type: 'started';
  /** 1 for the first process of this run, 2 for the second … */
  readonly attempt: number;
  /** Process id on the host of the writer. */
  readonly pid: number;
  /** Which of the `maxParallel` places it took, counted from 0. */
  readonly slot: number;
}

/** A run's process ended with exit code 0. */
export interface RunSucceeded extends OfRun {
  readonly type: 'succeeded';
}

/** A run's process ended otherwise, or never came to be. */
export interface RunFailed extends OfRun {
  readonly type: 'failed';
  readonly failure: Failure;
}

/** Why a run failed. */
export type Failure =
  | { readonly reason: 'exit-code'; readonly code: number }
  | { readonly reason: 'signal'; readonly signal: string }
  | { readonly reason: 'timeout'; readonly timeoutMs: number }
  | { readonly reason: 'cancelled' }
  | {
      readonly reason: 'spawn-error';
      /** What the system said, with the path that it said it of. */
      readonly message: string;
    }
  | {
      /** The process is gone and nothing tells how it ended. */
      readonly reason: 'lost';
    };

/** A run was left out. */
export interface RunSkipped extends OfRun {
  readonly type: 'skipped';
  readonly why: SkipReason;
}

/** Why a run was left out: `cancelled` by a person before it started, or `excluded` by the sweep file. */
export type SkipReason = 'cancelled' | 'excluded';

/** A run that was over is wanted again, as a new attempt. */
export interface RunRequeued extends OfRun {
  readonly type: 'requeued';
}

/** A few words for a person: "exit code 3", "killed by SIGKILL", "timed out after 30s". */
export function describeFailure(failure: Failure): string {
  switch (failure.reason) {
    case 'exit-code':
      return `exit code ${failure.code}`;
    case 'signal':
      return `killed by ${failure.signal}`;
    case 'timeout':
      return `timed out after ${failure.timeoutMs / 1000} s`;
    case 'cancelled':
      return 'cancelled';
    case 'spawn-error':
      return failure.message;
    case 'lost':
      return 'lost: its process is gone and left no exit code';
    default:
      return unreachable(failure);
  }
}
