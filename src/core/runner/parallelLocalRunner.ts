import { defaultMaxParallel } from '../defaults.ts';
import { chooseLauncher } from './chooseLauncher.ts';
import { ExecutingRunner, type Execution, type RunsToExecute } from './executingRunner.ts';
import type { Command, LaunchFactory } from './launcher.ts';
import { executeLocally } from './localExecution.ts';
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
  /**
   * What is started for a run in place of its command, such as the same through ssh, or in a container. `slot` tells which of
   * the places that run at the same time it has, counted from 0. Its directory and environment must stay: a run's processes
   * are known by them. Default: the command itself.
   */
  readonly commandFor?: ((command: Command, slot: number) => Command) | undefined;
  /** Where the system tells of its memory and load. Default: where Linux does. */
  readonly places?: SystemPlaces | undefined;
}

/** Runs a sweep on this machine, `maxParallel` runs at a time. */
export class ParallelLocalRunner extends ExecutingRunner {
  readonly #env: RunEnvironment;
  readonly #launcher: LaunchFactory;
  readonly #graceMs: number | undefined;
  readonly #commandFor: (command: Command, slot: number) => Command;
  readonly #places: SystemPlaces;

  constructor({
    maxParallel = defaultMaxParallel,
    env = runEnvironment(),
    launcher = chooseLauncher,
    graceMs,
    commandFor = (command) => command,
    places = systemPlaces,
  }: ParallelLocalRunnerOptions = {}) {
    super(maxParallel);
    this.#env = env;
    this.#launcher = launcher;
    this.#graceMs = graceMs;
    this.#commandFor = commandFor;
    this.#places = places;
  }

  protected begin(runs: RunsToExecute): Execution {
    const { policy } = runs.sweep.header;
    return executeLocally({
      ...runs,
      makeLauncher: (slot) => this.#launcher(slot, this.#env, policy.nice),
      commandFor: this.#commandFor,
      graceMs: this.#graceMs ?? policy.gracePeriodMs,
      places: this.#places,
      environment: this.#env,
    });
  }
}
