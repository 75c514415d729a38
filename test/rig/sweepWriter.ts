// A process that writes a sweep, for tests that kill it: node sweepWriter.ts OUTPUT RUNS MAX_PARALLEL CMD…
import { multirunAsync } from '../../src/core/multirun.ts';
import { ParallelLocalRunner } from '../../src/core/runner/parallelLocalRunner.ts';

// A limit on the size of files is to fail the write, not the process.
process.on('SIGXFSZ', () => {});

const [outputPath = '', runs, maxParallel, ...cmd] = process.argv.slice(2);
const sweep = await multirunAsync({
  runs: Array.from({ length: Number(runs) }, (_, x) => ({ x })),
  cmd,
  outputPath,
  runner: new ParallelLocalRunner({ maxParallel: Number(maxParallel) }),
});
await sweep.finished;
