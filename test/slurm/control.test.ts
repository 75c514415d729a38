import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runAt } from '../../src/core/runTable.ts';
import type { SweepHandle } from '../../src/core/sweepHandle.ts';
import { describe, expect, isMissing, test } from './rig/cluster.ts';
import { startSweep, takeUp, waitsForGo } from './rig/sweeps.ts';

test.override('size', { maxArraySize: 31 });

async function running(sweep: SweepHandle, count: number): Promise<void> {
  await expect.poll(() => sweep.state.counts.running, { timeout: 60_000 }).toBe(count);
}

async function has(sweep: SweepHandle, run: number, status: string): Promise<void> {
  await expect.poll(() => runAt(sweep.state.runs, run).status, { timeout: 60_000 }).toBe(status);
}

function go({ directory }: SweepHandle): Promise<void> {
  return writeFile(join(directory, 'go'), '');
}

describe.skipIf(isMissing)('a sweep that is larger than the cluster’s arrays', () => {
  test('is several arrays, which together keep to max_parallel', async ({ cluster }) => {
    const sweep = await startSweep(cluster, { runs: 70, maxParallel: 14, script: waitsForGo });
    await sweep.runner.handedOver();
    expect(sweep.state.jobs.map(({ runs }) => runs)).toEqual([[[0, 30]], [[31, 61]], [[62, 69]]]);
    const jobs = sweep.state.jobs.map(({ job }) => job ?? '');
    const shown = await Promise.all(jobs.map((job) => cluster.ask('scontrol', 'show', 'job', job)));
    const throttles = shown.map((text) => Number(/ArrayTaskThrottle=(\d+)/.exec(text)?.[1]));
    expect(throttles).toEqual([6, 6, 1]);
    await running(sweep, 13);
    await go(sweep);
    expect((await sweep.finished).counts.success).toBe(70);
  });

  test('is as many arrays as the account’s limit asks for, and waits for room', async ({ cluster }) => {
    const folder = await cluster.folder();
    await writeFile(
      folder,
      `#!/bin/sh
case "$*" in *--array=0-[0-4]' '*|*--array=0-[0-4]%*) exec sbatch "$@" ;; esac
echo "sbatch: error: AssocMaxSubmitJobLimit" >&2
echo "sbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)" >&2
exit 1
`,
      { mode: 0o755 },
    );
    const sweep = await startSweep(cluster, { runs: 12, env: { ...cluster.env, MULTIRUN_SBATCH: folder } });
    const { counts } = await sweep.finished;
    expect(counts.success).toBe(12);
    expect(await readdir(join(sweep.directory, 'slurm/jobs'))).toHaveLength(6);
  });
});

describe.skipIf(isMissing)('what can be asked of a sweep on Slurm', () => {
  test('cancelling a run, and then what is pending', async ({ cluster }) => {
    const sweep = await startSweep(cluster, { runs: 8, maxParallel: 3, script: waitsForGo });
    await running(sweep, 3);
    sweep.cancelRun(1);
    await has(sweep, 1, 'failure');
    expect(runAt(sweep.state.runs, 1)).toMatchObject({ failure: { reason: 'cancelled' } });
    await running(sweep, 3);
    sweep.cancelPending();
    expect(sweep.state.counts.skipped).toBe(4);
    await go(sweep);
    const { counts } = await sweep.finished;
    expect(counts).toEqual({ skipped: 4, pending: 0, running: 0, success: 3, failure: 1 });
    // A task that is over completes for a moment.
    await expect.poll(() => cluster.ask('squeue', '--noheader'), { timeout: 30_000 }).toBe('');
  });

  test('cancelling all: what ran failed, what did not stays pending and can be resumed', async ({
    cluster,
  }) => {
    const sweep = await startSweep(cluster, { runs: 6, maxParallel: 2, script: waitsForGo });
    await running(sweep, 2);
    sweep.cancel();
    const { counts } = await sweep.finished;
    expect(counts).toMatchObject({ failure: 2, pending: 4 });
    await expect
      .poll(() => cluster.ask('squeue', '--noheader', '--states=RUNNING,PENDING'), { timeout: 30_000 })
      .toBe('');
    await go(sweep);
    const again = await takeUp(cluster, sweep.directory);
    expect((await again.finished).counts.pending).toBe(4);
  });

  test('stopping: what runs finishes, what waits stays pending', async ({ cluster }) => {
    const sweep = await startSweep(cluster, { runs: 5, maxParallel: 2, script: waitsForGo });
    await running(sweep, 2);
    sweep.stop();
    await sweep.runner.handedOver();
    await go(sweep);
    expect((await sweep.finished).counts).toMatchObject({ success: 2, pending: 3 });
  });

  test('stopping: what has begun since the queue was asked finishes, too', async ({ cluster }) => {
    const squeue = await cluster.folder();
    await writeFile(
      squeue,
      `#!/bin/sh
[ ! -e "$0.told" ] || exec squeue "$@"
# Once it tells how the sweep's tasks were before they began.
squeue "$@" | sed s/RUNNING/PENDING/ >"$0.answer"
! grep -q PENDING "$0.answer" || : >"$0.told"
cat "$0.answer"
`,
      { mode: 0o755 },
    );
    const env = { ...cluster.env, MULTIRUN_SQUEUE: squeue, MULTIRUN_SLURM_POLL_MS: '3000' };
    const sweep = await startSweep(cluster, { runs: 5, maxParallel: 2, script: waitsForGo, env });
    const begun = ['0', '1'].map((run) => join(sweep.directory, 'runs', run, 'started'));
    await expect.poll(() => begun.every((file) => existsSync(file)), { timeout: 60_000 }).toBe(true);
    sweep.stop();
    await sweep.runner.handedOver();
    await go(sweep);
    expect((await sweep.finished).counts).toMatchObject({ success: 2, pending: 3 });
  });

  test('pausing holds what waits, also when the next window takes the sweep up; resuming releases it', async ({
    cluster,
  }) => {
    const first = await startSweep(cluster, { runs: 4, maxParallel: 1, script: waitsForGo });
    await running(first, 1);
    first.pause();
    const job = first.state.jobs[0]?.job ?? '';
    const reasons = () =>
      cluster.ask('squeue', '--noheader', `--jobs=${job}`, '--states=PENDING', '--format=%r');
    await expect.poll(reasons, { timeout: 20_000 }).toContain('JobHeld');
    await first.leave();
    const second = await takeUp(cluster, first.directory);
    expect(second.state.paused).toEqual({ kind: 'person' });
    await go(second);
    await has(second, 0, 'success');
    expect(await reasons()).toContain('JobHeld');
    second.resume();
    expect((await second.finished).counts.success).toBe(4);
  });

  test('changing max_parallel while it runs', async ({ cluster }) => {
    const sweep = await startSweep(cluster, { runs: 9, maxParallel: 2, script: waitsForGo });
    await running(sweep, 2);
    sweep.runner.setMaxParallel(5);
    await running(sweep, 5);
    await go(sweep);
    expect((await sweep.finished).counts.success).toBe(9);
  });

  test('ending one run of a task, by a person or by its timeout, and not its neighbours', async ({
    cluster,
  }) => {
    const sweep = await startSweep(cluster, {
      runs: 4,
      options: { runs_per_task: 4, parallel_in_task: 2 },
      script: `[ "$1" -ge 2 ] || ${waitsForGo}; [ "$1" -ne 2 ] || sleep 100`,
      policy: { timeout: { ms: 8000 }, gracePeriodMs: 300 },
    });
    await running(sweep, 2);
    sweep.cancelRun(0);
    await has(sweep, 2, 'running');
    await go(sweep);
    const { runs, counts } = await sweep.finished;
    expect(runAt(runs, 0)).toMatchObject({ failure: { reason: 'cancelled' } });
    expect(runAt(runs, 2)).toMatchObject({ failure: { reason: 'timeout', timeoutMs: 8000 } });
    expect(counts.success).toBe(2);
  });

  test('running failed runs again keeps what their last attempts left', async ({ cluster }) => {
    const sweep = await startSweep(cluster, {
      runs: 3,
      script: 'echo "try of $1"; [ -e attempts/1 ] || exit 5',
      policy: { retries: { max: 1, delayMs: 0, backoff: 1, on: ['exit'] } },
    });
    const { counts, runs } = await sweep.finished;
    expect(counts.success).toBe(3);
    expect(runAt(runs, 2)).toMatchObject({ attempts: 2 });
    expect(await readFile(join(sweep.directory, 'runs/2/attempts/1/exit'), 'utf8')).toBe('5\n');
  });
});
