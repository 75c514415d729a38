import type { AbstractRunner } from './runner/abstractRunner.ts';
import type { SweepHeader } from './sweepDirectory/header.ts';
import type { SweepState } from './sweepState.ts';

/** A sweep that this process writes, from its start until nothing of it runs any more. */
export interface SweepHandle {
  readonly directory: string;
  readonly header: SweepHeader;
  readonly runner: AbstractRunner;
  /** What the sweep is at this moment. */
  readonly state: SweepState;
  /**
   * Resolves when every run that was wanted has ended and the journal is on disk. Rejects when the sweep could not be
   * recorded; runs that were going then have been left to end by themselves.
   */
  readonly finished: Promise<SweepState>;
  /** Starts nothing more; running runs finish, pending ones stay pending. */
  stop(): void;
  /** Starts nothing more and terminates what runs; pending runs stay pending. */
  cancel(): void;
  /** Terminates a running run, or skips a pending one. Any other is left alone. */
  cancelRun(run: number): void;
  /** Runs that are over are wanted again, as new attempts; what their last attempts left is kept. */
  runAgain(runs: readonly number[]): void;
}
