import { defaultMaxParallel } from '../defaults.ts';
import { MultirunError } from '../errors.ts';
import { isComplete, type Run, type RunStatus } from '../run.ts';
import { runAt } from '../runTable.ts';
import { type RunStatistics, statisticsOf } from '../statistics.ts';
import { runDirectory } from '../sweepDirectory/layout.ts';
import type { SweepWriter } from '../sweepDirectory/sweepWriter.ts';
import { plannedSweep, type SweepState } from '../sweepState.ts';
import { AbstractRunner } from './abstractRunner.ts';
import { chooseLauncher } from './chooseLauncher.ts';
import type { LaunchFactory } from './launcher.ts';
import { executeLocally, type LocalExecution } from './localExecution.ts';
import { type RunEnvironment, runEnvironment } from './runEnvironment.ts';
import { type SystemPlaces, systemPlaces } from './system/places.ts';

/** What {@link ParallelLocalRunner} is made from. */
export interface ParallelLocalRunnerOptions {
  /** How many runs may run at the same time. Default 4. */
  readonly maxParallel?: number | undefined;
  /** The environment that runs inherit. Default: this process's, see {@link runEnvironment}. */
  readonly env?: RunEnvironment | undefined;
  /** How long a run may take to end after SIGTERM before it gets SIGKILL, in ms. Default: as the sweep's policy says. */
  readonly graceMs?: number | undefined;
  /** How processes are started. Default: as fits the system. */
  readonly launcher?: LaunchFactory | undefined;
  /** Where the system tells of its memory and load. Default: where Linux does. */
  readonly places?: SystemPlaces | undefined;
}

/** Runs a sweep on this machine, `maxParallel` runs at a time. */
export class ParallelLocalRunner extends AbstractRunner {
  runs: readonly Run[] = [];
  readonly #env: RunEnvironment;
  readonly #launcher: LaunchFactory;
  readonly #graceMs: number | undefined;
  readonly #places: SystemPlaces;
  #maxParallel: number;
  #sweep: SweepWriter | undefined;
  #execution: LocalExecution | undefined;

  constructor({
    maxParallel = defaultMaxParallel,
    env = runEnvironment(),
    launcher = chooseLauncher,
    graceMs,
    places = systemPlaces,
  }: ParallelLocalRunnerOptions = {}) {
    super();
    this.#maxParallel = checkMaxParallel(maxParallel);
    this.#env = env;
    this.#launcher = launcher;
    this.#graceMs = graceMs;
    this.#places = places;
  }

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
    const { policy } = sweep.header;
    this.#execution = executeLocally({
      sweep,
      wanted: [...wanted],
      adopted: [...adopted],
      maxParallel: this.maxParallel,
      makeLauncher: (slot) => this.#launcher(slot, this.#env, policy.nice),
      graceMs: this.#graceMs ?? policy.gracePeriodMs,
      places: this.#places,
      environment: this.#env,
    });
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
