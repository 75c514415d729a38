import { carrySweep } from '../../../src/core/carrySweep.ts';
import { ParallelLocalRunner } from '../../../src/core/runner/parallelLocalRunner.ts';
import { runAt } from '../../../src/core/runTable.ts';
import { openSweep } from '../../../src/core/sweepDirectory/readSweep.ts';
import { takeStock } from '../../../src/core/sweepDirectory/takeStock.ts';
import type { SweepHandle } from '../../../src/core/sweepHandle.ts';
import { applyEvent } from '../../../src/core/sweepState.ts';

/** Resumes a sweep whose writer died: success stays, what still runs is watched to its end, the rest runs. */
export async function resume(directory: string): Promise<SweepHandle> {
  return carrySweep(directory, async ({ term }) => {
    const { header, recorded, params } = await openSweep(directory);
    const stock = await takeStock({ sweepDirectory: directory, header, state: recorded, term });
    const state = stock.reduce(applyEvent, recorded);
    const runs = Array.from({ length: state.total }, (_, run) => run);
    const failed = runs.filter((run) => runAt(state.runs, run).status === 'failure');
    return {
      header,
      state: recorded,
      params,
      runner: new ParallelLocalRunner({ maxParallel: header.runner.maxParallel }),
      first: [...stock, ...failed.map((run) => ({ type: 'requeued', run, why: 'asked' }) as const)],
      wanted: runs.filter((run) => ['pending', 'failure'].includes(runAt(state.runs, run).status)),
      adopted: state.running,
    };
  });
}
