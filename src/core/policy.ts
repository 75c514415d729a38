import type { Failure } from './failure.ts';

/**
 * What happens to the runs of a sweep while it is carried: when one is ended, when it gets another attempt, and when nothing
 * more is started. Everything in it can be written as JSON; it is kept with the sweep, so that a sweep that is taken up
 * later goes on under the same rules.
 */
export interface Policy {
  /** How long an attempt may take; null for as long as it likes. */
  readonly timeout: Timeout | null;
  /** How long the processes of a run that is ended have between SIGTERM and SIGKILL, in ms. */
  readonly gracePeriodMs: number;
  readonly retries: Retries | null;
  /** When to start nothing more; null for never. */
  readonly halt: HaltRule | null;
  /** After how many runs that all fail quickly, and in the same way, to pause and ask; null for never. */
  readonly breaker: number | null;
  /** The runs that have to succeed before any other starts: their ids. */
  readonly canary: readonly number[];
  /** Nothing is started with less free space than this on the sweep's disk; null for the default, 0 for no limit. */
  readonly minFreeDiskBytes: number | null;
  /** Nothing is started with less available memory than this; null for no limit. */
  readonly minFreeMemoryBytes: number | null;
  /** Nothing is started while the machine has as much to do as this; null for no limit. */
  readonly maxLoad: MaxLoad | null;
  /** Time between two starts at least, in ms. */
  readonly delayMs: number;
  /** By how much runs yield to other processes: 0 to 19, as nice(1) has it. */
  readonly nice: number;
}

/** A time, or a share of the median duration of the sweep's successful runs so far. */
export type Timeout = { readonly ms: number } | { readonly percentOfMedian: number };

/** When a run that failed gets another attempt. */
export interface Retries {
  /** How many more attempts it gets. */
  readonly max: number;
  /** Time before the first of them, in ms. */
  readonly delayMs: number;
  /** What that time is multiplied with for each further one. */
  readonly backoff: number;
  /** For which failures. */
  readonly on: readonly RetryCause[];
  /** What the time that a cluster gives a run is multiplied with for each attempt after a timeout. Default 1. */
  readonly timeFactor?: number | undefined;
  /** What the memory that a cluster gives a run is multiplied with for each attempt after it was short. Default 1. */
  readonly memoryFactor?: number | undefined;
}

/** The kinds of failure that can be tried again, as sweep files call them; `exit` is any exit code. */
export const retryCauseNames = [
  'timeout',
  'signal',
  'exit',
  'out_of_memory',
  'spawn_error',
  'node_fail',
  'preempted',
  'lost',
] as const;

/** A kind of failure that is tried again: by its reason, or certain exit codes. */
export type RetryCause = (typeof retryCauseNames)[number] | { readonly exit: readonly number[] };

/** When to start nothing more, as GNU parallel's `--halt` has it. */
export interface HaltRule {
  /** `soon` lets running runs finish, `now` ends them too. */
  readonly when: 'soon' | 'now';
  /** Which ends are counted. */
  readonly why: 'fail' | 'success' | 'done';
  readonly limit: Amount;
}

/** A number of runs, or a share of those that are wanted. */
export type Amount = { readonly count: number } | { readonly percent: number };

/** Processes that run or wait for a processor: a number, or a share of the number of processors. */
export type MaxLoad = { readonly load: number } | { readonly percentOfProcessors: number };

/** After so many first failures of one kind a sweep is most likely wrong as a whole. */
export const defaultBreaker = 10;

/** Long enough to write a checkpoint, short enough to wait for. */
export const defaultGracePeriodMs = 5000;

/** What is tried again unless a file says otherwise. A program that is not there will not be there a moment later either. */
export const defaultRetryCauses: readonly RetryCause[] = retryCauseNames.filter(
  (name) => name !== 'spawn_error',
);

/** No rules: every wanted run gets one attempt, as soon as there is a place for it. */
export const plainPolicy: Policy = {
  timeout: null,
  gracePeriodMs: defaultGracePeriodMs,
  retries: null,
  halt: null,
  breaker: null,
  canary: [],
  minFreeDiskBytes: null,
  minFreeMemoryBytes: null,
  maxLoad: null,
  delayMs: 0,
  nice: 0,
};

/** A halt rule as people write it: "soon,fail=3", "now,fail=10%". */
export function haltRuleText({ when, why, limit }: HaltRule): string {
  return `${when},${why}=${'count' in limit ? limit.count : `${limit.percent}%`}`;
}

/** Whether an attempt failed by itself. What a person, or the sweep's own rules, ended says nothing about the program. */
export function failedByItself({ reason }: Failure): boolean {
  return reason !== 'cancelled' && reason !== 'halted';
}
