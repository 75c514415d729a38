import { type Job, runsOfTask, submittedTask } from '../../job.ts';
import { runAt } from '../../runTable.ts';
import type { SweepState } from '../../sweepState.ts';
import { indexText, type QueueEntry } from './parseQueue.ts';
import type { SlurmQueue } from './queue.ts';
import type { CallSlurm } from './slurmCommands.ts';
import { parallelInTask, type SlurmOptions } from './slurmOptions.ts';

/** So many tasks are named in one call of scancel: a line that is too long is refused. */
const tasksPerCall = 1000;
/** What was asked for is asked for again after this time, where the queue does not show it, in ms. */
const patienceMs = 5000;

/** Makes Slurm's queue what a sweep's state says that it shall be. */
export interface QueueControl {
  /** Cancels, holds, releases and throttles where the queue is otherwise; what was not heard is said again later. `stops`: it has just been stopped. */
  reconcile(state: SweepState, stops: boolean): Promise<void>;
  /** How many tasks of the array may run at the same time; undefined for all. Known from its submission. */
  submitted(job: string, throttle: number | undefined): void;
  /** Whether the queue may still start something of the sweep, or still runs what was to be terminated. */
  isBusy(state: SweepState): boolean;
}

/** Makes the control for a sweep that asks this of Slurm. */
export function queueControl(call: CallSlurm, queue: SlurmQueue, slurm: SlurmOptions): QueueControl {
  const asked = new Map<string, number>();
  const throttles = new Map<string, number | undefined>();
  /** What an earlier writer has held is released too; but not what was submitted to be held. */
  const isSubmittedHeld = slurm.sbatch?.hold === true;
  const held = new Set<string>();
  const released = new Set<string>();

  /** Whether it is time to ask for this (again). */
  function isDue(what: string): boolean {
    const last = asked.get(what) ?? Number.NEGATIVE_INFINITY;
    if (performance.now() - last < patienceMs) return false;
    asked.set(what, performance.now());
    return true;
  }

  async function cancel(state: SweepState): Promise<void> {
    const names: string[] = [];
    for (const job of state.jobs) {
      if (job.job === undefined) continue;
      const tasks = doomedTasks(state, job, queue).filter((task) => isDue(`cancel ${job.job}_${task}`));
      for (let first = 0; first < tasks.length; first += tasksPerCall)
        names.push(`${job.job}_[${indexText(tasks.slice(first, first + tasksPerCall))}]`);
    }
    for (const name of names) await call('scancel', [name]);
  }

  /**
   * At once, whatever is known of the queue; later, where it still shows what waits. That may have begun since the queue was
   * asked: so nothing is named but jobs, and Slurm itself looks what waits in them.
   */
  async function stop({ jobs, terminating }: SweepState, isNew: boolean): Promise<void> {
    const names = jobs.flatMap(({ job }) => {
      if (job === undefined) return [];
      return isNew || (!terminating && waitingTask(job) && isDue(`stop ${job}`)) ? [job] : [];
    });
    if (names.length > 0) await call('scancel', [...(terminating ? [] : ['--state=PENDING']), ...names]);
  }

  function waitingTask(job: string): QueueEntry | undefined {
    return [...queue.view.queue.tasks(job)].find(([, { state: word }]) => word === 'PENDING')?.[1];
  }

  async function hold(state: SweepState): Promise<void> {
    const kind = state.paused?.kind;
    // Of a cluster that does not answer nothing can be asked.
    if (state.phase !== 'running' || kind === 'cluster' || kind === 'journal') return;
    const isHeld = kind !== undefined;
    for (const { job } of state.jobs) {
      if (job === undefined) continue;
      const waiting = waitingTask(job);
      if (waiting === undefined) continue;
      const isInHold = waiting.reason.startsWith('JobHeld');
      if (isHeld && !isInHold && isDue(`hold ${job}`)) {
        released.delete(job);
        held.add(job);
        await call('scontrol', ['hold', job]);
      } else if (!isHeld && isInHold && !released.has(job) && (held.has(job) || !isSubmittedHeld)) {
        // An administrator's hold stays: it is asked for once.
        const answer = await call('scontrol', ['release', job]);
        if (answer.kind !== 'unreachable') released.add(job);
      }
    }
  }

  async function throttle(state: SweepState): Promise<void> {
    const shares = throttleShares(state, parallelInTask(slurm));
    for (const [job, share] of shares) {
      if (!throttles.has(job) && shares.size === 1 && share === undefined) throttles.set(job, undefined);
      if (throttles.has(job) && throttles.get(job) === share) continue;
      if (!isDue(`throttle ${job} ${share}`)) continue;
      const answer = await call('scontrol', ['update', `JobId=${job}`, `ArrayTaskThrottle=${share ?? 0}`]);
      if (answer.kind === 'done') throttles.set(job, share);
    }
  }

  return {
    async reconcile(state, stops) {
      if (state.phase === 'stopping') await stop(state, stops);
      await cancel(state);
      await hold(state);
      await throttle(state);
    },
    submitted: (job, share) => void throttles.set(job, share),
    isBusy(state) {
      for (const job of state.jobs) {
        if (job.job === undefined) continue;
        for (const [, { state: word }] of queue.view.queue.tasks(job.job))
          if (state.terminating ? word !== 'COMPLETING' : word === 'PENDING') return true;
      }
      return false;
    },
  };
}

/** The tasks of a job that are in the queue and that nobody wants any more, whether they have begun or not. */
function doomedTasks(state: SweepState, job: Job, queue: Pick<SlurmQueue, 'view'>): number[] {
  if (job.job === undefined) return [];
  const isTerminated = state.phase === 'stopping' && state.terminating;
  const doomed: number[] = [];
  for (const [task, entry] of queue.view.queue.tasks(job.job)) {
    if (entry.state === 'COMPLETING') continue;
    if (isTerminated || isUnwanted(state, job, task)) doomed.push(task);
  }
  return doomed;
}

/** Whether all that is left of a task was cancelled: then the task goes as a whole. */
function isUnwanted(state: SweepState, job: Job, task: number): boolean {
  let isCancelled = false;
  for (const id of runsOfTask(job, task)) {
    const run = runAt(state.runs, id);
    const isHere = submittedTask(state, id)?.job.name === job.name;
    if (run.status === 'pending' && isHere) return false;
    if (run.status === 'running' && isHere && run.ending === undefined) return false;
    const wasCancelled = run.status === 'skipped' || (run.status === 'running' && run.ending !== undefined);
    if (wasCancelled) isCancelled = true;
    // It is wanted again, in another job.
    if (run.status === 'pending' || (run.status === 'running' && !isHere)) isCancelled = true;
  }
  return isCancelled;
}

/**
 * What `max_parallel` is for each job that has something to do: a share of it, as large as its share of what is left, so
 * that all together never run more. Undefined for no limit.
 */
export function throttleShares(state: SweepState, parallel: number): Map<string, number | undefined> {
  const left = new Map<string, number>();
  let all = 0;
  for (const job of state.jobs) {
    if (job.job === undefined) continue;
    let count = 0;
    for (const [first, last] of job.runs)
      for (let id = first; id <= last; id++) if (submittedTask(state, id)?.job.name === job.name) count += 1;
    if (count > 0) left.set(job.job, count);
    all += count;
  }
  const shares = new Map<string, number | undefined>();
  for (const [job, count] of left) {
    const share = Math.max(1, Math.floor((state.maxParallel * count) / all / parallel));
    shares.set(job, state.maxParallel >= state.total ? undefined : share);
  }
  return shares;
}
