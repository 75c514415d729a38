import { MultirunError } from '../errors.ts';
import { isComplete, type Run, type RunStatus } from '../run.ts';
import { runAt } from '../runTable.ts';
import { type RunStatistics, statisticsOf } from '../statistics.ts';
import { runDirectory } from '../sweepDirectory/layout.ts';
import type { SweepWriter } from '../sweepDirectory/sweepWriter.ts';
import { plannedSweep, type SweepState } from '../sweepState.ts';
import { AbstractRunner } from './abstractRunner.ts';

/** A sweep and what is to be executed of it. */
export interface RunsToExecute {
  readonly sweep: SweepWriter;
  readonly wanted: readonly number[];
  /** Runs that are running already, started by a writer that is gone. */
  readonly adopted: readonly number[];
  readonly maxParallel: number;
}

/** A sweep that is being executed: see {@link AbstractRunner} for what can be asked of it. */
export interface Execution {
  /**
   * Resolves when every wanted run has ended and is recorded, or somebody stopped the sweep; rejects when the sweep is
   * another process's to write.
   */
  readonly finished: Promise<void>;
  stop(): void;
  cancel(): void;
  cancelPending(): void;
  cancelRun(run: number): void;
  runAgain(runs: Iterable<number>): void;
  pause(): void;
  resume(): void;
  setMaxParallel(maxParallel: number): void;
  /** Resolves when the run's current attempt has ended; undefined while it has none. */
  task(run: number): Promise<RunStatus> | undefined;
}

/** A runner that hands everything to an execution, which begins with its sweep: all that a subclass has to say is how. */
export abstract class ExecutingRunner extends AbstractRunner {
  runs: readonly Run[] = [];
  #maxParallel: number;
  #sweep: SweepWriter | undefined;
  #execution: Execution | undefined;

  constructor(maxParallel: number) {
    super();
    this.#maxParallel = checkMaxParallel(maxParallel);
  }

  /** Begins to execute a sweep. */
  protected abstract begin(runs: RunsToExecute): Execution;

  get maxParallel(): number {
    return this.#maxParallel;
  }

  get state(): SweepState | undefined {
    return this.#sweep?.state;
  }

  computeStatistics(): RunStatistics {
    return statisticsOf(this.state ?? plannedSweep(0));
  }

  async execute(sweep: SweepWriter, wanted: Iterable<number>, adopted: Iterable<number> = []): Promise<void> {
    if (this.#sweep)
      throw new MultirunError('invalid-argument', 'this runner carries a sweep already; make another runner');
    this.#sweep = sweep;
    const { maxParallel } = this;
    this.#execution = this.begin({ sweep, wanted: [...wanted], adopted: [...adopted], maxParallel });
    const { task } = this.#execution;
    this.runs = Array.from({ length: sweep.state.total }, (_, id) => runOf(sweep, id, task));
    await this.#execution.finished;
  }

  stop(): void {
    this.#execution?.stop();
  }

  cancel(): void {
    this.#execution?.cancel();
  }

  cancelPending(): void {
    this.#execution?.cancelPending();
  }

  cancelRun(run: number): void {
    this.#execution?.cancelRun(run);
  }

  runAgain(runs: Iterable<number>): void {
    this.#execution?.runAgain(runs);
  }

  pause(): void {
    this.#execution?.pause();
  }

  resume(): void {
    this.#execution?.resume();
  }

  setMaxParallel(maxParallel: number): void {
    this.#maxParallel = checkMaxParallel(maxParallel);
    this.#execution?.setMaxParallel(maxParallel);
  }
}

function checkMaxParallel(maxParallel: number): number {
  if (Number.isInteger(maxParallel) && maxParallel >= 1) return maxParallel;
  throw new MultirunError(
    'invalid-argument',
    `maxParallel is ${maxParallel}; it must be a whole number from 1`,
  );
}

function runOf(sweep: SweepWriter, id: number, task: (run: number) => Promise<RunStatus> | undefined): Run {
  return {
    id,
    get params() {
      return sweep.params(id);
    },
    get directory() {
      return runDirectory(sweep.directory, id, sweep.header.size);
    },
    get status() {
      return runAt(sweep.state.runs, id).status;
    },
    get task() {
      return task(id) ?? (isComplete(this.status) ? Promise.resolve(this.status) : undefined);
    },
  };
}
