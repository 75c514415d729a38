import { t } from '@vscode/l10n';
import { estimateRemaining } from '../../core/statistics.ts';
import type { SweepState } from '../../core/sweepState.ts';
import { escapeIcons, formatClock, formatDuration, oneLine } from './format.ts';
import { pauseText } from './pauseText.ts';

/** A sweep, as far as the status bar needs to know. */
export interface NamedSweep {
  readonly name: string;
  readonly state: SweepState;
  /** Whether a cluster decides when its runs start. */
  readonly isOnCluster?: boolean;
}

/** The status bar while sweeps are live: one by its name, several added up. `waiting` sweeps have not begun. */
export function progressText(live: readonly NamedSweep[], waiting: number, now: number): string {
  const [first] = live;
  const sum = (count: (state: SweepState) => number) =>
    live.reduce((total, { state }) => total + count(state), 0);
  const words: string[] = [];
  if (first !== undefined) {
    const name = live.length === 1 ? sweepName(first.name) : t('{0} sweeps', live.length);
    words.push(`${name} ${sum(completeCount)}/${sum((state) => state.total)}`);
    const failed = sum((state) => state.counts.failure);
    if (failed > 0) words.push(t('{0} failed', failed));
    words.push(...remainingText(live, now));
  }
  if (waiting > 0) words.push(t('{0} waiting', waiting));
  const isPaused = live.length > 0 && live.every(({ state }) => state.paused !== undefined);
  return `$(${isPaused ? 'debug-pause' : 'sync~spin'}) ${words.join(' · ')}`;
}

function remainingText(live: readonly NamedSweep[], now: number): string[] {
  if (live.every(({ state }) => state.phase === 'stopping')) return [t('stopping')];
  const [only] = live;
  if (live.length === 1 && only?.state.paused !== undefined)
    return [escapeIcons(pauseText(only.state.paused))];
  if (live.every(({ state }) => state.paused !== undefined)) return [t('paused')];
  // When a cluster will have the time, nobody knows here.
  if (live.some((sweep) => sweep.isOnCluster)) return [clusterText(live)];
  const remaining = live.map(({ state }) => estimateRemaining(state, now));
  const longest = Math.max(...remaining.map((ms) => ms ?? 0));
  // A sweep that cannot be estimated yet makes the estimate of the others a lie.
  const known = live.every(
    ({ state }, index) => remaining[index] !== undefined || state.phase === 'stopping',
  );
  return known ? [t('{0} left', formatClock(longest))] : [];
}

function clusterText(live: readonly NamedSweep[]): string {
  const running = live.reduce((sum, { state }) => sum + state.counts.running, 0);
  return running === 0 ? t('waits in the queue') : t('{0} running', running);
}

/** The status bar after a sweep has ended. */
export function outcomeText({ name, state }: NamedSweep): string {
  const { failure, success } = state.counts;
  const icon = failure > 0 ? 'error' : success === state.total ? 'pass' : 'debug-pause';
  const words = [`${sweepName(name)} ${completeCount(state)}/${state.total}`];
  if (failure > 0) words.push(t('{0} failed', failure));
  if (state.counts.skipped > 0) words.push(t('{0} skipped', state.counts.skipped));
  return `$(${icon}) ${words.join(' · ')}`;
}

/** What a notification says when a sweep has ended. */
export function endedMessage({ name, state }: NamedSweep): string {
  const { failure, success, pending, skipped } = state.counts;
  const took =
    state.openedAt !== undefined && state.closedAt !== undefined ? state.closedAt - state.openedAt : 0;
  const sweep = oneLine(name, 60);
  const time = formatDuration(took);
  if (failure === 0 && pending === 0 && skipped === 0) {
    return success === 1
      ? t('{0}: the run succeeded in {1}.', sweep, time)
      : t('{0}: all {1} runs succeeded in {2}.', sweep, success, time);
  }
  const words = [t('{0} succeeded', success)];
  if (failure > 0) words.push(t('{0} failed', failure));
  if (skipped > 0) words.push(t('{0} skipped', skipped));
  if (pending > 0) words.push(t('{0} not started', pending));
  return t('{0}: {1} of {2} runs, after {3}.', sweep, words.join(', '), state.total, time);
}

function completeCount({ counts }: SweepState): number {
  return counts.success + counts.failure + counts.skipped;
}

function sweepName(name: string): string {
  return escapeIcons(oneLine(name, 40));
}
