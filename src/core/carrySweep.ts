import { MultirunError } from './errors.ts';
import type { ParamMap } from './run.ts';
import type { AbstractRunner } from './runner/abstractRunner.ts';
import type { CreatedSweep } from './sweepDirectory/createSweep.ts';
import { acquireLock } from './sweepDirectory/lock.ts';
import { openSweepWriter, type Recorded } from './sweepDirectory/sweepWriter.ts';
import type { SweepHandle } from './sweepHandle.ts';
import type { SweepState } from './sweepState.ts';

/** What {@link carrySweep} needs. */
export interface CarryOptions {
  readonly sweep: CreatedSweep;
  /** What the journal tells so far. */
  readonly state: SweepState;
  readonly params: (run: number) => ParamMap;
  readonly runner: AbstractRunner;
  /** Recorded before the first run starts. */
  readonly first: readonly Recorded[];
  readonly wanted: Iterable<number>;
}

/** Takes the lock of a sweep and lets a runner execute the wanted runs. Throws a MultirunError `locked`. */
export async function carrySweep({
  sweep,
  state,
  params,
  runner,
  first,
  wanted,
}: CarryOptions): Promise<SweepHandle> {
  const { directory, header } = sweep;
  await acquireLock(directory);
  const writer = openSweepWriter({ directory, header, state, params, maxParallel: runner.maxParallel });
  for (const event of first) writer.record(event);
  let open = true;
  const finished = runner
    .execute(writer, wanted)
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
