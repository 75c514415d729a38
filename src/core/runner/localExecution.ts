import { setImmediate as nextTurn } from 'node:timers/promises';
import { failureOfCode } from '../exitCode.ts';
import type { Failure } from '../failure.ts';
import { isComplete, type RunStatus } from '../run.ts';
import { runAt } from '../runTable.ts';
import { runDirectory } from '../sweepDirectory/layout.ts';
import { startTicks } from '../sweepDirectory/processIdentity.ts';
import type { SweepWriter } from '../sweepDirectory/sweepWriter.ts';
import { type Adopted, signalAdopted, watchAdopted } from './adoption.ts';
import { commandOf, markerOf } from './commandOf.ts';
import type { Command, Exit, Launcher } from './launcher.ts';
import { longTimer } from './longTimer.ts';
import { recordEnd } from './recordEnd.ts';
import type { RunEnvironment } from './runEnvironment.ts';
import { explainSpawnFailure } from './spawnFailure.ts';
import { type Signallable, terminate } from './termination.ts';

/** Runs whose directories are made before a slot is free for them, so that no slot waits for a directory. */
const preparedAhead = 2;

/** What {@link executeLocally} needs. */
export interface LocalExecutionOptions {
  readonly sweep: SweepWriter;
  readonly wanted: Iterable<number>;
  /** Runs that are running already, started by a writer that is gone. */
  readonly adopted: Iterable<number>;
  readonly maxParallel: number;
  readonly makeLauncher: (slot: number) => Launcher;
  /** How long a run may take to end after SIGTERM before it gets SIGKILL, in ms. */
  readonly graceMs: number;
  /** What runs inherit: where `${envvar:NAME}` is looked up, and PATH, to explain why a program was not found. */
  readonly environment: RunEnvironment;
}

/** A sweep that is being executed on this machine. */
export interface LocalExecution {
  /** Resolves when every wanted run has ended; rejects when the sweep can no longer be recorded. */
  readonly finished: Promise<void>;
  stop(): void;
  cancel(): void;
  cancelPending(): void;
  cancelRun(run: number): void;
  runAgain(runs: Iterable<number>): void;
  pause(): void;
  resume(): void;
  setMaxParallel(maxParallel: number): void;
  /** Resolves when the run's process has ended; undefined while it has none. */
  task(run: number): Promise<RunStatus> | undefined;
}

/** A run that was handed to a launcher and has not ended. */
interface Active {
  readonly target: Signallable;
  readonly task: PromiseWithResolvers<RunStatus>;
  /** Whether its process is known, so that it can be signalled. */
  started: boolean;
  /** Why it is being terminated; the first reason wins. */
  reason?: 'cancelled' | 'timeout';
  terminated?: Promise<void>;
}

/**
 * Executes the wanted runs of a sweep, in their order.
 *
 *     waiting ──prepare──▶ ready ──slot──▶ launched ──S──▶ started ──E──▶ ended
 *
 * Each slot takes the next ready run as soon as its last one has ended. A run that is no longer pending, or comes after a
 * stop, falls out before it is launched.
 */
export function executeLocally({
  sweep,
  wanted,
  adopted,
  maxParallel,
  makeLauncher,
  graceMs,
  environment,
}: LocalExecutionOptions): LocalExecution {
  const answers = sweep.header.results?.exitCode ?? null;
  const waiting = [...wanted];
  let next = 0;
  const ready: Promise<Command | undefined>[] = [];
  const active = new Map<number, Active>();
  const launchers: Launcher[] = [];
  const busy = new Set<number>();
  let places = maxParallel;
  const finished = Promise.withResolvers<void>();
  let stopping = false;
  let turn: Promise<unknown> = Promise.resolve();

  function isWanted(run: number): boolean {
    return !stopping && runAt(sweep.state.runs, run).status === 'pending';
  }

  /** Gives work to every free slot; the execution has finished when none is busy and nothing is left. */
  function staff(): void {
    while (hasWork() && !sweep.state.paused) {
      const slot = freeSlot();
      if (slot === undefined) break;
      busy.add(slot);
      void work(slot).then(() => {
        busy.delete(slot);
        staff();
      }, finished.reject);
    }
    if (busy.size === 0 && !hasWork()) finished.resolve();
  }

  /** The lowest slot that is free; undefined while as many runs go on as may. */
  function freeSlot(): number | undefined {
    if (busy.size >= places) return undefined;
    for (let slot = 0; slot < places; slot++) if (!busy.has(slot)) return slot;
    return undefined;
  }

  function hasWork(): boolean {
    return !stopping && (ready.length > 0 || next < waiting.length);
  }

  async function work(slot: number): Promise<void> {
    // Making a launcher takes milliseconds: no more than one a turn of the event loop.
    turn = turn.then(() => nextTurn());
    await turn;
    while (hasWork() && !sweep.state.paused && busy.size <= places && slot < places) {
      prepareAhead();
      const command = await ready.shift();
      if (command && isWanted(command.run)) await execute(slot, command);
    }
  }

  function prepareAhead(): void {
    while (ready.length < preparedAhead && next < waiting.length)
      ready.push(prepare(waiting[next++] as number));
  }

  async function prepare(run: number): Promise<Command | undefined> {
    if (!isWanted(run)) return undefined;
    try {
      const directory = await sweep.prepareRun(run, runAt(sweep.state.runs, run).attempts);
      return commandOf(sweep.header, { run, directory, params: sweep.params(run), environment });
    } catch (error) {
      const message = `cannot prepare the run: ${error instanceof Error ? error.message : String(error)}`;
      sweep.record({ type: 'failed', run, failure: { reason: 'spawn-error', message } });
      return undefined;
    }
  }

  function launcherOf(slot: number): Launcher {
    let launcher = launchers[slot];
    if (!launcher?.alive) {
      launcher = makeLauncher(slot);
      launchers[slot] = launcher;
      if (launcher.pid !== undefined) sweep.recordLauncher(launcher.pid, slot);
    }
    return launcher;
  }

  async function execute(slot: number, command: Command): Promise<void> {
    const { run } = command;
    const attempt = runAt(sweep.state.runs, run).attempts + 1;
    const launcher = launcherOf(slot);
    const entry: Active = { target: launcher, task: Promise.withResolvers(), started: false };
    active.set(run, entry);
    let callOffTimeout = (): void => {};
    const ended = Promise.withResolvers<Exit>();
    try {
      launcher.launch(command, {
        started(pid) {
          sweep.record({ type: 'started', run, attempt, pid, slot, ticks: startTicks(pid) });
          const { timeoutMs } = sweep.header;
          if (timeoutMs !== null) callOffTimeout = longTimer(timeoutMs, () => end(entry, 'timeout'));
          entry.started = true;
          // It was cancelled before its process was known.
          if (entry.reason) end(entry, entry.reason);
        },
        ended: ended.resolve,
      });
    } catch (error) {
      // A word that no program can be given.
      ended.resolve({ kind: 'spawn-error', message: error instanceof Error ? error.message : String(error) });
    }
    prepareAhead();
    const exit = await ended.promise;
    callOffTimeout();
    if (exit.kind === 'lost') entry.terminated ??= terminate(launcher, graceMs);
    // A slot is free when everything that was to be terminated is gone, grandchildren included.
    if (entry.terminated !== undefined) await entry.terminated;
    const failure =
      exit.kind === 'code' && exit.code === 0 && !entry.reason
        ? undefined
        : await failureOf(exit, entry, command);
    await recordEnd(sweep, run, { failure, code: exit.kind === 'code' ? exit.code : undefined });
    active.delete(run);
    entry.task.resolve(runAt(sweep.state.runs, run).status);
  }

  async function failureOf(
    exit: Exit,
    { reason }: Active,
    { argv, directory }: Command,
  ): Promise<Failure | undefined> {
    if (reason) return endedBy(reason);
    if (exit.kind === 'lost') return { reason: 'lost' };
    if (exit.kind === 'spawn-error' || exit.code === 126 || exit.code === 127) {
      const fallback = exit.kind === 'spawn-error' ? exit.message : undefined;
      const message =
        (await explainSpawnFailure(argv[0] ?? '', directory, environment.PATH ?? '')) ?? fallback;
      if (message !== undefined) return { reason: 'spawn-error', message };
    }
    return exit.kind === 'code' ? failureOfCode(exit.code, answers) : undefined;
  }

  async function adopt(run: number): Promise<void> {
    const state = runAt(sweep.state.runs, run);
    if (state.status !== 'running') return;
    let { slot } = state;
    while (busy.has(slot)) slot++;
    busy.add(slot);
    const directory = runDirectory(sweep.directory, run, sweep.header.size);
    const process: Adopted = {
      directory,
      pid: state.pid,
      startedAt: state.startedAt,
      ticks: state.ticks,
      marker: markerOf(directory),
    };
    const entry: Active = { target: signalAdopted(process), task: Promise.withResolvers(), started: true };
    active.set(run, entry);
    const { timeoutMs } = sweep.header;
    const left = timeoutMs === null ? undefined : Math.max(0, state.startedAt + timeoutMs - Date.now());
    const callOffTimeout = left === undefined ? () => {} : longTimer(left, () => end(entry, 'timeout'));
    const exit = await watchAdopted(process, () => sweep.earlierLaunchers());
    callOffTimeout();
    if (entry.terminated !== undefined) await entry.terminated;
    const failure = entry.reason
      ? endedBy(entry.reason)
      : exit
        ? failureOfCode(exit.code, answers)
        : ({ reason: 'lost' } as const);
    await recordEnd(sweep, run, { failure, code: exit?.code, at: exit?.at ?? Date.now() });
    active.delete(run);
    entry.task.resolve(runAt(sweep.state.runs, run).status);
    busy.delete(slot);
    staff();
  }

  function endedBy(reason: 'cancelled' | 'timeout'): Failure {
    return reason === 'timeout' ? { reason, timeoutMs: sweep.header.timeoutMs ?? 0 } : { reason };
  }

  function end(entry: Active, reason: 'cancelled' | 'timeout'): void {
    entry.reason ??= reason;
    if (entry.started) entry.terminated ??= terminate(entry.target, graceMs);
  }

  function stop(): void {
    if (stopping) return;
    stopping = true;
    sweep.record({ type: 'sweep', reason: 'stopping' });
  }

  for (const run of adopted) adopt(run).catch(finished.reject);
  sweep.onRecovered(staff);
  staff();
  return {
    finished: Promise.race([finished.promise, sweep.failed]).finally(() => {
      stopping = true;
      for (const launcher of launchers) launcher?.close();
    }),
    stop() {
      stop();
      staff();
    },
    cancel() {
      stop();
      for (const entry of active.values()) end(entry, 'cancelled');
      staff();
    },
    cancelPending() {
      for (let run = 0; run < sweep.state.total; run++)
        if (!active.has(run) && runAt(sweep.state.runs, run).status === 'pending')
          sweep.record({ type: 'skipped', run, why: 'cancelled' });
      next = waiting.length;
      ready.length = 0;
      staff();
    },
    cancelRun(run) {
      const entry = active.get(run);
      if (entry) end(entry, 'cancelled');
      else if (runAt(sweep.state.runs, run).status === 'pending')
        sweep.record({ type: 'skipped', run, why: 'cancelled' });
    },
    runAgain(runs) {
      for (const run of runs) {
        if (stopping || !isComplete(runAt(sweep.state.runs, run).status)) continue;
        sweep.record({ type: 'requeued', run, why: 'asked' });
        waiting.push(run);
      }
      staff();
    },
    pause() {
      if (!stopping) sweep.record({ type: 'sweep', reason: 'paused', why: { kind: 'person' } });
    },
    resume() {
      if (sweep.state.paused === undefined) return;
      sweep.record({ type: 'sweep', reason: 'resumed' });
      staff();
    },
    setMaxParallel(maxParallel) {
      places = maxParallel;
      sweep.record({ type: 'sweep', reason: 'max-parallel', maxParallel });
      staff();
    },
    task: (run) => active.get(run)?.task.promise,
  };
}
