import { ExecutingRunner, type Execution, type RunsToExecute } from '../executingRunner.ts';
import { type RunEnvironment, runEnvironment } from '../runEnvironment.ts';
import type { RunnerRequest } from '../runnerRequest.ts';
import { executeOnSlurm } from './slurmExecution.ts';
import { type SlurmOptions, slurmOptionsOf } from './slurmOptions.ts';

/** Runs a sweep as job arrays of the Slurm cluster that this machine belongs to. */
export class SlurmRunner extends ExecutingRunner {
  override readonly goesOnAlone = true;
  readonly #slurm: SlurmOptions;
  readonly #env: RunEnvironment;
  readonly #submitted = Promise.withResolvers<void>();

  constructor({ maxParallel, options, env = runEnvironment() }: RunnerRequest) {
    super(maxParallel);
    this.#slurm = slurmOptionsOf(options);
    this.#env = env;
    this.#submitted.promise.catch(() => {});
  }

  /** Resolves when the cluster has all that was wanted; rejects with a MultirunError `not-submitted` where it takes nothing. */
  override get handedOver(): Promise<void> {
    return this.#submitted.promise;
  }

  protected begin(runs: RunsToExecute): Execution {
    const execution = executeOnSlurm({ ...runs, slurm: this.#slurm, environment: this.#env });
    execution.submitted.then(this.#submitted.resolve, this.#submitted.reject);
    return execution;
  }
}
