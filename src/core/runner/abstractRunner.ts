import type { Run } from '../run.ts';
import type { RunStatistics } from '../statistics.ts';
import type { SweepWriter } from '../sweepDirectory/sweepWriter.ts';
import type { SweepState } from '../sweepState.ts';

/** What executes the runs of a sweep. A runner carries one sweep; for the next sweep make another. */
export abstract class AbstractRunner {
  /**
   * Resolves when whoever executes the runs has been told all that was asked so far, and can go on without this process as far
   * as it ever will. At once where runs are executed here. Rejects where they cannot be executed at all.
   */
  handedOver(): Promise<void> {
    return Promise.resolve();
  }
  /** How many runs may run at the same time, as of now. */
  abstract readonly maxParallel: number;
  /** The runs, by id; empty until the runner was given a sweep. */
  abstract readonly runs: readonly Run[];
  /** What the sweep is at this moment; undefined until the runner was given one. */
  abstract readonly state: SweepState | undefined;

  /**
   * Executes the wanted runs of a sweep and records what happens. Resolves when all have ended; rejects when the sweep
   * can no longer be recorded.
   *
   * `adopted` are runs that a writer which is gone has started and that still run: they take their places among
   * `maxParallel` and are watched to their end, as if this runner had started them.
   */
  abstract execute(sweep: SweepWriter, wanted: Iterable<number>, adopted?: Iterable<number>): Promise<void>;
  /** Starts nothing more; what runs goes on. */
  abstract stop(): void;
  /** Starts nothing more and terminates what runs. */
  abstract cancel(): void;
  /** Skips every pending run; what runs goes on. */
  abstract cancelPending(): void;
  /** Terminates a running run, or skips a pending one. Any other is left alone. */
  abstract cancelRun(run: number): void;
  /** Takes up runs that are over, as new attempts. */
  abstract runAgain(runs: Iterable<number>): void;
  /** Starts nothing until {@link AbstractRunner.resume}; what runs goes on. */
  abstract pause(): void;
  /** Ends every pause that a person can end. */
  abstract resume(): void;
  /** Changes how many runs may run at the same time; what runs goes on. Throws a MultirunError for less than 1. */
  abstract setMaxParallel(maxParallel: number): void;

  /** Counts the runs by status. */
  abstract computeStatistics(): RunStatistics;
}
