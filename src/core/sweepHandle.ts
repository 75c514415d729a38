import type { AbstractRunner } from './runner/abstractRunner.ts';
import type { SweepHeader } from './sweepDirectory/header.ts';
import type { SweepState } from './sweepState.ts';

/** What can be asked of a sweep while it is carried, by this process or by another one. */
export interface SweepControls {
  /** Starts nothing more; running runs finish, pending ones stay pending. */
  stop(): void;
  /** Starts nothing more and terminates what runs; pending runs stay pending. */
  cancel(): void;
  /** Skips every pending run, also those that wait for another attempt; running runs finish. */
  cancelPending(): void;
  /** Terminates a running run, or skips a pending one. Any other is left alone. */
  cancelRun(run: number): void;
  /** Runs that are over are wanted again, as new attempts; what their last attempts left is kept. */
  runAgain(runs: readonly number[]): void;
  /** Starts nothing until {@link SweepControls.resume}; running runs finish. */
  pause(): void;
  /** Ends every pause that a person can end: also those of the breaker and of a canary that failed. */
  resume(): void;
  /** From now on so many runs may run at the same time; where more do, they finish. Throws for less than 1. */
  setMaxParallel(maxParallel: number): void;
}

/** A sweep that this process writes, from its start until nothing of it runs any more. */
export interface SweepHandle extends SweepControls {
  readonly directory: string;
  readonly header: SweepHeader;
  readonly runner: AbstractRunner;
  /** What the sweep is at this moment. */
  readonly state: SweepState;
  /**
   * Resolves when every run that was wanted has ended and the journal is on disk, or when the sweep was left. Rejects when
   * the sweep could not be recorded; runs that were going then have been left to end by themselves.
   */
  readonly finished: Promise<SweepState>;
  /**
   * Lets go of the sweep as if this process had died: starts nothing more and records nothing more; what runs goes on, for
   * another writer to take up. Resolves when one can.
   */
  leave(): Promise<void>;
}
