import type {
  RunFailed,
  RunRequeued,
  RunSkipped,
  RunStarted,
  RunSucceeded,
  RunsSubmitted,
  SweepEvent,
  SweepExtended,
  WriterIdentity,
} from './event.ts';
import { type Job, withJob } from './job.ts';
import { countOutcome, noOutcomes, type Outcomes } from './outcomes.ts';
import type { PauseReason } from './pauseReason.ts';
import type { ResultsNote } from './resultsNote.ts';
import type { RunStatus } from './run.ts';
import { emptyRunTable, type RunState, type RunTable, runAt, type Unseen, withRun } from './runTable.ts';
import { unreachable } from './unreachable.ts';

/** Whether somebody works on the sweep, as far as the journal tells. */
export type SweepPhase = 'planned' | 'running' | 'stopping' | 'closed';

/** Everything that the journal of a sweep tells. */
export interface SweepState {
  readonly phase: SweepPhase;
  /** How many runs the sweep has. */
  readonly total: number;
  /** How many it had when it was created: this decides how wide the names of run directories are, and stays. */
  readonly createdTotal: number;
  /** Which version of its sweep file counts: 1 until it is extended. */
  readonly revision: number;
  /** How many runs may run at the same time. */
  readonly maxParallel: number;
  /** Why nothing is started for now; the phase stays `running`. */
  readonly paused: PauseReason | undefined;
  /** The `halt` rule that came true since the sweep was last opened. */
  readonly halted: string | undefined;
  readonly runs: RunTable;
  /** How many runs have each status; the sum is `total`. */
  readonly counts: Readonly<Record<RunStatus, number>>;
  /** Who wrote it last; undefined where nobody has, or a first version did. */
  readonly writer: WriterIdentity | undefined;
  /** On whose behalf it was last written. */
  readonly owner: string | undefined;
  /** The runs that its last writer was to run; undefined where these are all that are pending. */
  readonly wanted: readonly number[] | undefined;
  /** Whether what runs is being terminated; only while the phase is `stopping`. */
  readonly terminating: boolean;
  /** When the sweep was last opened; milliseconds since the epoch. */
  readonly openedAt: number | undefined;
  /** When it was last closed. */
  readonly closedAt: number | undefined;
  /** The runs that ended since the sweep was last opened: how many, and the sum of their durations in ms. */
  readonly ended: { readonly count: number; readonly durationMs: number };
  /** The jobs of a cluster that were submitted and may still be there, in that order; empty when the sweep is closed. */
  readonly jobs: readonly Job[];
  /**
   * How many runs have ended for good since somebody last began with the sweep, whoever has carried it since: what the rules
   * of its policy count. What a person or a rule ended is no failure here, nor is what gets another attempt.
   */
  readonly outcomes: Outcomes;
  /** Ids of the runs that are running, in the order in which they started. */
  readonly running: readonly number[];
}

/** A sweep of `total` runs to which nothing has happened yet. */
export function plannedSweep(total: number): SweepState {
  return {
    phase: 'planned',
    total,
    createdTotal: total,
    revision: 1,
    maxParallel: 1,
    paused: undefined,
    halted: undefined,
    runs: emptyRunTable,
    counts: { skipped: 0, pending: total, running: 0, success: 0, failure: 0 },
    writer: undefined,
    owner: undefined,
    wanted: undefined,
    terminating: false,
    openedAt: undefined,
    closedAt: undefined,
    ended: { count: 0, durationMs: 0 },
    outcomes: noOutcomes,
    jobs: [],
    running: [],
  };
}

/**
 * The one reducer: what a sweep is after one more event. Pure; the only code that derives state from events.
 * An event that contradicts the state (a run that ends without having started) is taken at its word, since the journal
 * is the only truth; an event about a run outside the plan changes nothing.
 */
export function applyEvent(state: SweepState, event: SweepEvent): SweepState {
  return apply(state, event);
}

/**
 * The same for a series of events, without copying for each of them what the one before has copied. What the function returns
 * is the state to call it with next; only the last one may be kept.
 */
export function applyingMany(): (state: SweepState, event: SweepEvent) => SweepState {
  const unseen: Unseen = new Set();
  return (state, event) => apply(state, event, unseen);
}

function apply(state: SweepState, event: SweepEvent, unseen?: Unseen): SweepState {
  if (event.type === 'sweep') {
    switch (event.reason) {
      case 'opened':
        return {
          ...state,
          phase: 'running',
          maxParallel: event.maxParallel,
          paused: undefined,
          halted: undefined,
          writer: event.writer,
          owner: event.owner,
          wanted: event.wanted,
          terminating: false,
          openedAt: event.at,
          closedAt: undefined,
          ended: { count: 0, durationMs: 0 },
          outcomes: event.continues === true ? state.outcomes : noOutcomes,
        };
      case 'paused':
        return { ...state, paused: event.why };
      case 'resumed':
        return { ...state, paused: undefined };
      case 'max-parallel':
        return { ...state, maxParallel: event.maxParallel };
      case 'halted':
        return { ...state, phase: 'stopping', paused: undefined, halted: event.rule };
      case 'extended':
        return extended(state, event);
      case 'stopping':
        return { ...state, phase: 'stopping', paused: undefined, terminating: event.terminates === true };
      case 'closed':
        return {
          ...state,
          phase: 'closed',
          terminating: false,
          paused: undefined,
          closedAt: event.at,
          jobs: [],
        };
      default:
        return unreachable(event);
    }
  }
  if (event.type === 'submitted') return submitted(state, event);
  if (!(event.run >= 0 && event.run < state.total)) return state;
  const before = runAt(state.runs, event.run);
  if (event.type === 'ending') {
    if (before.status !== 'running') return state;
    return { ...state, runs: withRun(state.runs, event.run, { ...before, ending: event.ending }, unseen) };
  }
  const onCluster = state.jobs.length > 0;
  const next = nextRun(before, event, onCluster);
  const isNewlyWanted = event.type === 'requeued' && event.why === 'asked' && state.wanted !== undefined;
  const wanted = isNewlyWanted ? [...(state.wanted ?? []), event.run] : state.wanted;
  const outcomes = countOutcome(state.outcomes, event);
  return { ...state, ...replaceRun(state, event.run, before, next, unseen), outcomes, wanted };
}

function submitted(state: SweepState, event: RunsSubmitted): SweepState {
  let { runs } = state;
  for (const [first, last] of event.runs) {
    for (let id = first; id <= Math.min(last, state.total - 1); id++) {
      const run = runAt(runs, id);
      if (run.status !== 'pending' || !run.unsubmitted) continue;
      const { unsubmitted: _, ...rest } = run;
      runs = withRun(runs, id, rest);
    }
  }
  return { ...state, runs, jobs: withJob(state.jobs, event) };
}

function extended(state: SweepState, { total, revision }: SweepExtended): SweepState {
  const more = Math.max(0, total - state.total);
  const counts = { ...state.counts, pending: state.counts.pending + more };
  return { ...state, total: state.total + more, revision, counts };
}

function nextRun(
  before: RunState,
  event: RunStarted | RunSucceeded | RunFailed | RunSkipped | RunRequeued,
  onCluster: boolean,
): RunState {
  switch (event.type) {
    case 'started':
      return {
        status: 'running',
        attempts: event.attempt,
        startedAt: event.at,
        pid: event.pid,
        slot: event.slot,
        ...(event.ticks === undefined ? {} : { ticks: event.ticks }),
        ...retriedOf(before),
        ...(event.job === undefined ? {} : { job: event.job }),
        ...(event.node === undefined ? {} : { node: event.node }),
      };
    case 'succeeded':
      return {
        status: 'success',
        attempts: before.attempts,
        startedAt: startOf(before) ?? event.at,
        endedAt: event.at,
        ...noteOf(event),
      };
    case 'failed':
      return {
        status: 'failure',
        attempts: before.attempts,
        startedAt: startOf(before),
        endedAt: event.at,
        failure: event.failure,
        ...retriedOf(before),
        ...noteOf(event),
      };
    case 'skipped':
      return { status: 'skipped', attempts: before.attempts, why: event.why };
    case 'requeued':
      return {
        status: 'pending',
        attempts: before.attempts,
        ...(before.status === 'failure' ? { lastFailure: before.failure } : {}),
        ...(onCluster && event.why !== 'cluster' ? { unsubmitted: true } : {}),
        ...requeuedAs(event, before),
      };
    default:
      return unreachable(event);
  }
}

function requeuedAs({ why, at, delayMs = 0 }: RunRequeued, before: RunState): object {
  switch (why) {
    case 'retry':
      return { retryAt: at + delayMs, retried: retriesOf(before) + 1 };
    case 'halted':
    case 'cluster':
      return retriedOf(before);
    case 'asked':
      return {};
    default:
      return unreachable(why);
  }
}

/** How many attempts a run has had by its rule for retries, since somebody last asked for it. */
export function retriesOf(run: RunState): number {
  return 'retried' in run ? (run.retried ?? 0) : 0;
}

function retriedOf(run: RunState): { readonly retried?: number } {
  const retried = retriesOf(run);
  return retried === 0 ? {} : { retried };
}

/** What was measured and found at the end of an attempt. */
function noteOf({
  usage,
  metric,
  problems,
}: RunSucceeded | RunFailed): Pick<RunSucceeded, 'usage'> & ResultsNote {
  return {
    ...(usage === undefined ? {} : { usage }),
    ...(metric === undefined ? {} : { metric }),
    ...(problems === undefined ? {} : { problems }),
  };
}

function startOf(run: RunState): number | undefined {
  return run.status === 'running' ? run.startedAt : undefined;
}

function replaceRun(
  state: SweepState,
  id: number,
  before: RunState,
  after: RunState,
  unseen: Unseen | undefined,
): Pick<SweepState, 'runs' | 'counts' | 'running' | 'ended'> {
  const counts = { ...state.counts };
  counts[before.status] -= 1;
  counts[after.status] += 1;
  let running = state.running;
  if (before.status === 'running') running = running.filter((other) => other !== id);
  if (after.status === 'running') running = [...running, id];
  const duration = durationOf(
    after,
    after.status === 'success' || after.status === 'failure' ? after.endedAt : 0,
  );
  const ended =
    before.status === 'running' && duration !== undefined && after.status !== 'running'
      ? { count: state.ended.count + 1, durationMs: state.ended.durationMs + duration }
      : state.ended;
  return { runs: withRun(state.runs, id, after, unseen), counts, running, ended };
}

/** How long the run's last process took, or has taken until `now`, in ms; undefined where none was started. */
export function durationOf(run: RunState, now: number): number | undefined {
  switch (run.status) {
    case 'running':
      // A clock may be set back.
      return Math.max(0, now - run.startedAt);
    case 'success':
      return Math.max(0, run.endedAt - run.startedAt);
    case 'failure':
      return run.startedAt === undefined ? undefined : Math.max(0, run.endedAt - run.startedAt);
    case 'pending':
    case 'skipped':
      return undefined;
    default:
      return unreachable(run);
  }
}
