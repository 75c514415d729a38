import { resolve } from 'node:path';
import prettyMilliseconds from 'pretty-ms';
import { isOnCluster } from '../core/askSweep.ts';
import { bestRun, incompleteRuns } from '../core/bestRun.ts';
import { clockText, elapsedMs } from '../core/progressLine.ts';
import { runAt } from '../core/runTable.ts';
import { estimateRemaining } from '../core/statistics.ts';
import { openSweep } from '../core/sweepDirectory/readSweep.ts';
import type { SweepView } from '../core/sweepDirectory/sweepView.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import { countsText, failedRuns, firstFailedRuns } from './failedRuns.ts';
import { bestLines, incompleteLines } from './resultLines.ts';
import { countOf, paramsText } from './text.ts';

const mostFailuresShown = 100;

/** `multirun status DIR`: tells how a sweep stands or ended, whoever runs or ran it. */
export async function statusCommand(
  directory: string,
  { json }: { readonly json?: true },
): Promise<ExitCode> {
  const view = await openSweep(resolve(directory));
  for (const problem of view.problems) process.stderr.write(`multirun: ${problem}\n`);
  const now = Date.now();
  process.stdout.write(
    json ? `${JSON.stringify(statusData(view, now), undefined, 2)}\n` : statusText(view, now),
  );
  return exitCodes.good;
}

/** A sweep that somebody works on is running; one whose runs are all over has finished. */
function phaseOf(view: SweepView): 'running' | 'finished' | 'interrupted' {
  const { live, state } = view;
  if (live || (isOnCluster(view) && state.counts.pending + state.counts.running > 0)) return 'running';
  return state.counts.pending + state.counts.running === 0 ? 'finished' : 'interrupted';
}

function statusData(view: SweepView, now: number): unknown {
  const { directory, header, state, problems } = view;
  return {
    name: header.name,
    directory,
    phase: phaseOf(view),
    total: state.total,
    counts: state.counts,
    createdAt: header.createdAt,
    openedAt: isoTime(state.openedAt),
    closedAt: isoTime(state.closedAt),
    elapsedMs: elapsedMs(state, now) ?? null,
    remainingMs: view.live ? (estimateRemaining(state, now) ?? null) : null,
    running: state.running.map((id) => {
      const run = runAt(state.runs, id);
      return {
        run: id,
        directory: view.runDirectory(id),
        params: view.params(id),
        ...(run.status === 'running' ? { pid: run.pid, startedAt: isoTime(run.startedAt) } : {}),
      };
    }),
    metric: header.metric,
    best: bestData(view),
    incomplete: [...incompleteRuns(state)].map(({ run, problems: missing }) => ({
      run,
      directory: view.runDirectory(run),
      problems: missing,
    })),
    failed: [...failedRuns(state)].map(({ id, failure, reason }) => ({
      run: id,
      directory: view.runDirectory(id),
      params: view.params(id),
      message: reason,
      failure,
    })),
    problems,
  };
}

function bestData({ header, state, runDirectory, params }: SweepView): unknown {
  const best = header.metric && bestRun(state, header.metric);
  return best ? { ...best, directory: runDirectory(best.run), params: params(best.run) } : null;
}

function isoTime(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}

function statusText(view: SweepView, now: number): string {
  const { header, state } = view;
  const shown = firstFailedRuns(state, mostFailuresShown);
  const more = state.counts.failure - shown.length;
  const lines = [
    `${header.name}: ${phaseOf(view)}; ${countOf(state.total, 'run')}: ${countsText(state)}`,
    `  ${timesText(view, now)}`,
    `  ${view.directory}`,
    ...shown.map(({ id, reason }) => {
      const values = paramsText(view.params(id), header.varying);
      return `Run ${view.label(id)} failed: ${reason}${values === '' ? '' : ` (${values})`}`;
    }),
    ...(more > 0 ? [`… and ${more} more failed; --json lists all`] : []),
    ...incompleteLines(view),
    ...bestLines(view),
  ];
  return `${lines.join('\n')}\n`;
}

function timesText({ header, live, state }: SweepView, now: number): string {
  const created = new Date(header.createdAt).toLocaleString('sv-SE');
  // What was broken off has no end that anybody saw.
  const elapsed = live || state.closedAt !== undefined ? elapsedMs(state, now) : undefined;
  const left = live ? estimateRemaining(state, now) : undefined;
  return [
    `created ${created}`,
    ...(elapsed === undefined
      ? []
      : [live ? `running for ${prettyMilliseconds(elapsed)}` : `took ${prettyMilliseconds(elapsed)}`]),
    ...(left === undefined ? [] : [`${clockText(left, Math.ceil)} left`]),
  ].join(', ');
}
