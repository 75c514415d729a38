// A process that carries a sweep, for tests that kill it:
//     node carrier.ts start DIRECTORY RUNS MAX_PARALLEL CMD…
//     node carrier.ts resume DIRECTORY
// It says "ready" when its modules are loaded, then begins. Exits with 1 unless all runs succeeded.
import { multirun } from '../../../src/core/multirun.ts';
import { ParallelLocalRunner } from '../../../src/core/runner/parallelLocalRunner.ts';
import { resume } from './resume.ts';

const [act, directory = '', runs, maxParallel, ...cmd] = process.argv.slice(2);
process.stdout.write('ready\n');
const { counts, total } =
  act === 'resume'
    ? await (await resume(directory)).finished
    : await multirun({
        runs: Array.from({ length: Number(runs) }, (_, x) => ({ x })),
        cmd,
        outputPath: directory,
        runner: new ParallelLocalRunner({ maxParallel: Number(maxParallel) }),
      });
if (counts.success !== total) process.exitCode = 1;
