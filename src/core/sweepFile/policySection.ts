import { defaultBreaker, defaultRetryCauses, type Policy, type Retries, type RetryCause } from '../policy.ts';
import { parseDuration } from './duration.ts';
import type { policyShape } from './policySchema.ts';
import { factorOf } from './policySchema.ts';
import type { CheckedSweepFile } from './schema.ts';

/** What a sweep file says about its policy: only what is written in it. */
export interface PolicySection {
  readonly policy: WrittenPolicy;
}

/** A policy as a sweep file has it: which runs are canaries is known only with its plan. */
export type WrittenPolicy = Partial<Omit<Policy, 'canary'>> & {
  /** The first so many runs, or those at the corners of the parameter space. */
  readonly canary?: number | 'corners';
};

/** The keys of a valid file that a policy is made of. */
export type CheckedPolicy = Partial<Pick<CheckedSweepFile, keyof typeof policyShape>>;

/** The policy of a valid file. */
export function policySectionOf(checked: CheckedPolicy): PolicySection {
  return {
    policy: withoutUndefined({
      timeout: checked.timeout,
      gracePeriodMs: checked.grace_period,
      retries: retriesOf(checked.retries),
      halt: checked.halt,
      breaker: breakerOf(checked.breaker),
      canary: checked.canary,
      minFreeDiskBytes: checked.min_free_disk,
      minFreeMemoryBytes: checked.min_free_memory,
      maxLoad: checked.max_load,
      delayMs: checked.delay,
      nice: checked.nice,
    }),
  };
}

function retriesOf(written: CheckedSweepFile['retries']): Retries | undefined {
  if (written === undefined) return undefined;
  if (typeof written === 'number') return { max: written, delayMs: 0, backoff: 1, on: defaultRetryCauses };
  const { max, delay = 0, backoff, on, time, mem } = written;
  const parsed = parseDuration(delay);
  return {
    max,
    // The schema lets no other pass.
    delayMs: 'ms' in parsed ? parsed.ms : 0,
    backoff,
    on: on?.map(retryCauseOf) ?? defaultRetryCauses,
    ...(time === undefined ? {} : { timeFactor: factorOf(time) }),
    ...(mem === undefined ? {} : { memoryFactor: factorOf(mem) }),
  };
}

type WrittenCause = Extract<NonNullable<CheckedSweepFile['retries']>, object>['on'];

function retryCauseOf(cause: NonNullable<WrittenCause>[number]): RetryCause {
  if (typeof cause === 'string') return cause;
  return { exit: typeof cause.exit === 'number' ? [cause.exit] : cause.exit };
}

function breakerOf(written: CheckedSweepFile['breaker']): number | null | undefined {
  if (written === true) return defaultBreaker;
  return written === false ? null : written;
}

function withoutUndefined(
  policy: {
    readonly [Key in keyof WrittenPolicy]: WrittenPolicy[Key] | undefined;
  },
): WrittenPolicy {
  return Object.fromEntries(Object.entries(policy).filter(([, value]) => value !== undefined));
}
