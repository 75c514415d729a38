import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { RunError } from '../../core/failures/runError.ts';
import { type RunTable, runAt, statusAt } from '../../core/runTable.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import type { Catalogue } from '../sweeps/catalogue.ts';
import { type Coalesced, coalesce } from '../sweeps/coalesce.ts';
import { messageOf } from '../text/messageOf.ts';
import { inThread, threadTurn } from '../thread.ts';
import {
  analyseFailures,
  type ExplainedCluster,
  type FailedRun,
  type FailuresFound,
  type FailuresOrder,
} from './analyseFailures.ts';

/** Why runs of a sweep failed. */
export interface SweepFailures {
  /** The largest first. */
  readonly clusters: readonly ExplainedCluster[];
  /** What each failed run says, by its id. */
  readonly errors: ReadonlyMap<number, RunError>;
  /** How many failed runs were not looked at, because there are so many. */
  readonly unread: number;
}

/** Reads the logs of failed runs. */
export interface Analyst extends vscode.Disposable {
  /** Fires with the directory of a sweep about which something else is known now. */
  readonly onDidChange: vscode.Event<string>;
  /** What is known of a sweep's failures; the first question begins the work, after which it is kept up to date. */
  failures(directory: string): SweepFailures | undefined;
}

const mostRuns = 5000;
/** So many runs are looked at here; more in a thread of its own, with all the garbage that it makes. */
const mostRunsHere = 2000;
const againEveryMs = 300;
/** How long to rest after a look, as a multiple of what it took. */
const restFactor = 5;

interface Analysis {
  /** What was said of each attempt of a run, by run and attempt; null where nothing went wrong in it. */
  readonly said: Map<string, RunError | null>;
  readonly soon: Coalesced;
  /** The runs as of the last look. */
  runs: RunTable | undefined;
  failures: SweepFailures | undefined;
}

/** Makes the analyst. */
export function createAnalyst(
  extension: vscode.Uri,
  catalogue: Catalogue,
  log: vscode.LogOutputChannel,
): Analyst {
  const program = vscode.Uri.joinPath(extension, 'dist', 'failuresWorker.js').fsPath;
  const changes = new vscode.EventEmitter<string>();
  const analyses = new Map<string, Analysis>();
  const disposal = new AbortController();

  const analyseInThread = async (order: FailuresOrder) => {
    using _ = await threadTurn();
    return await inThread<FailuresFound>(program, order, disposal.signal);
  };

  const analyse = async (view: SweepView, said: Map<string, RunError | null>): Promise<SweepFailures> => {
    const { runs } = view.state;
    const { order, unread } = orderOf(view, said);
    const isLarge = order.failed.length + order.succeeded.length > mostRunsHere;
    const { errors: found, clusters } = await (isLarge ? analyseInThread(order) : analyseFailures(order));
    const errors = new Map<number, RunError>();
    for (const [place, { run }] of order.failed.entries()) {
      const error = found[place] ?? null;
      said.set(attemptKey(runs, run), error);
      if (error !== null) errors.set(run, error);
    }
    return { clusters, errors, unread };
  };

  const look = async (directory: string): Promise<void> => {
    const analysis = analyses.get(directory);
    const view = catalogue.view(directory);
    if (analysis === undefined || view === undefined || analysis.runs === view.state.runs) return;
    analysis.runs = view.state.runs;
    const started = performance.now();
    try {
      analysis.failures = await analyse(view, analysis.said);
    } catch (error) {
      if (disposal.signal.aborted) return;
      log.error(`why runs of ${directory} failed: ${messageOf(error)}`);
      return;
    }
    changes.fire(directory);
    // A large sweep is looked at less often while it runs, so that most of the time is left to others.
    await setTimeout(restFactor * (performance.now() - started), undefined, { ref: false });
  };

  const begin = (directory: string): Analysis => {
    const soon = coalesce(againEveryMs, () => look(directory));
    const analysis: Analysis = { said: new Map(), soon, runs: undefined, failures: undefined };
    analyses.set(directory, analysis);
    soon.request();
    return analysis;
  };

  const watching = catalogue.onDidChange(({ list, changed }) => {
    for (const directory of changed) analyses.get(directory)?.soon.request();
    if (!list) return;
    for (const [directory, { soon }] of analyses) {
      if (catalogue.view(directory) !== undefined) continue;
      soon.dispose();
      analyses.delete(directory);
    }
  });

  return {
    onDidChange: changes.event,
    failures: (directory) => (analyses.get(directory) ?? begin(directory)).failures,
    dispose: () => {
      for (const { soon } of analyses.values()) soon.dispose();
      disposal.abort();
      vscode.Disposable.from(watching, changes).dispose();
    },
  };
}

/** What is to be found out, and how many failed runs are left out. */
function orderOf(
  view: SweepView,
  said: ReadonlyMap<string, RunError | null>,
): { readonly order: FailuresOrder; readonly unread: number } {
  const { runs, total, counts } = view.state;
  const failed: FailedRun[] = [];
  const succeeded: number[] = [];
  for (let run = 0; run < total; run++) {
    const status = statusAt(runs, run);
    if (status === 'success') succeeded.push(run);
    if (status !== 'failure' || failed.length === mostRuns) continue;
    const state = runAt(runs, run);
    if (state.status === 'failure')
      failed.push({ run, failure: state.failure, error: said.get(attemptKey(runs, run)) });
  }
  const { directory, header } = view;
  const { problemMatchers, size: createdTotal } = header;
  return {
    order: { directory, createdTotal, problemMatchers, failed, succeeded },
    unread: Math.max(0, counts.failure - failed.length),
  };
}

function attemptKey(runs: RunTable, run: number): string {
  return `${run} ${runAt(runs, run).attempts}`;
}
