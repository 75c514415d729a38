import { MultirunError } from '../errors.ts';
import { isRunnerType } from '../sweepFile/runnerSchema.ts';
import type { AbstractRunner } from './abstractRunner.ts';
import { ParallelLocalRunner } from './parallelLocalRunner.ts';
import { type RunEnvironment, runEnvironment } from './runEnvironment.ts';
import type { RunnerFactory, RunnerRequest } from './runnerRequest.ts';
import { SlurmRunner } from './slurm/slurmRunner.ts';

const runnerTypes = new Map<string, RunnerFactory>([
  ['local', ({ maxParallel, env }) => new ParallelLocalRunner({ maxParallel, env })],
  ['slurm', (request) => new SlurmRunner(request)],
]);

/** The types of the runners that there are, by which a sweep file asks for them: ours first, then in the order of registration. */
export function registeredTypes(): string[] {
  return [...runnerTypes.keys()];
}

/**
 * Makes sweep files find another runner by `runner: {type: …}`. The factory is asked for one runner a sweep; it is also asked
 * before a sweep directory is made, to see whether it takes the options, and must start nothing itself.
 *
 * A type is a lower-case word, with digits and dashes. Throws a MultirunError `invalid-argument` for any other, and for one
 * that is taken. Disposing of what it returns takes the type away again; sweeps that run go on.
 */
export function registerRunner(type: string, factory: RunnerFactory): { dispose(): void } {
  if (!isRunnerType(type)) {
    throw new MultirunError(
      'invalid-argument',
      `"${type}" cannot be the type of a runner; use lower-case letters, digits and dashes, and begin with a letter`,
    );
  }
  if (runnerTypes.has(type)) {
    throw new MultirunError(
      'invalid-argument',
      `there is a runner "${type}" already; choose another type, or remove what brought it`,
    );
  }
  runnerTypes.set(type, factory);
  let isRegistered = true;
  return {
    dispose() {
      if (isRegistered) runnerTypes.delete(type);
      isRegistered = false;
    },
  };
}

/** A runner of which type is wanted, and what for. */
export interface WantedRunner extends Omit<RunnerRequest, 'env'> {
  readonly type: string;
  /** Default: this process's, see {@link runEnvironment}. */
  readonly env?: RunEnvironment | undefined;
}

/** Makes a runner. Throws a MultirunError `invalid-argument` where there is none of its type, or it refuses its options. */
export function createRunner({ type, env = runEnvironment(), ...request }: WantedRunner): AbstractRunner {
  return requireRunner(type)({ ...request, env });
}

/** What makes runners of this type. Throws a MultirunError `invalid-argument` where there is none. */
function requireRunner(type: string): RunnerFactory {
  const factory = runnerTypes.get(type);
  if (factory) return factory;
  throw new MultirunError('invalid-argument', noSuchRunner(type));
}

/** What to tell who asks for a type of which there is no runner. */
export function noSuchRunner(type: string): string {
  return `there is no runner "${type}" here; there are ${registeredTypes().join(', ')}. Install what brings it, change "type" of "runner" in the sweep file, or run the sweep on one of these`;
}
