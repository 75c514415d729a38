import type { SkipReason } from './event.ts';
import type { Failure } from './failure.ts';
import { describeFailure } from './failure.ts';
import { isComplete } from './run.ts';
import { type RunState, runAt } from './runTable.ts';
import type { SweepState } from './sweepState.ts';
import { unreachable } from './unreachable.ts';

/** What somebody wants of a sweep that nobody runs at the moment. */
export type Intent =
  /** That it goes on where its last writer left it: paused where it was paused, and nothing more where it was stopped. */
  | { readonly kind: 'take-up' }
  /** All of it: what succeeded or was skipped stays, the rest runs. */
  | { readonly kind: 'resume' }
  /** These runs once more, or for the first time; no others. */
  | { readonly kind: 'rerun'; readonly runs: readonly number[] | 'failed' | 'all' };

/** What becomes of a run, and why. */
export type Decision =
  | { readonly act: 'run'; readonly why: RunReason }
  | { readonly act: 'leave'; readonly why: LeaveReason };

/** Why a run will run. */
export type RunReason =
  | { readonly kind: 'pending' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'asked' };

/** Why a run is left as it is. */
export type LeaveReason =
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'skipped'; readonly why: SkipReason }
  /** It has a living process, which is watched to its end. */
  | { readonly kind: 'running' }
  /** It is pending, and was not asked for. */
  | { readonly kind: 'not-asked' }
  /** It is pending, and the sweep was being stopped. */
  | { readonly kind: 'stopped' };

/** Makes the function that tells what becomes of each run. `state` is the sweep's once stock has been taken of it. */
export function decider(intent: Intent, state: SweepState): (run: number) => Decision {
  switch (intent.kind) {
    case 'take-up':
      return takeUp(state);
    case 'resume':
      return resume(state);
    case 'rerun':
      return rerun(intent.runs, state);
    default:
      return unreachable(intent);
  }
}

function takeUp(state: SweepState): (run: number) => Decision {
  const wanted = state.wanted && new Set(state.wanted);
  const isOver = state.phase === 'stopping' || state.phase === 'closed';
  return (run) => {
    const known = runAt(state.runs, run);
    if (known.status !== 'pending') return leave(known);
    if (isOver) return { act: 'leave', why: { kind: 'stopped' } };
    if (wanted && !wanted.has(run)) return { act: 'leave', why: { kind: 'not-asked' } };
    return { act: 'run', why: { kind: 'pending' } };
  };
}

function resume(state: SweepState): (run: number) => Decision {
  return (run) => {
    const known = runAt(state.runs, run);
    if (known.status === 'pending') return { act: 'run', why: { kind: 'pending' } };
    if (known.status === 'failure') return { act: 'run', why: { kind: 'failed', failure: known.failure } };
    return leave(known);
  };
}

function rerun(runs: readonly number[] | 'failed' | 'all', state: SweepState): (run: number) => Decision {
  const asked = typeof runs === 'string' ? undefined : new Set(runs);
  const isAsked = (run: number, known: RunState): boolean => {
    if (asked) return asked.has(run);
    if (runs === 'failed') return known.status === 'failure';
    // What the sweep file itself leaves out is no part of all.
    return known.status !== 'skipped' || known.why === 'cancelled';
  };
  return (run) => {
    const known = runAt(state.runs, run);
    if (!isAsked(run, known) || known.status === 'running') return leave(known);
    if (known.status === 'failure') return { act: 'run', why: { kind: 'failed', failure: known.failure } };
    return { act: 'run', why: { kind: known.status === 'pending' ? 'pending' : 'asked' } };
  };
}

function leave(known: RunState): Decision {
  switch (known.status) {
    case 'pending':
      return { act: 'leave', why: { kind: 'not-asked' } };
    case 'running':
      return { act: 'leave', why: { kind: 'running' } };
    case 'success':
      return { act: 'leave', why: { kind: 'succeeded' } };
    case 'failure':
      return { act: 'leave', why: { kind: 'failed', failure: known.failure } };
    case 'skipped':
      return { act: 'leave', why: { kind: 'skipped', why: known.why } };
    default:
      return unreachable(known);
  }
}

/** A decision in a few words: "runs: not started yet", "stays: succeeded". */
export function describeDecision(decision: Decision): string {
  return decision.act === 'run' ? `runs: ${runReason(decision.why)}` : `stays: ${leaveReason(decision.why)}`;
}

function runReason(why: RunReason): string {
  switch (why.kind) {
    case 'pending':
      return 'not started yet';
    case 'failed':
      return `failed: ${describeFailure(why.failure)}`;
    case 'asked':
      return 'asked for';
    default:
      return unreachable(why);
  }
}

function leaveReason(why: LeaveReason): string {
  switch (why.kind) {
    case 'succeeded':
      return 'succeeded';
    case 'failed':
      return `failed: ${describeFailure(why.failure)}`;
    case 'skipped':
      return `skipped: ${skipReason(why.why)}`;
    case 'running':
      return 'is running';
    case 'not-asked':
      return 'not started yet, and not asked for';
    case 'stopped':
      return 'not started yet, and the sweep was stopped';
    default:
      return unreachable(why);
  }
}

function skipReason(why: SkipReason): string {
  switch (why) {
    case 'cancelled':
      return 'cancelled before it started';
    case 'excluded':
      return 'excluded by the sweep file';
    case 'removed':
      return 'removed from the sweep file';
    default:
      return unreachable(why);
  }
}

/** Whether a run has to be asked for anew before it can run. */
export function needsRequeue(state: SweepState, run: number): boolean {
  return isComplete(runAt(state.runs, run).status);
}
