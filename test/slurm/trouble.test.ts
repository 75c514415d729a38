import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { runAt } from '../../src/core/runTable.ts';
import type { SweepHandle } from '../../src/core/sweepHandle.ts';
import { type Cluster, describe, expect, isMissing, programPath, test, untilSweep } from './rig/cluster.ts';
import { killNode } from './rig/killNode.ts';
import { startSweep, takeUp, waitsForGo } from './rig/sweeps.ts';

const patient = { timeout: 90_000, interval: 100 };

async function running(sweep: SweepHandle, count: number): Promise<void> {
  await expect.poll(() => sweep.state.counts.running, patient).toBe(count);
}

function go({ directory }: SweepHandle): Promise<void> {
  return writeFile(join(directory, 'go'), '');
}

/** A program that stands in for one of Slurm's. */
async function standIn(cluster: Cluster, text: string): Promise<string> {
  const path = await cluster.folder();
  await writeFile(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return path;
}

describe.skipIf(isMissing)('a sweep on Slurm loses nothing', () => {
  test('when the editor’s host is killed between sbatch and its record', async ({ cluster }) => {
    const sbatch = await standIn(cluster, 'sbatch "$@" >/dev/null; kill -9 "$PPID"');
    const directory = await cluster.folder();
    const killed = await execa(process.execPath, [join(import.meta.dirname, 'rig/submitter.ts'), directory], {
      env: { ...cluster.env, MULTIRUN_SBATCH: sbatch },
      extendEnv: false,
      reject: false,
    });
    expect(killed.signal).toBe('SIGKILL');
    expect(await readFile(join(directory, 'journal.jsonl'), 'utf8')).not.toContain('"job"');
    const sweep = await takeUp(cluster, directory);
    const { counts, runs } = await sweep.finished;
    expect(counts.success).toBe(5);
    expect(runAt(runs, 4)).toMatchObject({ attempts: 1 });
    const jobs = await cluster.ask('squeue', '--noheader', '--states=all', '--format=%F');
    expect(new Set(jobs.split('\n')).size).toBe(1);
  });

  test('when slurmctld is stopped and started again in the middle', async ({ cluster }) => {
    const sweep = await startSweep(cluster, { runs: 6, maxParallel: 3, script: waitsForGo });
    await running(sweep, 3);
    process.kill(await cluster.slurm.pid('slurmctld'), 'SIGTERM');
    await go(sweep);
    await expect.poll(() => sweep.state.paused?.kind, patient).toBe('cluster');
    // What nodes have written is known all the same, and no status changes for a controller that does not answer.
    await expect.poll(() => sweep.state.counts.success, patient).toBe(3);
    expect(sweep.state.counts).toMatchObject({ pending: 3, failure: 0 });
    await cluster.slurm.restart();
    expect((await sweep.finished).counts.success).toBe(6);
  });

  test('when squeue answers late, and when it does not at all', async ({ cluster }) => {
    const flag = await cluster.folder();
    const real = await programPath('squeue');
    const squeue = await standIn(
      cluster,
      `[ -e ${flag} ] || { echo "squeue: error: Unable to contact slurm controller (connect failure)" >&2; exit 1; }
sleep 1
exec ${real} "$@"`,
    );
    const sweep = await startSweep(cluster, {
      runs: 4,
      maxParallel: 2,
      script: waitsForGo,
      env: { ...cluster.env, MULTIRUN_SQUEUE: squeue },
    });
    await running(sweep, 2);
    expect(sweep.state.paused).toMatchObject({ kind: 'cluster' });
    await writeFile(flag, '');
    await expect.poll(() => sweep.state.paused, patient).toBeUndefined();
    await go(sweep);
    expect((await sweep.finished).counts.success).toBe(4);
  });

  test('when a run is preempted, and Slurm starts it again', async ({ cluster }) => {
    const sweep = await startSweep(cluster, {
      runs: 1,
      options: { requeue: true, nodes: 2, sbatch: { exclusive: true } },
      script: '[ -e attempts/1 ] || sleep 300',
    });
    await running(sweep, 1);
    const [urgent = ''] = (
      await cluster.ask(
        'sbatch',
        '--parsable',
        '--partition=urgent',
        '--nodes=2',
        '--exclusive',
        '--output=/dev/null',
        '--wrap=sleep 1',
      )
    ).split(';');
    const { runs } = await sweep.finished;
    expect(runAt(runs, 0)).toMatchObject({ status: 'success', attempts: 2 });
    const journal = await readFile(join(sweep.directory, 'journal.jsonl'), 'utf8');
    expect(journal).toContain('"failure":{"reason":"preempted"}');
    expect(journal).toContain('"why":"cluster"');
    expect(existsSync(join(sweep.directory, 'runs/0/attempts/1/started'))).toBe(true);
    await cluster.ask('scancel', urgent);
  });

  test('when a node is killed with all that runs on it, and brought back', async ({ cluster }) => {
    const sweep = await startSweep(cluster, {
      runs: 4,
      options: { requeue: true, sbatch: { nodelist: 'n1' } },
      script: `[ -e attempts/1 ] || ${waitsForGo}`,
    });
    await running(sweep, 4);
    await killNode(cluster.slurm, 'n1');
    // Slurm itself takes minutes to find that out.
    await cluster.ask('scontrol', 'update', 'NodeName=n1', 'State=DOWN', 'Reason=killed');
    await cluster.slurm.restart();
    const { runs, counts } = await sweep.finished;
    expect(counts.success).toBe(4);
    expect(runAt(runs, 3)).toMatchObject({ attempts: 2 });
    const journal = await readFile(join(sweep.directory, 'journal.jsonl'), 'utf8');
    expect(journal).toContain('"failure":{"reason":"node-failed","node":"n1"}');
  });

  test('when nobody watched until all was over', async ({ cluster }) => {
    const first = await startSweep(cluster, { runs: 9, script: 'exit "$(($1 == 3))"' });
    await first.runner.handedOver();
    await first.leave();
    await untilSweep(first.directory, ({ state }) => state.counts.success + state.counts.failure === 9);
    const second = await takeUp(cluster, first.directory);
    const { counts, phase } = await second.finished;
    expect({ ...counts, phase }).toMatchObject({ success: 8, failure: 1, phase: 'closed' });
  });
});
