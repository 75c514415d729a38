import { MultirunError } from '../../errors.ts';
import type { Failure } from '../../failure.ts';
import { submittedTask } from '../../job.ts';
import { waitsForPerson } from '../../pauseReason.ts';
import { runAt } from '../../runTable.ts';
import { retriesOf } from '../../sweepState.ts';
import { unreachable } from '../../unreachable.ts';
import { type Carried, isStopping, shortestLook, statusOf } from './carried.ts';
import type { QueueControl } from './queueControl.ts';
import { parallelInTask, runsPerTask } from './slurmOptions.ts';
import { submitter } from './submission.ts';

/** Time between two tries to submit what the cluster did not take, in ms. */
const retryMs = 5000;

/** Brings runs into the cluster's queue. */
export interface DueRuns {
  /** Jobs whose writer died before it had their ids: they are in the queue, or never came to be. */
  findUnnamed(): Promise<void>;
  /** Submits what is due among the runs that `mayStart`. Throws a MultirunError `not-submitted` where Slurm takes nothing of the sweep. */
  submit(mayStart: (run: number) => boolean): Promise<void>;
  /** Whether the cluster has all that it can be given now. */
  isDone(): boolean;
  /** The controller does not answer: nothing changes its status for that, and what could not be done is tried again. */
  holdUp(message: string): void;
  /** It answers again. */
  release(): void;
}

/** What time and memory of a job are multiplied with. */
interface Factors {
  readonly time: number;
  readonly memory: number;
}

/** Submits the runs of a sweep that are due. */
export function dueRuns(carried: Carried, control: QueueControl): DueRuns {
  const { sweep, slurm, environment, gate, expected, due, settle } = carried;
  const submissions = submitter(carried);
  const perTask = runsPerTask(slurm);
  const { policy } = sweep.header;
  let tryAgainAt = 0;
  let isDone = false;
  /** What the owner's limits have let us submit at once. */
  let mostAtOnce = Number.POSITIVE_INFINITY;

  async function findUnnamed(): Promise<void> {
    for (const job of sweep.state.jobs) {
      if (job.job !== undefined) continue;
      const runs = [...expected].filter((run) => isIn(run, job.name) && !due.has(run));
      if (runs.length === 0) continue;
      const found = await submissions.find(job.name);
      if (found.kind === 'unreachable') return holdUp('the Slurm controller does not answer');
      if (found.kind === 'found') sweep.record({ ...job, type: 'submitted', job: found.job, at: Date.now() });
      else for (const run of runs) due.set(run, 0);
    }
  }

  function isIn(run: number, name: string): boolean {
    return submittedTask(sweep.state, run)?.job.name === name;
  }

  async function submit(mayStart: (run: number) => boolean): Promise<void> {
    const now = performance.now();
    isDone = isStopping(carried) || isHeldForPerson();
    if (isDone || now < tryAgainAt || !gate.isOpen()) return;
    for (const run of due.keys()) if (statusOf(carried, run) !== 'pending') due.delete(run);
    const ready = [...due].flatMap(([run, at]) => (at <= now && mayStart(run) ? [run] : []));
    for (const { runs, factors } of byFactors(ready)) {
      let left = runs;
      while (left.length > 0 && !isStopping(carried)) {
        const some = left.slice(0, Math.min((await submissions.mostTasks()) * perTask, mostAtOnce));
        if (!(await submitArray(some, factors, ready.length))) return;
        if (some.every((run) => !due.has(run))) left = left.slice(some.length);
      }
    }
    isDone = true;
  }

  function isHeldForPerson(): boolean {
    const { paused } = sweep.state;
    return paused !== undefined && waitsForPerson(paused);
  }

  /** Submits one array. Returns whether it is worth while to go on. */
  async function submitArray(runs: readonly number[], factors: Factors, together: number): Promise<boolean> {
    const throttle = throttleOf(runs.length, together);
    const outcome = await submissions.submit({ runs, throttle, factors });
    switch (outcome.kind) {
      case 'submitted':
        control.submitted(outcome.job, throttle);
        for (const run of runs) due.delete(run);
        for (const [run, message] of outcome.impossible)
          await fail(run, `cannot prepare the run: ${message}`);
        return true;
      case 'too-many':
        if (runs.length > perTask) {
          mostAtOnce = perTask * Math.ceil(runs.length / perTask / 2);
          return true;
        }
        if (!isAnythingThere()) throw notSubmitted(sweep.directory, outcome.message);
        // There is room again when something has ended.
        tryAgainAt = performance.now() + retryMs;
        isDone = true;
        return false;
      case 'unreachable':
        holdUp(outcome.message);
        return false;
      case 'refused':
        if (!isAnythingThere()) throw notSubmitted(sweep.directory, outcome.message);
        for (const run of runs) {
          due.delete(run);
          await fail(run, `sbatch: ${outcome.message}`);
        }
        return true;
      default:
        return unreachable(outcome);
    }
  }

  function fail(run: number, message: string): Promise<void> {
    const failure: Failure = { reason: 'spawn-error', message };
    return settle(run, { failure, code: undefined, at: Date.now() });
  }

  /** How many tasks of an array may run at the same time: others share what the sweep may. */
  function throttleOf(runs: number, together: number): number | undefined {
    const { maxParallel, total } = sweep.state;
    if (maxParallel >= total) return undefined;
    const share = (maxParallel * runs) / Math.max(together, runs);
    return Math.max(1, Math.floor(share / parallelInTask(slurm)));
  }

  function isAnythingThere(): boolean {
    const isThere = (run: number): boolean =>
      statusOf(carried, run) === 'running' ||
      (!due.has(run) && submittedTask(sweep.state, run) !== undefined);
    return [...expected].some(isThere);
  }

  function holdUp(message: string): void {
    tryAgainAt = performance.now() + Math.min(retryMs, shortestLook(environment) * 5);
    gate.hold({ kind: 'cluster', message });
  }

  function release(): void {
    if (performance.now() < tryAgainAt) return;
    gate.release('cluster');
    gate.release('preparation');
  }

  /** Runs that are to have more time or memory than the others are submitted by themselves. */
  function byFactors(runs: readonly number[]): { runs: number[]; factors: Factors }[] {
    const { timeFactor = 1, memoryFactor = 1 } = policy.retries ?? {};
    const groups = Map.groupBy(runs, (run) => {
      const known = runAt(sweep.state.runs, run);
      const last = known.status === 'pending' ? known.lastFailure?.reason : undefined;
      const retries = retriesOf(known);
      const time = last === 'timeout' ? timeFactor ** retries : 1;
      const memory = last === 'out-of-memory' ? memoryFactor ** retries : 1;
      return `${time} ${memory}`;
    });
    return [...groups].map(([key, group]) => {
      const [time = 1, memory = 1] = key.split(' ').map(Number);
      return { runs: group, factors: { time, memory } };
    });
  }

  return { findUnnamed, submit, isDone: () => isDone, holdUp, release };
}

function notSubmitted(directory: string, message: string): MultirunError {
  return new MultirunError('not-submitted', `Slurm did not take the sweep in ${directory}: ${message}`);
}
