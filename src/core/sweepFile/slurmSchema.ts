import * as z from 'zod';
import { rule } from './schemaParts.ts';
import { memoryProblem, timeProblem } from './slurmUnits.ts';

const count = z
  .int({ error: 'expected a whole number' })
  .positive({ error: 'expected a whole number of at least 1' });
const name = z.string({ error: 'expected a name' }).min(1, { error: 'expected a name' });
const option = z.union([z.string(), z.number(), z.boolean()], { error: 'expected a value, or true' });

/** The keys of `runner` that only `type: slurm` has. Nothing in here is transformed: a sweep keeps them as they were written. */
export const slurmShape = {
  partition: name
    .optional()
    .describe("The partition to submit to. Default: the cluster's.")
    .meta({ examples: ['main'] }),
  account: name
    .optional()
    .describe('The account to charge. Default: yours.')
    .meta({ examples: ['ab123'] }),
  qos: name
    .optional()
    .describe('The quality of service. Default: yours.')
    .meta({ examples: ['normal'] }),
  time: z
    .string({ error: 'expected a time with its unit such as 2h' })
    .superRefine(rule(timeProblem))
    .optional()
    .describe(
      "The time limit of each task of the job array: `2h`, `1h30m`, or as Slurm writes it, `1-12:00:00`. Default: the partition's.",
    )
    .meta({ examples: ['2h', '1-12:00:00'] }),
  nodes: count
    .optional()
    .describe('Nodes of each task. Default 1.')
    .meta({ examples: [1] }),
  cpus_per_task: count
    .optional()
    .describe('Processors of each task. Default 1.')
    .meta({ examples: [4] }),
  mem: z
    .string({ error: 'expected a size such as 8GB' })
    .superRefine(rule(memoryProblem))
    .optional()
    .describe(
      "Memory of each task on its node: `8GB` (10⁹ bytes each), `8GiB`, or as Slurm writes it, `8G` (2³⁰ each). Default: the partition's.",
    )
    .meta({ examples: ['8GB'] }),
  gpus_per_task: z
    .union([count, name], { error: 'expected a number of GPUs, or a type and a number such as a100:2' })
    .optional()
    .describe('GPUs of each task: a number, or with their type `a100:2`. Default: none.')
    .meta({ examples: [1, 'a100:2'] }),
  constraint: name
    .optional()
    .describe('Features that nodes must have, as sbatch takes them.')
    .meta({ examples: ['avx512'] }),
  runs_per_task: count
    .optional()
    .describe(
      'How many runs each task of the job array has, one after another: short runs then share what starting a job costs. `time` is for all of them together. Default 1.',
    )
    .meta({ examples: [20] }),
  parallel_in_task: count
    .optional()
    .describe(
      'How many runs of a task run at the same time. Default 1. Without `runs_per_task` a task has this many.',
    )
    .meta({ examples: [4] }),
  setup: z
    .union([z.string(), z.array(z.string(), { error: 'expected commands' })], { error: 'expected commands' })
    .optional()
    .describe(
      'Shell commands before the runs of a task, in a login shell (bash where the node has it): what they set, the runs find.',
    )
    .meta({ examples: [['module load python/3.11', 'source ~/venv/bin/activate']] }),
  sbatch: z
    .record(z.string(), option, { error: 'expected a mapping of options' })
    .optional()
    .describe(
      'Any other options of sbatch by their long names, without the dashes; `true` for one without a value.',
    )
    .meta({ examples: [{ 'mail-type': 'END' }] }),
  requeue: z
    .boolean({ error: 'expected true or false' })
    .optional()
    .describe(
      'Whether Slurm starts a task again that was preempted or whose node failed. Default: as the cluster has it.',
    )
    .meta({ examples: [true] }),
};

const slurmSchema = z.object(slurmShape);

/** What a sweep file says to Slurm, as it is written. */
export type SlurmKeys = z.output<typeof slurmSchema>;

/** Reads the options of a runner of `type: slurm`. Throws where they are none. */
export function slurmKeysOf(options: unknown): SlurmKeys {
  return slurmSchema.parse(options);
}
