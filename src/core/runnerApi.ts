import { MultirunError } from './errors.ts';
import { AbstractRunner } from './runner/abstractRunner.ts';
import { ExecutingRunner } from './runner/executingRunner.ts';
import { ParallelLocalRunner } from './runner/parallelLocalRunner.ts';
import { quote } from './runner/quote.ts';
import { registerRunner } from './runner/runnerTypes.ts';

/**
 * What brings another runner gets this, from the extension's `activate` or as a runner module of the command line. The classes
 * and functions are those of the Multirun that will use the runner; a copy of one's own would know nothing of it.
 */
export interface RunnerApi {
  /** Raised when something in here changes its meaning; what is added leaves it as it is. */
  readonly apiVersion: 1;
  readonly registerRunner: typeof registerRunner;
  /** What a runner is; to be implemented from scratch. */
  readonly AbstractRunner: typeof AbstractRunner;
  /** A runner that only has to say how it begins a sweep. */
  readonly ExecutingRunner: typeof ExecutingRunner;
  /** A runner that starts one process of this machine for each run: it may be one that reaches another machine. */
  readonly ParallelLocalRunner: typeof ParallelLocalRunner;
  /** To be thrown for what a person can mend: its message is shown without a stack trace. */
  readonly MultirunError: typeof MultirunError;
  /** Writes a word for a POSIX shell. */
  readonly quote: typeof quote;
}

/** The runner API of this Multirun. */
export const runnerApi: RunnerApi = {
  apiVersion: 1,
  registerRunner,
  AbstractRunner,
  ExecutingRunner,
  ParallelLocalRunner,
  MultirunError,
  quote,
};
