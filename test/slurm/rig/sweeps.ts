import { multirunAsync } from '../../../src/core/multirun.ts';
import type { Policy } from '../../../src/core/policy.ts';
import { createRunner } from '../../../src/core/runner/runnerTypes.ts';
import type { RunnerOptions } from '../../../src/core/runnerOptions.ts';
import type { SweepHandle } from '../../../src/core/sweepHandle.ts';
import { takeUpSweep } from '../../../src/core/takeUp.ts';
import type { Cluster } from './cluster.ts';

/** A sweep for a test. */
export interface SlurmSweep {
  /** What each run is told by a shell; `$1` is its number. Default: it does nothing, without a shell. */
  readonly script?: string;
  readonly runs: number;
  readonly options?: RunnerOptions;
  readonly maxParallel?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly policy?: Partial<Policy>;
}

/** Starts a sweep on a test's cluster. */
export async function startSweep(
  cluster: Cluster,
  { script, runs, options = {}, maxParallel = runs, env = cluster.env, policy }: SlurmSweep,
): Promise<SweepHandle> {
  return multirunAsync({
    cmd: script === undefined ? ['true'] : ['sh', '-c', script, 'sh', '${x}'],
    runs: Array.from({ length: runs }, (_, x) => ({ x })),
    outputPath: await cluster.folder(),
    runner: createRunner({ type: 'slurm', maxParallel, options, env }),
    policy,
  });
}

/** Takes a sweep up as the next window would. */
export function takeUp(cluster: Cluster, directory: string, env = cluster.env): Promise<SweepHandle> {
  return takeUpSweep(directory, { kind: 'take-up' }, { env });
}

/** A run that ends when the file `go` is in the sweep directory. */
export const waitsForGo = 'until [ -e ../../go ]; do sleep 0.05; done';
