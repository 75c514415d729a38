import { t } from '@vscode/l10n';
import { isOnCluster } from '../../core/askSweep.ts';
import { bestRun } from '../../core/bestRun.ts';
import { describeFailure } from '../../core/failure.ts';
import type { ParamMap, RunStatus } from '../../core/run.ts';
import { goesOnAlone } from '../../core/runner/goesOnAlone.ts';
import { type RunState, runAt } from '../../core/runTable.ts';
import type { SweepHeader } from '../../core/sweepDirectory/header.ts';
import { durationOf, type SweepState } from '../../core/sweepState.ts';
import { unreachable } from '../../core/unreachable.ts';
import { formatDuration, formatMoment, formatParams, formatValue, oneLine } from '../text/format.ts';
import { pauseText } from '../text/pauseText.ts';
import type { StatusCounts } from './ranges.ts';

/** A codicon and the theme colour that it takes. */
export interface Icon {
  readonly icon: string;
  readonly color?: string;
}

/** The icon of a run. */
export function runIcon(run: RunState): Icon {
  if (isIncomplete(run)) return { icon: 'warning', color: 'list.warningForeground' };
  if (run.status !== 'failure') return statusIcon(run.status);
  switch (run.failure.reason) {
    case 'exit-code':
    case 'signal':
    case 'timeout':
    case 'out-of-memory':
    case 'node-failed':
    case 'preempted':
    case 'spawn-error':
      return statusIcon('failure');
    case 'cancelled':
    case 'halted':
      return { icon: 'circle-slash', color: 'testing.iconFailed' };
    case 'lost':
      return { icon: 'question', color: 'testing.iconFailed' };
    default:
      return unreachable(run.failure);
  }
}

/** Whether a run succeeded, but has not all the results that the sweep file asks for. */
function isIncomplete(run: RunState): boolean {
  return run.status === 'success' && run.problems !== undefined;
}

function statusIcon(status: RunStatus): Icon {
  switch (status) {
    case 'pending':
      return { icon: 'circle-large-outline', color: 'testing.iconUnset' };
    case 'running':
      return { icon: 'sync~spin', color: 'testing.iconQueued' };
    case 'success':
      return { icon: 'pass', color: 'testing.iconPassed' };
    case 'failure':
      return { icon: 'error', color: 'testing.iconFailed' };
    case 'skipped':
      return { icon: 'debug-step-over', color: 'testing.iconSkipped' };
    default:
      return unreachable(status);
  }
}

/** The icon of many runs together: what is going on first, then what went wrong. */
export function countsIcon(counts: StatusCounts, live: boolean): Icon {
  if (counts.running > 0) return statusIcon('running');
  if (counts.failure > 0) return statusIcon('failure');
  if (counts.pending > 0)
    return live ? statusIcon('pending') : { icon: 'debug-pause', color: 'testing.iconUnset' };
  return counts.success > 0 ? statusIcon('success') : statusIcon('skipped');
}

/** The icon of a sweep: that it is paused is what a person can do something about. */
export function sweepIcon({ counts, paused }: SweepState, live: boolean): Icon {
  return live && paused !== undefined
    ? { icon: 'debug-pause', color: 'list.warningForeground' }
    : countsIcon(counts, live);
}

/** Counts in words, without those that are zero and without successes: "12/24 · 1 failed · 3 running". */
export function countsText(counts: StatusCounts): string {
  const words = progressWords(counts);
  if (counts.running > 0) words.push(t('{0} running', counts.running));
  return words.join(' · ');
}

function progressWords(counts: StatusCounts): string[] {
  const total = counts.pending + counts.running + counts.success + counts.failure + counts.skipped;
  const complete = counts.success + counts.failure + counts.skipped;
  const words = [complete === total ? runsText(total) : `${complete}/${total}`];
  if (counts.failure > 0) words.push(t('{0} failed', counts.failure));
  if (counts.skipped > 0) words.push(t('{0} skipped', counts.skipped));
  return words;
}

/** "1 run", "24 runs". */
export function runsText(count: number): string {
  return count === 1 ? t('1 run') : t('{0} runs', count.toLocaleString('en'));
}

/** What a sweep is at this moment, as far as its row needs to know. */
export interface SweepFacts {
  readonly header: SweepHeader;
  readonly state: SweepState;
  readonly live: boolean;
}

/** The sweep's progress and when it was started. */
export function sweepDescription({ header, state, live }: SweepFacts, now: Date, locale: string): string {
  const words = progressWords(state.counts);
  if (live && state.paused !== undefined) words.push(pauseText(state.paused));
  if (live && state.phase === 'stopping') words.push(t('stopping'));
  if (state.halted !== undefined) words.push(t('halted by {0}', state.halted));
  if (live ? goesOnAlone(header.runner.type) : isOnCluster({ header, state, live }))
    words.push(t('on Slurm'));
  else if (!live && state.counts.pending > 0) words.push(t('stopped'));
  words.push(formatMoment(new Date(header.createdAt), now, locale));
  return words.join(' · ');
}

/**
 * The parameters that vary, and how long it took. Why a run did not succeed, where it runs or why it waits (`place`) stands in front
 * of them, where a narrow side bar does not cut it off.
 */
export function runDescription(
  header: SweepHeader,
  run: RunState,
  params: ParamMap,
  now: number,
  place = '',
): string {
  const words = [
    runReason(run),
    place,
    formatParams(params, header.varying),
    metricText(header, run),
    runTime(run, now),
  ];
  return words.filter((part) => part !== '').join(' · ');
}

function metricText({ metric }: Pick<SweepHeader, 'metric'>, run: RunState): string {
  if (metric === null || !('metric' in run) || run.metric === undefined) return '';
  return `${oneLine(metric.name, 40)} = ${formatValue(run.metric)}`;
}

/** The run with the best value of the sweep's metric: "Best: run 07 · loss = 0.12 · lr=0.1"; empty while there is none. */
export function bestText(
  { header, state }: Pick<SweepFacts, 'header' | 'state'>,
  label: (run: number) => string,
  params: (run: number) => ParamMap,
): string {
  const best = header.metric && bestRun(state, header.metric);
  if (!best) return '';
  const words = [
    t('Best: run {0}', label(best.run)),
    metricText(header, runAt(state.runs, best.run)),
    formatParams(params(best.run), header.varying),
  ];
  return words.filter((part) => part !== '').join(' · ');
}

/** How a run ended, or how long it has been running; `place` is where it runs, or why it waits. */
export function runOutcome(run: RunState, now: number, place = ''): string {
  return [runReason(run), place, runTime(run, now)].filter((part) => part !== '').join(' · ');
}

/** Why a run failed or was left out; empty for any other. */
export function runReason(run: RunState): string {
  if (run.status === 'failure') return oneLine(describeFailure(run.failure), 120);
  if (isIncomplete(run)) return t('results missing');
  if (run.status === 'pending' && run.lastFailure !== undefined) {
    const failure = oneLine(describeFailure(run.lastFailure), 120);
    return run.retryAt === undefined
      ? t('attempt {0}: {1}', run.attempts, failure)
      : t('waits for attempt {0}: {1}', run.attempts + 1, failure);
  }
  if (run.status !== 'skipped') return '';
  switch (run.why) {
    case 'cancelled':
      return t('cancelled before it started');
    case 'excluded':
      return t('excluded by the sweep file');
    case 'removed':
      return t('removed from the sweep file');
    default:
      return unreachable(run.why);
  }
}

/** How long a run took, or has been running, and which attempt it is after the first. */
export function runTime(run: RunState, now: number): string {
  const duration = durationOf(run, now);
  const words: string[] = [];
  if (duration !== undefined) {
    words.push(run.status === 'running' ? clockOfRunning(duration) : formatDuration(duration));
  }
  if (run.attempts > 1) words.push(t('attempt {0}', run.attempts));
  return words.filter((word) => word !== '').join(' · ');
}

// Whole seconds: a running run is drawn again each second, and tenths would only flicker.
function clockOfRunning(duration: number): string {
  return duration < 1000 ? '' : formatDuration(Math.floor(duration / 1000) * 1000);
}

/** A status in a person's language. */
export function statusText(status: RunStatus): string {
  switch (status) {
    case 'pending':
      return t('pending');
    case 'running':
      return t('running');
    case 'success':
      return t('success');
    case 'failure':
      return t('failure');
    case 'skipped':
      return t('skipped');
    default:
      return unreachable(status);
  }
}
