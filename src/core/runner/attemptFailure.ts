import { failureOfCode } from '../exitCode.ts';
import type { Failure } from '../failure.ts';
import type { ResultSources } from '../results/resultSources.ts';
import { unreachable } from '../unreachable.ts';
import type { Command, Exit } from './launcher.ts';
import { explainSpawnFailure } from './spawnFailure.ts';

type Answers = ResultSources['exitCode'];

/** Where to look for what an exit code alone does not tell. */
export interface FailureSources {
  /** The PATH on which programs are looked up. */
  readonly path: string;
  /** Which exit codes besides 0 the sweep takes for results. */
  readonly answers: Answers;
  /** Whether the kernel killed a process for want of memory; asked for a process that was killed. */
  readonly ranOutOfMemory: () => boolean;
}

/** Why an attempt that nobody ended failed; undefined for a success. */
export async function attemptFailure(
  exit: Exit,
  { argv, directory }: Command,
  { path, answers, ranOutOfMemory }: FailureSources,
): Promise<Failure | undefined> {
  switch (exit.kind) {
    case 'lost':
      return { reason: 'lost' };
    case 'not-launched':
      return { reason: 'spawn-error', message: exit.message };
    case 'spawn-error': {
      const message = await explainSpawnFailure(argv[0] ?? '', directory, path);
      return { reason: 'spawn-error', message: message ?? exit.message };
    }
    case 'code': {
      // A shell ends so where it could not start the program; the program itself may end so too.
      const message =
        exit.code === 126 || exit.code === 127
          ? await explainSpawnFailure(argv[0] ?? '', directory, path)
          : undefined;
      return message === undefined
        ? codeFailure(exit.code, answers, ranOutOfMemory)
        : { reason: 'spawn-error', message };
    }
    default:
      return unreachable(exit);
  }
}

/** Why an attempt that nobody ended failed, by its exit code; undefined for a success. */
export function codeFailure(
  code: number,
  answers: Answers,
  ranOutOfMemory: () => boolean,
): Failure | undefined {
  const failure = failureOfCode(code, answers);
  return failure?.reason === 'signal' && failure.signal === 'SIGKILL' && ranOutOfMemory()
    ? { reason: 'out-of-memory' }
    : failure;
}
