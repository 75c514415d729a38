import type { RunnerOptions } from '../runnerOptions.ts';
import type { AbstractRunner } from './abstractRunner.ts';
import type { RunEnvironment } from './runEnvironment.ts';

/** What a runner is made for. */
export interface RunnerRequest {
  /** How many runs may run at the same time. */
  readonly maxParallel: number;
  /** The keys of `runner` in the sweep file, and of a setting, that only runners of this type understand. */
  readonly options: RunnerOptions;
  /** The environment that runs inherit. */
  readonly env: RunEnvironment;
}

/** Makes a runner for one sweep. Throws a MultirunError `invalid-argument` for options that it does not understand. */
export type RunnerFactory = (request: RunnerRequest) => AbstractRunner;
