import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { test as plainTest, vi } from 'vitest';
import { openSweep } from '../../../src/core/sweepDirectory/readSweep.ts';
import type { SweepView } from '../../../src/core/sweepDirectory/sweepView.ts';
import { type Slurm, type SlurmOptions, slurmMissing, startSlurm } from '../../rig/slurm/slurm.ts';

export { describe, expect } from 'vitest';

/** A Slurm of a test file's own, and folders on what stands for its shared file system. */
export interface Cluster {
  readonly slurm: Slurm;
  /** What runs and Slurm's programs find. */
  readonly env: Readonly<Record<string, string>>;
  /** A new directory. */
  folder(): Promise<string>;
  /** What one of Slurm's programs prints. */
  ask(program: string, ...args: string[]): Promise<string>;
}

const why = slurmMissing();
if (why !== undefined) console.log(`The tests on a real Slurm are skipped: ${why}.`);

/** Tests that share one cluster in each file. */
export const test = plainTest
  .extend('size', { scope: 'file' }, {} as SlurmOptions)
  .extend('cluster', { scope: 'file' }, async ({ size }, { onCleanup }) => {
    const cluster = await startCluster(size);
    onCleanup(() => cluster[Symbol.asyncDispose]());
    return cluster as Cluster;
  });

/** For the tests of a file: `describe.skipIf(isMissing)`. */
export const isMissing = why !== undefined;

async function startCluster(size: SlurmOptions): Promise<Cluster & AsyncDisposable> {
  const worker = Number(process.env.VITEST_POOL_ID ?? 1);
  const slurm = await startSlurm({ port: 16_800 + 20 * worker, ...size });
  const shared = await mkdtemp(join(tmpdir(), 'multirun-shared-'));
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: shared,
    ...slurm.env,
    MULTIRUN_SLURM_POLL_MS: '250',
  };
  let count = 0;
  return {
    slurm,
    env,
    async folder() {
      count += 1;
      return join(shared, String(count));
    },
    async ask(program, ...args) {
      const { stdout } = await execa(program, args, { env: slurm.env });
      return stdout;
    },
    async [Symbol.asyncDispose]() {
      await slurm[Symbol.asyncDispose]();
      await rm(shared, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Reads a sweep again and again until what is true of it is. Nobody has to carry it. */
export async function untilSweep(
  directory: string,
  condition: (view: SweepView) => boolean | Promise<boolean>,
): Promise<SweepView> {
  const view = await openSweep(directory);
  const isSo = async () => {
    await view.refresh();
    return condition(view);
  };
  await vi.waitUntil(isSo, { interval: 100, timeout: 90_000 });
  return view;
}

/** Where a program is. */
export async function programPath(program: string): Promise<string> {
  const { stdout } = await execa('sh', ['-c', `command -v ${program}`]);
  return stdout;
}
