import { ExecutingRunner, type Execution, type RunsToExecute } from '../executingRunner.ts';
import { type RunEnvironment, runEnvironment } from '../runEnvironment.ts';
import type { RunnerRequest } from '../runnerRequest.ts';
import { executeOnSlurm, type SlurmExecution } from './slurmExecution.ts';
import { type SlurmOptions, slurmOptionsOf } from './slurmOptions.ts';

/** Runs a sweep as job arrays of the Slurm cluster that this machine belongs to. */
export class SlurmRunner extends ExecutingRunner {
  readonly #slurm: SlurmOptions;
  readonly #env: RunEnvironment;
  #begun: SlurmExecution | undefined;

  constructor({ maxParallel, options, env = runEnvironment() }: RunnerRequest) {
    super(maxParallel);
    this.#slurm = slurmOptionsOf(options);
    this.#env = env;
  }

  override async handedOver(): Promise<void> {
    await this.#begun?.handedOver();
  }

  protected begin(runs: RunsToExecute): Execution {
    this.#begun = executeOnSlurm({ ...runs, slurm: this.#slurm, environment: this.#env });
    return this.#begun;
  }
}
