import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import PQueue from 'p-queue';
import * as vscode from 'vscode';
import { clusterErrors, type FailureCluster } from '../../core/failures/clusters.ts';
import { customMatcher } from '../../core/failures/matchers/custom.ts';
import type { Matcher } from '../../core/failures/problem.ts';
import type { Rule } from '../../core/failures/rules/rule.ts';
import { type RunError, runError } from '../../core/failures/runError.ts';
import { type RunTable, runAt, statusAt } from '../../core/runTable.ts';
import { runNames } from '../../core/sweepDirectory/layout.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { endOfLog } from '../run/logTail.ts';
import type { Catalogue } from '../sweeps/catalogue.ts';
import { type Coalesced, coalesce } from '../sweeps/coalesce.ts';
import { messageOf } from '../text/messageOf.ts';
import { explain } from './explain.ts';

/** A cluster with what its runs share; `rule` is undefined where chance explains it. */
export interface ExplainedCluster extends FailureCluster {
  readonly rule: Rule | undefined;
}

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
/** A rule is looked for in the largest clusters only. */
const mostExplained = 20;
const logsAtOnce = 16;
const logsQueued = 256;
const againEveryMs = 300;
/** How long to rest after a look, as a multiple of what it took. */
const restFactor = 5;
/** How much of the end of each log is read. */
export const logBytes = 32 * 1024;

interface Analysis {
  /** What was said of each attempt of a run, by run and attempt. */
  readonly read: Map<string, RunError | undefined>;
  readonly soon: Coalesced;
  /** The runs as of the last look. */
  runs: RunTable | undefined;
  failures: SweepFailures | undefined;
}

/** Makes the analyst. */
export function createAnalyst(catalogue: Catalogue, log: vscode.LogOutputChannel): Analyst {
  const changes = new vscode.EventEmitter<string>();
  const analyses = new Map<string, Analysis>();
  const queue = new PQueue({ concurrency: logsAtOnce });

  const look = async (directory: string): Promise<void> => {
    const analysis = analyses.get(directory);
    const view = catalogue.view(directory);
    if (analysis === undefined || view === undefined || analysis.runs === view.state.runs) return;
    analysis.runs = view.state.runs;
    const started = performance.now();
    try {
      analysis.failures = await analyse(view, analysis.read, queue);
    } catch (error) {
      log.error(`why runs of ${directory} failed: ${messageOf(error)}`);
      return;
    }
    changes.fire(directory);
    // A large sweep is looked at less often while it runs, so that most of the time is left to others.
    await setTimeout(restFactor * (performance.now() - started), undefined, { ref: false });
  };

  const begin = (directory: string): Analysis => {
    const soon = coalesce(againEveryMs, () => look(directory));
    const analysis: Analysis = { read: new Map(), soon, runs: undefined, failures: undefined };
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
      queue.clear();
      vscode.Disposable.from(watching, changes).dispose();
    },
  };
}

async function analyse(
  view: SweepView,
  read: Map<string, RunError | undefined>,
  queue: PQueue,
): Promise<SweepFailures> {
  const { runs, total } = view.state;
  const failed: number[] = [];
  const succeeded: number[] = [];
  for (let run = 0; run < total; run++) {
    const status = statusAt(runs, run);
    if (status === 'failure') failed.push(run);
    if (status === 'success') succeeded.push(run);
  }
  const matchers = view.header.problemMatchers.map(customMatcher);
  const errors = new Map<number, RunError>();
  const look = async (run: number) => {
    const key = `${run} ${runAt(runs, run).attempts}`;
    if (!read.has(key)) read.set(key, await readError(view, run, matchers));
    const error = read.get(key);
    if (error !== undefined) errors.set(run, error);
  };
  const looked = failed.slice(0, mostRuns);
  // What waits takes memory, too.
  for (let start = 0; start < looked.length; start += logsQueued)
    await queue.addAll(looked.slice(start, start + logsQueued).map((run) => () => look(run)));
  const clusters: ExplainedCluster[] = [];
  for (const cluster of clusterErrors(errors))
    clusters.push({
      ...cluster,
      rule: clusters.length < mostExplained ? await explain(view, cluster.runs, succeeded) : undefined,
    });
  return { clusters, errors, unread: Math.max(0, failed.length - mostRuns) };
}

async function readError(
  view: SweepView,
  run: number,
  matchers: readonly Matcher[],
): Promise<RunError | undefined> {
  const state = runAt(view.state.runs, run);
  if (state.status !== 'failure') return undefined;
  const directory = view.runDirectory(run);
  const [stdout, stderr] = await Promise.all(
    [runNames.stdout, runNames.stderr].map((name) => endOfLog(join(directory, name), logBytes)),
  );
  return runError(state.failure, { stdout: stdout ?? '', stderr: stderr ?? '' }, matchers);
}
