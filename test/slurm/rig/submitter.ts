import { multirunAsync } from '../../../src/core/multirun.ts';
import { createRunner } from '../../../src/core/runner/runnerTypes.ts';

/** A process that starts a sweep of five runs on Slurm, for a test that has it killed on the way. */
const [directory = ''] = process.argv.slice(2);
const env = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
);
const sweep = await multirunAsync({
  cmd: ['true'],
  runs: Array.from({ length: 5 }, (_, x) => ({ x })),
  outputPath: directory,
  runner: createRunner({ type: 'slurm', maxParallel: 5, options: {}, env }),
});
await sweep.finished;
