import { setTimeout as delay } from 'node:timers/promises';
import { messageOf, systemCode } from '../errors.ts';
import { haltRuleText } from '../policy.ts';
import { isComplete } from '../run.ts';
import { runAt } from '../runTable.ts';
import { retriesOf } from '../sweepState.ts';
import { runningAttempts } from './attempts.ts';
import type { Execution, RunsToExecute } from './executingRunner.ts';
import { makeGuards } from './guards.ts';
import type { Command, Launcher } from './launcher.ts';
import { type AttemptOutcome, localAttempts } from './localAttempt.ts';
import { readyRuns } from './preparation.ts';
import { recordEnd } from './recordEnd.ts';
import { sweepRules } from './rules.ts';
import type { RunEnvironment } from './runEnvironment.ts';
import { runQueue } from './runQueue.ts';
import { makeSlots } from './slots.ts';
import { startGate } from './startGate.ts';
import type { SystemPlaces } from './system/places.ts';

/** How long to wait for what the machine lacks before the next try, in ms. */
const retryMs = 1000;
/** What `setTimeout` can count, in ms. */
const longestMs = 2 ** 31 - 1;

/** What {@link executeLocally} needs. */
export interface LocalExecutionOptions extends RunsToExecute {
  readonly makeLauncher: (slot: number) => Launcher;
  /** What is started for a run in a slot, in place of its command. */
  readonly commandFor: (command: Command, slot: number) => Command;
  /** How long a run may take to end after SIGTERM before it gets SIGKILL, in ms. */
  readonly graceMs: number;
  /** What runs inherit: where `${envvar:NAME}` is looked up, and PATH, to explain why a program was not found. */
  readonly environment: RunEnvironment;
  readonly places: SystemPlaces;
}

/**
 * Executes the wanted runs of a sweep, in the order of its queue.
 *
 *     queue ──prepare──▶ ready ──gate, slot──▶ launched ──S──▶ started ──E──▶ settled
 *       ▲                                                                        │
 *       └───────────────────────────────── retry ────────────────────────────────┘
 *
 * Each slot takes the next ready run as soon as its last one has ended and the gate is open. A run that is no longer
 * pending, or comes after a stop, falls out before it is launched.
 */
export function executeLocally(options: LocalExecutionOptions): Execution {
  const { sweep, wanted, adopted, maxParallel, makeLauncher, commandFor, graceMs, environment, places } =
    options;
  const { policy } = sweep.header;
  const known = new Set([...wanted, ...adopted]);
  const canaries = new Set(policy.canary.filter((run) => known.has(run)));
  const queue = runQueue(wanted, canaries);
  const rules = sweepRules(policy, known.size, canaries, sweep.state.outcomes);
  const slots = makeSlots(maxParallel, (slot) => {
    const launcher = makeLauncher(slot);
    try {
      if (launcher.pid !== undefined) sweep.recordLauncher(launcher.pid, slot);
      return launcher;
    } catch (error) {
      launcher.close();
      throw error;
    }
  });
  const attempts = runningAttempts(graceMs, (run, ending) => sweep.record({ type: 'ending', run, ending }));
  const local = localAttempts({ sweep, attempts, path: environment.PATH ?? '', places });
  const finished = Promise.withResolvers<void>();
  /** Aborted when nothing more is to be started. */
  const stopping = new AbortController();
  let dueTimer: NodeJS.Timeout | undefined;
  // A sweep that waits for somebody has nothing else that keeps this process alive.
  const heartbeat = setInterval(() => {}, longestMs);

  const gate = startGate({
    guards: makeGuards(policy, sweep.directory, places),
    delayMs: policy.delayMs,
    onTurn: staff,
    paused: sweep.state.paused,
    onChange(why) {
      if (isStopping()) return;
      sweep.record(why ? { type: 'sweep', reason: 'paused', why } : { type: 'sweep', reason: 'resumed' });
    },
  });
  const ready = readyRuns({
    sweep,
    environment,
    take: () => (isStopping() ? undefined : queue.take()),
    isWanted,
    onReady: () => gate.release('preparation'),
    onFailure: (run, message) =>
      settle(run, { failure: { reason: 'spawn-error', message }, code: undefined, usage: {}, durationMs: 0 }),
    onTrouble: waitForMachine,
  });

  sweep.onRecovered(staff);

  /** The writer has paused the sweep by itself, since it cannot record what happens. */
  function isUnrecorded(): boolean {
    return sweep.state.paused?.kind === 'journal';
  }

  function isStopping(): boolean {
    return stopping.signal.aborted;
  }

  function isPending(run: number): boolean {
    return runAt(sweep.state.runs, run).status === 'pending';
  }

  function isWanted(run: number): boolean {
    return !isStopping() && isPending(run);
  }

  function hasWork(): boolean {
    return !isStopping() && ready.size + queue.size > 0;
  }

  /** Gives work to every free slot; the execution has finished when none is taken and nothing is left. */
  function staff(): void {
    ready.fill();
    while (ready.size > 0 && !isUnrecorded() && gate.isOpen()) {
      const slot = slots.take();
      if (slot === undefined) break;
      void work(slot).then(() => {
        slots.free(slot);
        staff();
      }, finished.reject);
    }
    if (ready.size === 0) gate.releaseGuards();
    clearTimeout(dueTimer);
    const dueInMs = hasWork() ? queue.dueInMs() : undefined;
    if (dueInMs !== undefined) dueTimer = setTimeout(staff, Math.min(dueInMs, longestMs));
    // What is not recorded has not ended; only somebody who stops the sweep does not wait for that.
    const isRecorded = !isUnrecorded() || isStopping();
    if (slots.taken === 0 && !hasWork() && isRecorded) finished.resolve();
  }

  async function work(slot: number): Promise<void> {
    await slots.turn();
    while (slots.mayContinue(slot)) {
      ready.fill();
      const next = ready.take();
      if (next === undefined) return;
      const command = await next.command;
      if (!command || !isWanted(command.run)) continue;
      if (isUnrecorded() || !gate.isOpen()) return ready.putBack(next);
      gate.passed();
      await execute(slot, command);
    }
  }

  async function execute(slot: number, command: Command): Promise<void> {
    const { run } = command;
    while (isWanted(run)) {
      const outcome = await launch(slot, command);
      if (!('notLaunched' in outcome)) return settle(run, outcome);
      attempts.over(run, 'pending');
      let trouble: string | undefined = outcome.notLaunched;
      while (trouble !== undefined && isWanted(run)) {
        await waitForMachine(trouble);
        trouble = await ready.prepareAgain(run);
      }
    }
  }

  async function launch(
    slot: number,
    command: Command,
  ): Promise<AttemptOutcome | { readonly notLaunched: string }> {
    const hooks = { launched: ready.fill, started: () => gate.release('preparation') };
    try {
      return await local.launch(slot, slots.launcher(slot), commandFor(command, slot), hooks);
    } catch (error) {
      // A launcher that could not be made, or not be written down.
      if (systemCode(error) === undefined) throw error;
      return { notLaunched: messageOf(error) };
    }
  }

  async function adopt(run: number, slot: number): Promise<void> {
    const outcome = await local.adopt(run);
    if (outcome) await settle(run, outcome);
    slots.free(slot);
    staff();
  }

  /** Nothing can be started for want of something; waits before the next try. */
  async function waitForMachine(message: string): Promise<void> {
    gate.hold({ kind: 'preparation', message });
    await delay(retryMs, undefined, { signal: stopping.signal }).catch(() => {});
  }

  /** Records how a run's attempt ended, and does what follows from it. */
  async function settle(run: number, outcome: AttemptOutcome): Promise<void> {
    await recordEnd(sweep, run, outcome);
    const { failure, durationMs } = outcome;
    const retried = retriesOf(runAt(sweep.state.runs, run));
    if (failure?.reason === 'halted') sweep.record({ type: 'requeued', run, why: 'halted' });
    const { retryMs, unlocks, halts, pause } = rules.after({ run, failure, durationMs }, retried);
    if (retryMs !== undefined && !isStopping()) {
      sweep.record({ type: 'requeued', run, why: 'retry', delayMs: retryMs });
      queue.addRetry(run, retryMs);
    }
    if (unlocks) queue.unlock();
    if (halts) halt();
    if (pause && hasWork()) gate.hold(pause);
    attempts.over(run, runAt(sweep.state.runs, run).status);
    // The slot that has become free goes on by itself; others may have something to do now, or at another time.
    if (retryMs !== undefined || unlocks) staff();
  }

  function halt(): void {
    if (isStopping() || policy.halt === null) return;
    stopping.abort();
    sweep.record({ type: 'sweep', reason: 'halted', rule: haltRuleText(policy.halt) });
    if (policy.halt.when === 'now') attempts.endAll({ reason: 'halted' });
  }

  function stop(): void {
    if (isStopping()) return;
    stopping.abort();
    sweep.record({ type: 'sweep', reason: 'stopping' });
  }

  function skip(run: number): void {
    queue.remove(run);
    ready.remove(run);
    sweep.record({ type: 'skipped', run, why: 'cancelled' });
    if (rules.skipped(run)) queue.unlock();
  }

  for (const run of adopted) {
    const state = runAt(sweep.state.runs, run);
    if (state.status === 'running') adopt(run, slots.takeFrom(state.slot)).catch(finished.reject);
  }
  staff();
  return {
    finished: Promise.race([finished.promise, sweep.failed]).finally(() => {
      stopping.abort();
      clearInterval(heartbeat);
      clearTimeout(dueTimer);
      gate.close();
      local.close();
      slots.close();
    }),
    stop() {
      stop();
      staff();
    },
    cancel() {
      if (!isStopping() || !sweep.state.terminating)
        sweep.record({ type: 'sweep', reason: 'stopping', terminates: true });
      stopping.abort();
      attempts.endAll({ reason: 'cancelled' });
      staff();
    },
    cancelPending() {
      queue.clear();
      ready.clear();
      for (let run = 0; run < sweep.state.total; run++) if (!attempts.has(run) && isPending(run)) skip(run);
      staff();
    },
    cancelRun(run) {
      if (attempts.has(run)) return attempts.end(run, { reason: 'cancelled' });
      if (isPending(run)) skip(run);
      staff();
    },
    runAgain(runs) {
      for (const run of runs) {
        if (isStopping() || !isComplete(runAt(sweep.state.runs, run).status)) continue;
        sweep.record({ type: 'requeued', run, why: 'asked' });
        rules.wanted();
        queue.add(run);
      }
      staff();
    },
    pause: () => gate.hold({ kind: 'person' }),
    resume() {
      if (gate.releaseHeldForPerson().includes('canary')) queue.unlock();
      staff();
    },
    setMaxParallel(count) {
      slots.limit = count;
      sweep.record({ type: 'sweep', reason: 'max-parallel', maxParallel: count });
      staff();
    },
    task: attempts.task,
  };
}
