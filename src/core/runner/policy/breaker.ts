import type { Failure } from '../../failure.ts';
import { failedByItself } from '../../policy.ts';

/** A failure after longer has done some work, and is one of this run more than one of the whole sweep; in ms. */
export const quickMs = 60_000;

/** The first runs of a sweep, as long as all of them have failed quickly and in the same way. */
export interface FailingStart {
  /** How they failed; undefined while no run has ended. */
  readonly failure: Failure | undefined;
  readonly runs: ReadonlySet<number>;
}

/** How an attempt of a run ended. */
export interface AttemptEnd {
  readonly run: number;
  /** Undefined for a success. */
  readonly failure: Failure | undefined;
  readonly durationMs: number;
}

/** No run has ended yet. */
export const untriedStart: FailingStart = { failure: undefined, runs: new Set() };

/**
 * The failing start after one more end; undefined as soon as a run succeeded, took long or failed in another way: from
 * then on the breaker has no say. What was ended from outside counts for neither.
 */
export function failingStart(
  start: FailingStart,
  { run, failure, durationMs }: AttemptEnd,
): FailingStart | undefined {
  if (failure !== undefined && !failedByItself(failure)) return start;
  if (failure === undefined || durationMs > quickMs) return undefined;
  if (start.failure !== undefined && !isSameFailure(start.failure, failure)) return undefined;
  return { failure, runs: new Set([...start.runs, run]) };
}

/** Whether two runs failed in the same way. Messages of the system name the run's own directory, and are not compared. */
export function isSameFailure(a: Failure, b: Failure): boolean {
  switch (a.reason) {
    case 'exit-code':
      return b.reason === a.reason && b.code === a.code;
    case 'signal':
      return b.reason === a.reason && b.signal === a.signal;
    default:
      return b.reason === a.reason;
  }
}
