import { MultirunError } from './errors.ts';
import type { ParamMap } from './run.ts';
import type { AbstractRunner } from './runner/abstractRunner.ts';
import type { SweepHeader } from './sweepDirectory/header.ts';
import { acquireLock, type HeldLock } from './sweepDirectory/lock.ts';
import { openSweepWriter, type Recorded } from './sweepDirectory/sweepWriter.ts';
import type { SweepHandle } from './sweepHandle.ts';
import type { SweepState } from './sweepState.ts';

/** A sweep and what is to be run of it. */
export interface SweepToCarry {
  readonly header: SweepHeader;
  /** What the journal tells so far. */
  readonly state: SweepState;
  readonly params: (run: number) => ParamMap;
  readonly runner: AbstractRunner;
  /** Recorded before the first run starts. */
  readonly first: readonly Recorded[];
  readonly wanted: Iterable<number>;
  /** Runs that a writer which is gone has started and that still run. Default: none. */
  readonly adopted?: Iterable<number> | undefined;
}

/**
 * Takes the lock of a sweep and lets a runner execute the wanted runs. `read` is asked what they are under the lock, so that
 * nothing it looked at can change before it is used. Throws a MultirunError `locked`, and what `read` throws; then the lock
 * is free again.
 */
export async function carrySweep(
  directory: string,
  read: (lock: HeldLock) => SweepToCarry | Promise<SweepToCarry>,
): Promise<SweepHandle> {
  const lock = await acquireLock(directory);
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
  { header, state, params, runner, first, wanted, adopted }: SweepToCarry,
): SweepHandle {
  const writer = openSweepWriter({ directory, lock, header, state, params, maxParallel: runner.maxParallel });
  for (const event of first) writer.record(event);
  let open = true;
  const finished = runner
    .execute(writer, wanted, adopted)
    .finally(() => {
      open = false;
      return writer.close();
    })
    .then(() => writer.state);
  // Whoever holds the handle decides what to do about it; it is not unhandled until then.
  finished.catch(() => {});
  return {
    directory,
    header,
    runner,
    finished,
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
      runner.runAgain(runs);
    },
  };
}
