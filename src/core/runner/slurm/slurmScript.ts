import { plainPolicy } from '../../policy.ts';
import type { SweepPlan } from '../../sweepDirectory/createSweep.ts';
import { commandLine } from '../commandLine.ts';
import { sbatchArguments } from './sbatchArguments.ts';
import { parallelInTask, runsPerTask, slurmOptionsOf } from './slurmOptions.ts';
import { taskScript } from './taskScript.ts';

/**
 * The script that each task of a plan's job array would be, to be looked at: SWEEP stands for the sweep directory, and JOB for
 * the job's name, which are not known before. Throws a MultirunError `invalid-argument` for options that Slurm does not have.
 */
export function slurmScript(plan: Omit<SweepPlan, 'output'>, size: number): string {
  const slurm = slurmOptionsOf(plan.runner?.options ?? {});
  const { inputs, templates = [], policy = plainPolicy, maxParallel } = plan;
  const array = {
    slurm,
    name: 'JOB',
    tasks: Math.ceil(size / runsPerTask(slurm)),
    throttle: maxParallel >= size ? undefined : Math.max(1, Math.floor(maxParallel / parallelInTask(slurm))),
    directory: 'SWEEP',
    log: 'SWEEP/slurm/jobs/JOB/output.log',
  };
  const words = ['sbatch', ...sbatchArguments(array), 'SWEEP/slurm/jobs/JOB/task.sh', 'SWEEP', 'JOB'];
  const header = { inputs: [...inputs], templates: [...templates], policy };
  return taskScript({ header, slurm, store: '', submittedAs: commandLine(words) });
}
