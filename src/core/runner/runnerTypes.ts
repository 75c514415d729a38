import { MultirunError } from '../errors.ts';
import type { AbstractRunner } from './abstractRunner.ts';
import { ParallelLocalRunner } from './parallelLocalRunner.ts';
import type { RunnerFactory, RunnerRequest } from './runnerRequest.ts';
import { SlurmRunner } from './slurm/slurmRunner.ts';

/** The runners that there are, by the `type` that a sweep file asks for them by. */
export const runnerTypes = new Map<string, RunnerFactory>([
  ['local', ({ maxParallel, env }) => new ParallelLocalRunner({ maxParallel, env })],
  ['slurm', (request) => new SlurmRunner(request)],
]);

/** Makes a runner of this type. Throws a MultirunError `invalid-argument` where there is none. */
export function createRunner({
  type,
  ...request
}: RunnerRequest & { readonly type: string }): AbstractRunner {
  return requireRunner(type)(request);
}

/** What makes runners of this type. Throws a MultirunError `invalid-argument` where there is none. */
export function requireRunner(type: string): RunnerFactory {
  const factory = runnerTypes.get(type);
  if (factory) return factory;
  throw new MultirunError(
    'invalid-argument',
    `there is no runner "${type}" here; there are ${[...runnerTypes.keys()].join(', ')}. Change "type" of "runner" in the sweep file, or install what brings it`,
  );
}
