import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../errors.ts';
import type { RunFailed, RunRequeued, RunStarted, RunSucceeded, RunsSubmitted } from '../event.ts';
import { failureOfCode } from '../exitCode.ts';
import type { Failure } from '../failure.ts';
import { submittedTask } from '../job.ts';
import type { Policy } from '../policy.ts';
import type { ResultSources } from '../results/resultSources.ts';
import { runAt } from '../runTable.ts';
import { applyEvent, type SweepState } from '../sweepState.ts';
import { runDirectory, runNames, sweepNames } from './layout.ts';
import { readExit } from './recover.ts';
import { archiveOf, hasLaunched } from './runDirectories.ts';

/*
 * The nodes of a cluster tell what becomes of submitted runs by files alone: `started`, `exit`, `ended-by`, and what an
 * earlier start left in `attempts/N`. Whoever looks at the sweep makes events of them: its writer, the next writer, a reader.
 */

/** What a node's files tell. */
export type NodeEvent = RunsSubmitted | RunStarted | RunSucceeded | RunFailed | RunRequeued;

/** Each takes a descriptor. */
const filesAtOnce = 64;

/** What a sweep says of the ends of its runs. */
export interface EndRules {
  readonly results: Pick<ResultSources, 'exitCode'> | null;
  readonly policy: Pick<Policy, 'timeout'>;
}

/**
 * What nodes have left of submitted runs that are not over, as the events that the writer would have recorded. A run that the
 * cluster ended runs still, as far as they tell: only the cluster itself knows why.
 */
export async function readNodeFiles(
  sweepDirectory: string,
  state: SweepState,
  rules: EndRules,
): Promise<NodeEvent[]> {
  const reports: NodeEvent[][] = [];
  const begun = await begunRuns(sweepDirectory, state);
  for (let first = 0; first < begun.length; first += filesAtOnce) {
    const some = begun.slice(first, first + filesAtOnce);
    reports.push(...(await Promise.all(some.map((run) => reportOf(sweepDirectory, run, state, rules)))));
  }
  return reports.flat();
}

/** The submitted runs that have a directory and are not over. */
async function begunRuns(sweepDirectory: string, state: SweepState): Promise<number[]> {
  if (state.jobs.length === 0) return [];
  try {
    const names = await readdir(join(sweepDirectory, sweepNames.runDirectories));
    return names
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((run) => run < state.total && submittedTask(state, run) !== undefined);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

async function reportOf(
  sweepDirectory: string,
  run: number,
  initial: SweepState,
  rules: EndRules,
): Promise<NodeEvent[]> {
  const place = runDirectory(sweepDirectory, run, initial.createdTotal);
  const events: NodeEvent[] = [];
  let state = initial;
  const add = (event: NodeEvent): void => {
    events.push(event);
    state = applyEvent(state, event);
  };
  for (;;) {
    const known = runAt(state.runs, run);
    const task = submittedTask(state, run);
    if (task === undefined) return events;
    if (known.status === 'pending') {
      const started = await readStarted(place);
      if (started === undefined || !hasLaunched(place, known.attempts)) return events;
      const { job } = task;
      if (job.job !== undefined && job.job !== started.job) return events;
      // Its writer died before it could write down what the job is called.
      if (job.job === undefined) add({ ...job, type: 'submitted', job: started.job, at: started.at });
      const { pid, node, at } = started;
      const attempt = known.attempts + 1;
      add({ type: 'started', run, at, attempt, pid, slot: 0, node, job: `${started.job}_${started.task}` });
      continue;
    }
    if (known.status !== 'running') return events;
    const archive = archiveOf(place, known.attempts);
    if (existsSync(archive)) {
      const at = (await readStarted(place))?.at ?? Date.now();
      add({ type: 'failed', run, at, failure: await failureOfRequeued(archive, known.node) });
      add({ type: 'requeued', run, at, why: 'cluster' });
      continue;
    }
    const exit = await readExit(place);
    if (exit === undefined) return events;
    const { code, at } = exit;
    const endedBy = await readEndedBy(place);
    if (endedBy === 'slurm' && known.ending === undefined) return events;
    const { timeout } = rules.policy;
    const timeoutMs = timeout !== null && 'ms' in timeout ? timeout.ms : 0;
    const failure =
      known.ending ??
      (endedBy === 'timeout'
        ? ({ reason: 'timeout', timeoutMs } as const)
        : failureOfCode(code, rules.results?.exitCode ?? null));
    add(failure ? { type: 'failed', run, at, failure } : { type: 'succeeded', run, at });
    return events;
  }
}

/**
 * Why a cluster starts a run again: it was told to end, so that its place was wanted, or it never could write that down. `place`
 * is where its files are.
 */
export async function failureOfRequeued(place: string, node: string | undefined): Promise<Failure> {
  const wasTold = (await readEndedBy(place)) === 'slurm';
  return wasTold ? { reason: 'preempted' } : { reason: 'node-failed', node };
}

/** What a task writes when it has started a run. */
interface Started {
  /** Id of the job array. */
  readonly job: string;
  readonly task: number;
  readonly node: string;
  readonly pid: number;
  /** Milliseconds since the epoch, by the clock of the file system. */
  readonly at: number;
}

async function readStarted(place: string): Promise<Started | undefined> {
  const path = join(place, runNames.started);
  const text = await readText(path);
  const [, job, task, , node, pid] = /^(\d+) (\d+) (\d+) (\S+) (\d+)\n$/.exec(text ?? '') ?? [];
  if (job === undefined || node === undefined) return undefined;
  const at = Math.round((await stat(path)).mtimeMs);
  return { job, task: Number(task), node, pid: Number(pid), at };
}

async function readEndedBy(place: string): Promise<string | undefined> {
  return (await readText(join(place, runNames.endedBy)))?.trim();
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
