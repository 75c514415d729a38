import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Ending, Failure } from '../failure.ts';
import type { RunStatus } from '../run.ts';
import { type ProcessTree, terminate } from './termination.ts';

/** An attempt that goes on, or that is about to begin. */
interface Attempt {
  readonly tree: ProcessTree;
  readonly task: PromiseWithResolvers<RunStatus>;
  /** Whether its process is known, so that it can be signalled. */
  started: boolean;
  /** Why it is being ended; the first reason wins. */
  ending?: Ending;
  terminated?: Promise<readonly number[]>;
}

/** The attempts that go on, by run. */
export interface Attempts {
  begin(run: number, tree: ProcessTree): void;
  /** Its process is known; an attempt that was to be ended before is ended now. */
  started(run: number): void;
  /** Ends an attempt with everything that it started. */
  end(run: number, ending: Ending): void;
  endAll(ending: Ending): void;
  /**
   * The process of an attempt has ended. Resolves when everything else that was to be ended with it is gone: to how the
   * attempt failed by that, or undefined where nobody ended it. What a `lost` process left is ended too.
   */
  ended(run: number, isLost: boolean): Promise<Failure | undefined>;
  /** The attempt is over, and its run has this status. */
  over(run: number, status: RunStatus): void;
  /** Resolves when the attempt of a run is over; undefined while it has none. */
  task(run: number): Promise<RunStatus> | undefined;
  has(run: number): boolean;
}

/**
 * No attempts yet. Processes that are ended have `graceMs` between SIGTERM and SIGKILL. Why a run is ended is told to
 * `onEnding`, and is in the journal before the first signal: whoever finds the run ended knows it, also without this process.
 */
export function runningAttempts(graceMs: number, onEnding: (run: number, ending: Ending) => void): Attempts {
  const attempts = new Map<number, Attempt>();

  function end(run: number, attempt: Attempt, ending: Ending): void {
    attempt.ending ??= ending;
    if (!attempt.started || attempt.terminated !== undefined) return;
    onEnding(run, attempt.ending);
    attempt.terminated = nextTurn().then(() => terminate(attempt.tree, { graceMs }));
  }

  return {
    begin(run, tree) {
      attempts.set(run, { tree, task: Promise.withResolvers(), started: false });
    },
    started(run) {
      const attempt = attempts.get(run);
      if (!attempt) return;
      attempt.started = true;
      if (attempt.ending) end(run, attempt, attempt.ending);
    },
    end(run, ending) {
      const attempt = attempts.get(run);
      if (attempt) end(run, attempt, ending);
    },
    endAll(ending) {
      for (const [run, attempt] of attempts) end(run, attempt, ending);
    },
    async ended(run, isLost) {
      const attempt = attempts.get(run);
      if (!attempt) return undefined;
      if (isLost) attempt.terminated ??= terminate(attempt.tree, { graceMs });
      const left = attempt.terminated === undefined ? [] : await attempt.terminated;
      if (!attempt.ending) return undefined;
      return left.length > 0 ? { ...attempt.ending, left } : attempt.ending;
    },
    over(run, status) {
      const attempt = attempts.get(run);
      attempts.delete(run);
      attempt?.task.resolve(status);
    },
    task: (run) => attempts.get(run)?.task.promise,
    has: (run) => attempts.has(run),
  };
}
