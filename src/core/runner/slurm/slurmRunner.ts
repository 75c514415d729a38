import { MultirunError } from '../../errors.ts';
import { ExecutingRunner, type Execution, type RunsToExecute } from '../executingRunner.ts';
import type { RunnerRequest } from '../runnerRequest.ts';

/** Runs a sweep as job arrays of the Slurm cluster that this machine belongs to. */
export class SlurmRunner extends ExecutingRunner {
  override readonly goesOnAlone = true;

  constructor({ maxParallel }: RunnerRequest) {
    super(maxParallel);
  }

  protected begin(_: RunsToExecute): Execution {
    throw new MultirunError('invalid-argument', 'sweeps cannot be sent to Slurm yet');
  }
}
