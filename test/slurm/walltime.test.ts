import { runAt } from '../../src/core/runTable.ts';
import { describe, expect, isMissing, test } from './rig/cluster.ts';
import { startSweep } from './rig/sweeps.ts';

describe.skipIf(isMissing)('the time limit of a task on Slurm', () => {
  test('ends the run, which is tried again with twice the time; the rest of the task runs anew', async ({
    cluster,
  }) => {
    const sweep = await startSweep(cluster, {
      runs: 2,
      options: { time: '1m', runs_per_task: 2 },
      // Slurm counts minutes, and looks by and by.
      script: '[ "$1" -eq 1 ] || [ -e attempts/1 ] || sleep 300',
      policy: { retries: { max: 1, delayMs: 0, backoff: 1, on: ['timeout'], timeFactor: 2 } },
    });
    const { counts, runs } = await sweep.finished;
    expect(counts.success).toBe(2);
    expect(runAt(runs, 0)).toMatchObject({ attempts: 2 });
    expect(runAt(runs, 1)).toMatchObject({ attempts: 1 });
    const jobs = await cluster.ask('squeue', '--noheader', '--states=all', '--format=%l %T');
    expect(jobs.split('\n').sort()).toEqual(['1:00 COMPLETED', '1:00 TIMEOUT', '2:00 COMPLETED']);
  });
});
