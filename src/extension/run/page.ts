import { t } from '@vscode/l10n';
import { flatten } from '../../core/flatten.ts';
import type { ParamMap } from '../../core/run.ts';
import { commandLine } from '../../core/runner/commandLine.ts';
import { type RunState, runAt } from '../../core/runTable.ts';
import { runNames } from '../../core/sweepDirectory/layout.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { unreachable } from '../../core/unreachable.ts';
import { formatDuration, formatSize, oneLine } from '../text/format.ts';
import { messageOf } from '../text/messageOf.ts';
import { runReason, runTime, statusText } from '../tree/labels.ts';
import { commandFor } from './commandFor.ts';
import type { ActionButton, EarlierAttempt, Entry, PageError, RunPage } from './protocol.ts';

const longestValue = 5000;

/** What the page needs beside the sweep itself. */
export interface PageSource {
  readonly view: SweepView;
  readonly run: number;
  /** How each earlier attempt ended, by the file that it left: from the first on. */
  readonly earlier: readonly string[];
  readonly error: PageError | undefined;
  /** Whether this window may start and cancel runs of the sweep. */
  readonly isStartable: boolean;
  readonly isOurs: boolean;
  /** Where it runs, or why it waits; empty where there is nothing to tell. */
  readonly place: string;
  readonly now: number;
  readonly locale: string;
}

/** Puts together what the page of a run shows. Reads the run's results. */
export async function runPage(source: PageSource): Promise<RunPage> {
  const { view, run, error, now, place } = source;
  const state = runAt(view.state.runs, run);
  const params = view.params(run);
  const { results, noResults } = await resultsOf(view, run, state);
  return {
    sweep: view.header.name,
    label: view.label(run),
    status: state.status,
    statusText: statusText(state.status),
    reason: [runReason(state), place].filter((words) => words !== '').join(' · '),
    summary: runTime(state, now),
    error,
    ...dividedParams(params, view.header.varying),
    results,
    noResults,
    times: times(state, source),
    attempts: attempts(source),
    ...commandParts(view, run),
    actions: actions(state, source),
  };
}

/** Parameters that differ within the sweep, and those that are the same in all runs. */
function dividedParams(params: ParamMap, varying: readonly string[]): Pick<RunPage, 'varying' | 'common'> {
  const differs = (name: string) => varying.some((one) => name === one || name.startsWith(`${one}.`));
  const entries = entriesOf(params);
  return {
    varying: entries.filter(({ name }) => differs(name)),
    common: entries.filter(({ name }) => !differs(name)),
  };
}

function commandParts(view: SweepView, run: number): Pick<RunPage, 'commandLine' | 'environment'> {
  try {
    const { argv, env } = commandFor(view, run);
    return { commandLine: commandLine(argv), environment: entriesOf(env) };
  } catch (error) {
    return { commandLine: messageOf(error), environment: [] };
  }
}

async function resultsOf(
  view: SweepView,
  run: number,
  { status }: RunState,
): Promise<Pick<RunPage, 'results' | 'noResults'>> {
  try {
    const results = entriesOf(await view.results(run));
    if (results.length > 0) return { results, noResults: '' };
  } catch (error) {
    return { results: [], noResults: t('{0} cannot be read: {1}', runNames.results, messageOf(error)) };
  }
  const isOver = status === 'success' || status === 'failure';
  return {
    results: [],
    noResults: isOver ? t('The run handed nothing back.') : t('The run has handed nothing back yet.'),
  };
}

function entriesOf(values: unknown): Entry[] {
  return [...flatten(values)].map(([name, value]) => ({ name, value: shown(value) }));
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

function times(state: RunState, { view, now, locale }: PageSource): Entry[] {
  const moment = (at: number) =>
    new Date(at).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const entry = (name: string, value: string): Entry => ({ name, value });
  const attempt = (count: number) => (count > 1 ? [entry(t('Attempt'), String(count))] : []);
  switch (state.status) {
    case 'pending':
    case 'skipped':
      return attempt(state.attempts);
    case 'running':
      return [
        entry(t('Started'), moment(state.startedAt)),
        entry(t('Running for'), formatDuration(Math.floor((now - state.startedAt) / 1000) * 1000)),
        ...attempt(state.attempts),
        ...(state.job === undefined ? [] : [entry(t('Job'), state.job)]),
        entry(t('Process'), t('{0} on {1}', state.pid, processHost(state, view))),
      ];
    case 'success':
    case 'failure':
      return [
        ...(state.startedAt === undefined ? [] : [entry(t('Started'), moment(state.startedAt))]),
        entry(t('Ended'), moment(state.endedAt)),
        ...(state.startedAt === undefined
          ? []
          : [entry(t('Took'), formatDuration(state.endedAt - state.startedAt))]),
        ...(state.usage?.cpuMs === undefined
          ? []
          : [entry(t('CPU time'), formatDuration(state.usage.cpuMs))]),
        ...(state.usage?.peakMemoryBytes === undefined
          ? []
          : [entry(t('Peak memory'), formatSize(state.usage.peakMemoryBytes))]),
        ...attempt(state.attempts),
      ];
    default:
      return unreachable(state);
  }
}

/** The machine that a process id is of: where another machine only runs the program, it is of the process that reached it. */
function processHost(
  { node, job }: { readonly node?: string | undefined; readonly job?: string | undefined },
  { header }: SweepView,
): string {
  return (job === undefined ? undefined : node) ?? header.provenance.host;
}

function attempts({ earlier }: PageSource): EarlierAttempt[] {
  return earlier
    .map((exit, index) => {
      const folder = `${runNames.attempts}/${index + 1}`;
      return {
        title: t('Attempt {0}', index + 1),
        outcome: oneLine(exit, 60),
        logs: [runNames.stdout, runNames.stderr].map((name) => ({ title: name, file: `${folder}/${name}` })),
      };
    })
    .reverse();
}

function actions({ status }: RunState, { isStartable, isOurs }: PageSource): ActionButton[] {
  const isOver = status === 'success' || status === 'failure' || status === 'skipped';
  const started = status === 'running' || status === 'success' || status === 'failure';
  const all: (ActionButton | false)[] = [
    started && { action: 'openStdout', title: t('stdout') },
    started && { action: 'openStderr', title: t('stderr') },
    isOver && isStartable && { action: 'runAgain', title: t('Run Again') },
    { action: 'debugRun', title: t('Debug') },
    { action: 'runInTerminal', title: t('Run in Terminal') },
    !isOver && isOurs && { action: 'cancelRun', title: t('Cancel') },
    started && { action: 'revealInExplorer', title: t('Directory') },
  ];
  return all.filter((button) => button !== false);
}
