import type { Outcomes } from '../outcomes.ts';
import type { PauseReason } from '../pauseReason.ts';
import { failedByItself, type Policy } from '../policy.ts';
import { type AttemptEnd, type FailingStart, failingStart, untriedStart } from './policy/breaker.ts';
import { halts } from './policy/halt.ts';
import { retryDelay } from './policy/retry.ts';

/** What follows from the end of an attempt. */
export interface Consequences {
  /** The run gets another attempt after so many ms. */
  readonly retryMs?: number | undefined;
  /** Whether the sweep's halt rule has come true. */
  readonly halts?: boolean | undefined;
  /** Why the sweep pauses. */
  readonly pause?: PauseReason | undefined;
  /** Whether the last canary has succeeded. */
  readonly unlocks?: boolean | undefined;
}

/** The rules of a sweep's policy that look at how attempts ended. */
export interface Rules {
  /** `retried`: how many retries its run has had. */
  after(end: AttemptEnd, retried: number): Consequences;
  /** A run is wanted again. */
  wanted(): void;
  /** A pending run was left out. Returns whether no canary is left. */
  skipped(run: number): boolean;
}

/** The rules for a sweep of which `wanted` runs are to be executed, `canaries` first; `before`: what an earlier writer saw end. */
export function sweepRules(
  policy: Policy,
  wanted: number,
  canaries: ReadonlySet<number>,
  before: Outcomes,
): Rules {
  const untried = new Set(canaries);
  const isTried = policy.breaker === null || before.succeeded > 0;
  let start: FailingStart | undefined = isTried ? undefined : untriedStart;
  let { failed, succeeded } = before;
  let total = wanted + failed + succeeded;

  /** The breaker has its say once, about the very first runs. */
  function trips(end: AttemptEnd): PauseReason | undefined {
    if (start === undefined || policy.breaker === null) return undefined;
    start = failingStart(start, end);
    if (start?.failure === undefined || start.runs.size < policy.breaker) return undefined;
    const { failure, runs } = start;
    start = undefined;
    return { kind: 'breaker', count: runs.size, failure, run: end.run };
  }

  return {
    after(end, retried) {
      const { run, failure } = end;
      const trip = trips(end);
      if (failure !== undefined && !failedByItself(failure)) {
        return untried.has(run) ? { pause: { kind: 'canary', run, failure } } : {};
      }
      const retryMs =
        failure && policy.retries !== null ? retryDelay(policy.retries, failure, retried) : undefined;
      if (retryMs !== undefined) return { retryMs, pause: trip };
      if (failure) failed += 1;
      else succeeded += 1;
      const halt = policy.halt !== null && halts(policy.halt, { failed, succeeded }, total);
      if (failure && untried.has(run)) return { halts: halt, pause: { kind: 'canary', run, failure } };
      return { halts: halt, pause: trip, unlocks: untried.delete(run) && untried.size === 0 };
    },
    wanted() {
      total += 1;
    },
    skipped(run) {
      return untried.delete(run) && untried.size === 0;
    },
  };
}
