import { join } from 'node:path';
import type { Failure } from '../../failure.ts';
import { submittedTask } from '../../job.ts';
import { runAt } from '../../runTable.ts';
import { runDirectory, sweepNames } from '../../sweepDirectory/layout.ts';
import { failureOfRequeued } from '../../sweepDirectory/nodeFiles.ts';
import { readExit } from '../../sweepDirectory/recover.ts';
import { codeFailure } from '../attemptFailure.ts';
import { type Carried, isStopping, statusOf } from './carried.ts';
import { fileGraceMs } from './fileGrace.ts';
import { askForEnds, failureOfState, isFinal, type TaskEnd } from './jobEnds.ts';
import type { QueueView } from './queue.ts';

/** A job that was submitted just now may not be in the queue yet, in ms. */
const newMs = 2000;
/** A run whose task vanishes before it began is submitted again so often. */
const mostLosses = 3;
/** States in which a task waits, as squeue tells them. */
const waiting: ReadonlySet<string> = new Set([
  'PENDING',
  'REQUEUED',
  'REQUEUE_HOLD',
  'REQUEUE_FED',
  'SPECIAL_EXIT',
]);

/** Compares runs with the cluster's queue: what is in it goes on, what is not any more has ended. */
export interface Vanished {
  /** `lookAgain` reads what nodes have written meanwhile, before a run is given up. */
  compare(view: QueueView, lookAgain: () => Promise<void>): Promise<void>;
  /** A run has begun. What the queue told before says nothing of that. */
  begin(run: number): void;
  /** A run is over: it is missed no more. */
  forget(run: number): void;
}

/** Watches for runs whose tasks are not in the queue any more. */
export function vanishedRuns(carried: Carried, onPutBack: (run: number) => void): Vanished {
  const { sweep, call, queue, environment, expected, due, settle } = carried;
  const answers = sweep.header.results?.exitCode ?? null;
  /** Runs whose task was not in the queue, and when squeue was first asked that did not have it. */
  const missing = new Map<number, number>();
  const losses = new Map<number, number>();
  /** When it was seen that runs had begun: by our clock, which is not that of the files. */
  const begun = new Map<number, number>();
  let graceMs: number | undefined;

  async function compare(view: QueueView, lookAgain: () => Promise<void>): Promise<void> {
    graceMs ??= await fileGraceMs(sweep.directory, environment);
    const lost: number[] = [];
    for (const run of expected) {
      const task = submittedTask(sweep.state, run);
      if (task?.job.job === undefined || due.has(run)) continue;
      const entry = queue.entry(task.job.job, task.task);
      if (entry !== undefined || view.at < task.job.at + newMs) {
        missing.delete(run);
        if (entry && waiting.has(entry.state) && isSince(view, run)) await putBack(run);
        continue;
      }
      if (isStopping(carried) && statusOf(carried, run) === 'pending') continue;
      const since = missing.get(run) ?? view.at;
      missing.set(run, since);
      if (view.at - since >= graceMs) lost.push(run);
    }
    if (lost.length === 0) return;
    // What was written while the queue was asked counts.
    await lookAgain();
    const left = lost.filter((run) => missing.has(run));
    const ends = await endsOf(left);
    for (const run of ends ? left : []) await giveUp(run, ends?.get(run));
  }

  /** Whether the queue was asked after a run had begun. */
  function isSince({ at }: QueueView, run: number): boolean {
    return statusOf(carried, run) === 'running' && at > (begun.get(run) ?? Number.POSITIVE_INFINITY);
  }

  /** Slurm has put the task of a running run back into its queue: whatever it was doing is over. */
  async function putBack(run: number): Promise<void> {
    const known = runAt(sweep.state.runs, run);
    if (known.status !== 'running') return;
    onPutBack(run);
    const place = runDirectory(sweep.directory, run, sweep.header.size);
    sweep.record({ type: 'failed', run, failure: await failureOfRequeued(place, known.node) });
    sweep.record({ type: 'requeued', run, why: 'cluster' });
  }

  /** A run whose task is gone has no exit code. */
  async function giveUp(run: number, end: TaskEnd | undefined): Promise<void> {
    const known = runAt(sweep.state.runs, run);
    const at = Date.now();
    const byState = end && failureOfState(end, nodeOf(run));
    // It is on its way back into the queue, or has only just left it.
    if (end && !isFinal(end)) return void missing.delete(run);
    if (known.status === 'running') {
      const exit = await readExit(runDirectory(sweep.directory, run, sweep.header.size));
      if (exit) {
        const failure = known.ending ?? byState ?? codeFailure(exit.code, answers, () => false);
        return settle(run, { failure, ...exit });
      }
      const byCode: Failure | undefined =
        end && end.signal > 0
          ? codeFailure(128 + end.signal, answers, () => false)
          : end && end.exitCode > 0
            ? { reason: 'exit-code', code: end.exitCode }
            : undefined;
      return settle(run, {
        failure: known.ending ?? byState ?? byCode ?? { reason: 'lost' },
        code: undefined,
        at,
      });
    }
    if (known.status !== 'pending' || isStopping(carried)) return;
    missing.delete(run);
    // A task that waited and was cancelled leaves nothing, not even a record.
    if (end === undefined || byState?.reason === 'cancelled') return carried.skip(run);
    const lossesSoFar = (losses.get(run) ?? 0) + 1;
    losses.set(run, lossesSoFar);
    if (byState !== undefined && lossesSoFar <= mostLosses) {
      due.set(run, 0);
      return;
    }
    const { job } = submittedTask(sweep.state, run) ?? {};
    const log = join(sweep.directory, sweepNames.slurm, 'jobs', job?.name ?? '', 'output.log');
    const message = `its task in Slurm's job ${job?.job} ended before it began (${end.state}); see ${log}`;
    await settle(run, { failure: byState ?? { reason: 'spawn-error', message }, code: undefined, at });
  }

  /** How the tasks of these runs ended, by run; undefined while nobody answers. */
  async function endsOf(runs: readonly number[]): Promise<Map<number, TaskEnd> | undefined> {
    const byJob = Map.groupBy(runs, (run) => submittedTask(sweep.state, run)?.job.job);
    const ends = new Map<number, TaskEnd>();
    for (const [job, group] of byJob) {
      if (job === undefined) continue;
      const taskOf = (run: number): number => submittedTask(sweep.state, run)?.task ?? 0;
      const found = await askForEnds(call, job, [...new Set(group.map(taskOf))]);
      if (found === undefined) return undefined;
      for (const run of group) {
        const end = found.get(taskOf(run));
        if (end) ends.set(run, end);
      }
    }
    return ends;
  }

  function nodeOf(run: number): string | undefined {
    const known = runAt(sweep.state.runs, run);
    return known.status === 'running' ? known.node : undefined;
  }

  return {
    compare,
    begin(run) {
      missing.delete(run);
      begun.set(run, Date.now());
    },
    forget(run) {
      missing.delete(run);
      begun.delete(run);
    },
  };
}
