import { join } from 'node:path';
import PQueue from 'p-queue';
import type { Failure } from '../../core/failure.ts';
import { clusterErrors, type FailureCluster } from '../../core/failures/clusters.ts';
import { customMatcher } from '../../core/failures/matchers/custom.ts';
import type { Rule } from '../../core/failures/rules/rule.ts';
import { type RunError, type RunLogs, runError } from '../../core/failures/runError.ts';
import { runDirectory, runNames } from '../../core/sweepDirectory/layout.ts';
import { runsReader } from '../../core/sweepDirectory/runsFile.ts';
import { endOfLog } from '../run/logTail.ts';
import { explain } from './explain.ts';

/** Failed runs of a sweep, and those to compare them with. */
export interface FailuresOrder {
  /** The sweep directory. */
  readonly directory: string;
  /** How many runs it had when it was created. */
  readonly createdTotal: number;
  /** The regular expressions of its sweep file. */
  readonly problemMatchers: readonly string[];
  /** The failed runs, ascending. */
  readonly failed: readonly FailedRun[];
  readonly succeeded: readonly number[];
}

/** A failed run, with what its logs say or, where these are to be read, undefined. */
export interface FailedRun {
  readonly run: number;
  readonly failure: Failure;
  /** Null where nothing went wrong in it. */
  readonly error: RunError | null | undefined;
}

/** A cluster with what its runs share; `rule` is undefined where chance explains it. */
export interface ExplainedCluster extends FailureCluster {
  readonly rule: Rule | undefined;
}

/** What came of a {@link FailuresOrder}. */
export interface FailuresFound {
  /** By place in `failed`: what each run says; null where nothing went wrong in it. */
  readonly errors: readonly (RunError | null)[];
  /** The largest first. */
  readonly clusters: readonly ExplainedCluster[];
}

/** A rule is looked for in the largest clusters only. */
const mostExplained = 20;
const logsAtOnce = 16;
const logsQueued = 256;
/** How much of the end of each log is read. */
export const logBytes = 32 * 1024;

/** Finds out why runs failed: reads their logs, groups them by what these say, and looks for what each group shares. */
export async function analyseFailures(order: FailuresOrder): Promise<FailuresFound> {
  const { failed, succeeded } = order;
  const matchers = order.problemMatchers.map(customMatcher);
  const errors = failed.map(({ error }) => error);
  const queue = new PQueue({ concurrency: logsAtOnce });
  const read = async (place: number) => {
    const { run, failure } = failed[place] as FailedRun;
    errors[place] = runError(failure, await readLogs(order, run), matchers) ?? null;
  };
  const unread = errors.flatMap((error, place) => (error === undefined ? [place] : []));
  // What waits takes memory, too.
  for (let start = 0; start < unread.length; start += logsQueued)
    await queue.addAll(unread.slice(start, start + logsQueued).map((place) => () => read(place)));
  const said = new Map(
    failed.flatMap(({ run }, place) => {
      const error = errors[place];
      return error ? [[run, error] as const] : [];
    }),
  );
  const params = runsReader(order.directory);
  const clusters: ExplainedCluster[] = [];
  for (const cluster of clusterErrors(said)) {
    const rule = clusters.length < mostExplained ? await explain(params, cluster.runs, succeeded) : undefined;
    clusters.push({ ...cluster, rule });
  }
  return { errors: errors.map((error) => error ?? null), clusters };
}

async function readLogs({ directory, createdTotal }: FailuresOrder, run: number): Promise<RunLogs> {
  const place = runDirectory(directory, run, createdTotal);
  const [stdout, stderr] = await Promise.all(
    [runNames.stdout, runNames.stderr].map((name) => endOfLog(join(place, name), logBytes)),
  );
  return { stdout: stdout ?? '', stderr: stderr ?? '' };
}
