import { MultirunError, messageOf, systemCode } from '../../errors.ts';
import { submittedTask } from '../../job.ts';
import { haltRuleText } from '../../policy.ts';
import { isComplete, type RunStatus } from '../../run.ts';
import { runAt } from '../../runTable.ts';
import { successDurations } from '../../statistics.ts';
import { type NodeEvent, readNodeFiles } from '../../sweepDirectory/nodeFiles.ts';
import { retriesOf } from '../../sweepState.ts';
import type { Execution, RunsToExecute } from '../executingRunner.ts';
import { makeGuards } from '../guards.ts';
import { recordEnd } from '../recordEnd.ts';
import { sweepRules } from '../rules.ts';
import type { RunEnvironment } from '../runEnvironment.ts';
import { startGate } from '../startGate.ts';
import { systemPlaces } from '../system/places.ts';
import { timeouts } from '../timeouts.ts';
import { type Carried, isStopping, type RunEnd, shortestLook, statusOf } from './carried.ts';
import { dueRuns } from './dueRuns.ts';
import { endOf } from './endOf.ts';
import { endRun, mark } from './endRuns.ts';
import { slurmQueue } from './queue.ts';
import { queueControl } from './queueControl.ts';
import { slurmCommands } from './slurmCommands.ts';
import type { SlurmOptions } from './slurmOptions.ts';
import { vanishedRuns } from './vanished.ts';

/** A look that takes long comes less often, but no less often than this, in ms. */
const longestLookMs = 30_000;

/** What {@link executeOnSlurm} needs. */
export interface SlurmExecutionOptions extends RunsToExecute {
  readonly slurm: SlurmOptions;
  readonly environment: RunEnvironment;
}

/** A sweep that a cluster executes. */
export interface SlurmExecution extends Execution {
  /** Resolves when the cluster has been told all that was asked so far; rejects where it takes nothing of the sweep. */
  handedOver(): Promise<void>;
}

/**
 * Executes a sweep as job arrays. Nothing here has to live for runs to go on: the cluster starts them, and nodes write down
 * what becomes of them. Turn by turn, this
 *
 *     submits what is wanted ▶ reads what nodes have written ▶ compares with the queue ▶ makes the queue what it shall be
 *
 * and records what it finds, so that a turn which is broken off, or never came, is made up for by the next, in this process
 * or in another.
 */
export function executeOnSlurm(options: SlurmExecutionOptions): SlurmExecution {
  const { sweep, wanted, adopted, slurm, environment } = options;
  const { header, directory } = sweep;
  const { policy } = header;
  const call = slurmCommands(environment);
  const queue = slurmQueue(environment);
  const control = queueControl(call, queue, slurm);
  const expected = new Set([...wanted, ...adopted]);
  const canaries = new Set(policy.canary.filter((run) => expected.has(run)));
  const rules = sweepRules(policy, expected.size, canaries, sweep.state.outcomes);
  const due = new Map<number, number>();
  const tasks = new Map<number, PromiseWithResolvers<RunStatus>>();
  const finished = Promise.withResolvers<void>();
  /** Who waits until the cluster has been told, by the turn that has to be over. */
  let waiters: { readonly turn: number; readonly told: PromiseWithResolvers<void> }[] = [];
  let turns = 0;
  let lookTookMs = 0;
  /** Whether only canaries may start. */
  let locked = canaries.size > 0;
  let over = false;
  let turning = false;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  /** When the sweep was told to stop, and whether the cluster has been told. */
  let stoppedAt = 0;
  let isToldToStop = true;

  const gate = startGate({
    guards: makeGuards({ ...policy, minFreeMemoryBytes: null, maxLoad: null }, directory, systemPlaces),
    delayMs: 0,
    onTurn: wake,
    paused: sweep.state.paused,
    onChange(why) {
      if (isStopping(carried) || over) return;
      sweep.record(why ? { type: 'sweep', reason: 'paused', why } : { type: 'sweep', reason: 'resumed' });
    },
  });
  const clocks = timeouts(
    // A fixed time is kept by the task itself.
    policy.timeout && 'percentOfMedian' in policy.timeout ? policy.timeout : null,
    successDurations(sweep.state),
    (run, timeoutMs) => {
      endRun(carried, run, { reason: 'timeout', timeoutMs });
      wake();
    },
  );
  const carried: Carried = { sweep, slurm, environment, call, queue, gate, expected, due, settle, skip };
  const submitting = dueRuns(carried, control);
  const vanished = vanishedRuns(carried, (run) => clocks.end(run, undefined));

  function wake(): void {
    if (over) return;
    clearTimeout(timer);
    if (turning) again = true;
    else void turn();
  }

  async function turn(): Promise<void> {
    turning = true;
    turns += 1;
    try {
      await submitting.findUnnamed();
      await readNodes();
      await submitting.submit((run) => !locked || canaries.has(run));
      await compare();
      gate.isOpen();
      // Why a run is ended is on the disk before the first signal.
      await sweep.flush();
      await control.reconcile(sweep.state, !isToldToStop);
      isToldToStop = true;
      if (submitting.isDone()) tell();
      if (isOver()) return finished.resolve();
    } catch (error) {
      // What the system refuses now, it may grant later; anything else is not going to change.
      if (error instanceof MultirunError || systemCode(error) === undefined) return finished.reject(error);
      gate.hold({ kind: 'preparation', message: messageOf(error) });
    } finally {
      turning = false;
    }
    if (over) return;
    if (again) {
      again = false;
      return wake();
    }
    timer = setTimeout(wake, Math.min(longestLookMs, Math.max(shortestLook(environment), lookTookMs * 10)));
  }

  function tell(): void {
    const isTold = (waiter: { readonly turn: number }): boolean => waiter.turn <= turns;
    for (const waiter of waiters) if (isTold(waiter)) waiter.told.resolve();
    waiters = waiters.filter((waiter) => !isTold(waiter));
  }

  async function readNodes(): Promise<void> {
    const began = performance.now();
    const events = await readNodeFiles(directory, sweep.state, header);
    lookTookMs = performance.now() - began;
    for (const [index, event] of events.entries()) await apply(event, events[index + 1]);
  }

  async function compare(): Promise<void> {
    const view = await queue.refresh();
    if (view.trouble !== undefined) return submitting.holdUp(view.trouble);
    submitting.release();
    await vanished.compare(view, readNodes);
  }

  async function apply(event: NodeEvent, next: NodeEvent | undefined): Promise<void> {
    switch (event.type) {
      case 'succeeded':
      case 'failed': {
        const isRequeued = next?.type === 'requeued' && next.run === event.run;
        if (isRequeued) sweep.record(event);
        else await settle(event.run, await endOf(carried, event));
        break;
      }
      case 'started':
        sweep.record(event);
        begin(event.run, event.at);
        break;
      default:
        sweep.record(event);
    }
  }

  function begin(run: number, at: number): void {
    vanished.begin(run);
    if (!tasks.has(run)) tasks.set(run, Promise.withResolvers());
    clocks.begin(run, Math.max(0, Date.now() - at));
  }

  /** Records how a run's attempt ended, and does what follows from it. */
  async function settle(run: number, { failure, code, at }: RunEnd): Promise<void> {
    const known = runAt(sweep.state.runs, run);
    const retried = retriesOf(known);
    const durationMs = known.status === 'running' ? Math.max(0, at - known.startedAt) : 0;
    clocks.end(run, failure === undefined ? durationMs : undefined);
    vanished.forget(run);
    await recordEnd(sweep, run, { failure, code, usage: {}, at });
    if (failure?.reason === 'halted') sweep.record({ type: 'requeued', run, why: 'halted' });
    const { retryMs: delayMs, unlocks, halts, pause } = rules.after({ run, failure, durationMs }, retried);
    if (delayMs !== undefined && !isStopping(carried)) {
      sweep.record({ type: 'requeued', run, why: 'retry', delayMs });
      due.set(run, performance.now() + delayMs);
    }
    if (unlocks) locked = false;
    if (halts) halt();
    if (pause && hasPending()) gate.hold(pause);
    tasks.get(run)?.resolve(statusOf(carried, run));
    tasks.delete(run);
  }

  function hasPending(): boolean {
    return [...expected].some((run) => statusOf(carried, run) === 'pending');
  }

  function isOver(): boolean {
    if (sweep.state.paused?.kind === 'journal' && !isStopping(carried)) return false;
    const isRunning = [...expected].some((run) => statusOf(carried, run) === 'running');
    if (isRunning) return false;
    if (!isStopping(carried))
      return due.size === 0 && [...expected].every((run) => isComplete(statusOf(carried, run)));
    return sweep.state.jobs.length === 0 || (queue.view.at > stoppedAt && !control.isBusy(sweep.state));
  }

  function skip(run: number): void {
    mark(carried, run);
    due.delete(run);
    vanished.forget(run);
    sweep.record({ type: 'skipped', run, why: 'cancelled' });
    if (rules.skipped(run)) locked = false;
  }

  function halt(): void {
    if (isStopping(carried) || policy.halt === null) return;
    const { when } = policy.halt;
    sweep.record({ type: 'sweep', reason: 'halted', rule: haltRuleText(policy.halt) });
    stopped();
    if (when === 'now') for (const run of sweep.state.running) endRun(carried, run, { reason: 'halted' });
  }

  function stopped(): void {
    stoppedAt = Date.now();
    isToldToStop = false;
  }

  function stopNow(terminates: boolean): void {
    const isKnown = isStopping(carried) && (!terminates || sweep.state.terminating);
    if (!isKnown) sweep.record({ type: 'sweep', reason: 'stopping', ...(terminates ? { terminates } : {}) });
    stopped();
    if (terminates) for (const run of sweep.state.running) endRun(carried, run, { reason: 'cancelled' });
    wake();
  }

  for (const run of wanted) if (submittedTask(sweep.state, run) === undefined) due.set(run, dueAt(run));
  // What the cluster has runs, also where nobody asked for it now: it is watched to its end.
  for (let run = 0; run < sweep.state.total; run++) if (submittedTask(sweep.state, run)) expected.add(run);
  for (const run of adopted) {
    const known = runAt(sweep.state.runs, run);
    if (known.status === 'running') begin(run, known.startedAt);
  }
  sweep.onRecovered(wake);
  wake();

  /** A retry that was due when its writer died waits for the rest of its time. */
  function dueAt(run: number): number {
    const known = runAt(sweep.state.runs, run);
    const retryAt = known.status === 'pending' ? (known.retryAt ?? 0) : 0;
    return performance.now() + Math.max(0, retryAt - Date.now());
  }

  return {
    finished: Promise.race([finished.promise, sweep.failed]).finally(() => {
      over = true;
      clearTimeout(timer);
      gate.close();
    }),
    handedOver() {
      const told = Promise.withResolvers<void>();
      waiters.push({ turn: turns + 1, told });
      wake();
      return Promise.race([told.promise, finished.promise]);
    },
    stop: () => stopNow(false),
    cancel: () => stopNow(true),
    cancelPending() {
      for (let run = 0; run < sweep.state.total; run++) if (statusOf(carried, run) === 'pending') skip(run);
      wake();
    },
    cancelRun(run) {
      if (statusOf(carried, run) === 'running') endRun(carried, run, { reason: 'cancelled' });
      else if (statusOf(carried, run) === 'pending') skip(run);
      wake();
    },
    runAgain(runs) {
      for (const run of runs) {
        if (isStopping(carried) || !isComplete(statusOf(carried, run))) continue;
        sweep.record({ type: 'requeued', run, why: 'asked' });
        rules.wanted();
        expected.add(run);
        due.set(run, 0);
      }
      wake();
    },
    pause() {
      gate.hold({ kind: 'person' });
      wake();
    },
    resume() {
      if (gate.releaseHeldForPerson().includes('canary')) locked = false;
      wake();
    },
    setMaxParallel(count) {
      sweep.record({ type: 'sweep', reason: 'max-parallel', maxParallel: count });
      wake();
    },
    task: (run) => tasks.get(run)?.promise,
  };
}
