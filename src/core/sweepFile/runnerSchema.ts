import * as z from 'zod';
import { defaultMaxParallel } from '../defaults.ts';
import { rule } from './schemaParts.ts';
import { slurmShape } from './slurmSchema.ts';

/** Whether this can be the type of a runner. */
export function isRunnerType(type: string): boolean {
  return /^[a-z][a-z0-9-]*$/.test(type);
}

/** The keys that every runner has. */
export const commonRunnerShape = {
  type: z
    .string({ error: 'expected the name of a runner: local or slurm' })
    .superRefine(
      rule((type: string) =>
        isRunnerType(type) ? undefined : `"${type}" is no runner; write local or slurm`,
      ),
    )
    .optional()
    .describe(
      'What executes the runs: `local`, this machine, or `slurm`, the cluster that this machine belongs to. Other extensions may bring more. Default `local`.',
    )
    .meta({ examples: ['slurm', 'local'] }),
  max_parallel: z
    .int({ error: 'expected a whole number' })
    .positive({ error: 'expected a whole number of at least 1' })
    .optional()
    .describe(
      `How many runs may run at the same time. Default ${defaultMaxParallel}; on a cluster as many as it lets.`,
    )
    .meta({ examples: [4] }),
};

/** The keys that say where and how many runs are executed. What other runners than ours understand, nobody can check here. */
export const runnerShape = {
  runner: z
    .looseObject({ ...commonRunnerShape, ...slurmShape }, { error: 'expected a mapping' })
    .optional()
    .describe('How the runs are executed.')
    .meta({
      examples: [{ max_parallel: 4 }, { type: 'slurm', time: '2h', mem: '8GB' }],
    }),
};
