import { applyRequest } from './controls.ts';
import { MultirunError } from './errors.ts';
import { reconcile } from './reconcile.ts';
import type { ParamMap } from './run.ts';
import type { AbstractRunner } from './runner/abstractRunner.ts';
import type { SweepHeader } from './sweepDirectory/header.ts';
import { acquireLock, type HeldLock } from './sweepDirectory/lock.ts';
import { answerRequests } from './sweepDirectory/requests.ts';
import { type Opening, openSweepWriter, type Recorded } from './sweepDirectory/sweepWriter.ts';
import type { SweepHandle } from './sweepHandle.ts';
import type { SweepState } from './sweepState.ts';

/** A sweep and what is to be run of it. */
export interface SweepToCarry {
  readonly header: SweepHeader;
  /** What the journal tells so far. */
  readonly state: SweepState;
  readonly params: (run: number) => ParamMap;
  readonly runner: AbstractRunner;
  /** What the first event says besides. */
  readonly opening?: Opening | undefined;
  /** Recorded before the first run starts. */
  readonly first: readonly Recorded[];
  readonly wanted: Iterable<number>;
  /** Runs that a writer which is gone has started and that still run. Default: none. */
  readonly adopted?: Iterable<number> | undefined;
  /** Work in the sweep directory that nothing waits for but the end of the sweep. It does not reject. */
  readonly alongside?: Promise<void> | undefined;
}

/** What {@link carrySweep} is told. */
export interface CarryOptions {
  /** Whether a writer elsewhere that has not been heard for a while counts as gone: see {@link acquireLock}. */
  readonly takeOver?: boolean | undefined;
}

/**
 * Takes the lock of a sweep and lets a runner execute the wanted runs. `read` is asked what they are under the lock, so that
 * nothing it looked at can change before it is used. Throws a MultirunError `locked` or `silent`, and what `read` throws;
 * then the lock is free again.
 */
export async function carrySweep(
  directory: string,
  read: (lock: HeldLock) => SweepToCarry | Promise<SweepToCarry>,
  { takeOver }: CarryOptions = {},
): Promise<SweepHandle> {
  const lock = await acquireLock(directory, { takeOver });
  try {
    return start(directory, lock, await read(lock));
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function start(
  directory: string,
  lock: HeldLock,
  { header, state, params, runner, opening, first, wanted, adopted, alongside }: SweepToCarry,
): SweepHandle {
  const { maxParallel } = runner;
  const writer = openSweepWriter({ directory, lock, header, state, params, maxParallel, opening });
  for (const event of first) writer.record(event);
  let open = true;
  const wantedRuns = [...wanted];
  const adoptedRuns = [...(adopted ?? [])];
  const expected = [...wantedRuns, ...adoptedRuns];
  const execution = runner.execute(writer, wantedRuns, adoptedRuns);
  const handle: SweepHandle = {
    directory,
    header,
    runner,
    finished: carryToEnd(),
    get state() {
      return writer.state;
    },
    stop: () => runner.stop(),
    cancel: () => runner.cancel(),
    cancelPending: () => runner.cancelPending(),
    pause: () => runner.pause(),
    resume: () => runner.resume(),
    setMaxParallel: (maxParallel) => runner.setMaxParallel(maxParallel),
    cancelRun: (run) => runner.cancelRun(run),
    runAgain(runs) {
      if (!open)
        throw new MultirunError(
          'not-a-run',
          `the sweep in ${directory} has ended; open it again to run its runs`,
        );
      if (writer.state.phase === 'stopping')
        throw new MultirunError(
          'refused',
          `the sweep “${header.name}” is being stopped and starts nothing more; run its runs again when it has ended`,
        );
      expected.push(...runs);
      runner.runAgain(runs);
    },
    async leave() {
      if (open) await writer.leave();
      await handle.finished;
    },
  };
  const requests = answerRequests(directory, (request) => applyRequest(handle, request));
  // Whoever holds the handle decides what to do about it; it is not unhandled until then. Without requests a sweep goes on.
  handle.finished.catch(() => {});
  requests.catch(() => {});
  return handle;

  async function carryToEnd(): Promise<SweepState> {
    let left = false;
    let problem: string | undefined;
    try {
      await execution;
      problem = reconcile(writer.state, expected);
    } catch (error) {
      left = error instanceof MultirunError && error.code === 'left';
      if (!left) throw error;
    } finally {
      open = false;
      await alongside;
      // A request that is being answered still finds a writer.
      await requests.then((answering) => answering[Symbol.asyncDispose]()).catch(() => {});
      if (!left) await writer.close();
    }
    if (problem === undefined) return writer.state;
    throw new MultirunError(
      'not-reconciled',
      `the sweep in ${directory} does not add up: ${problem}. This is an error in Multirun; please report it`,
    );
  }
}
