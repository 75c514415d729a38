import { isShortage, messageOf, systemCode } from '../errors.ts';
import { runAt } from '../runTable.ts';
import { runDirectory } from '../sweepDirectory/layout.ts';
import type { SweepWriter } from '../sweepDirectory/sweepWriter.ts';
import { commandOf } from './commandOf.ts';
import type { Command } from './launcher.ts';
import type { RunEnvironment } from './runEnvironment.ts';

/** Runs whose directories are made before a slot is free for them, so that no slot waits for a directory. */
const preparedAhead = 2;

/** A run whose directory is being made, or has been. */
export interface Prepared {
  readonly run: number;
  /** Undefined where it is not wanted any more, or could not be made ready. */
  readonly command: Promise<Command | undefined>;
}

/** What {@link readyRuns} needs. */
export interface PreparationOptions {
  readonly sweep: SweepWriter;
  readonly environment: RunEnvironment;
  /** The next run that is due. */
  readonly take: () => number | undefined;
  readonly isWanted: (run: number) => boolean;
  /** A run's directory was made. */
  readonly onReady: () => void;
  /** A run cannot be made ready. */
  readonly onFailure: (run: number, message: string) => Promise<void>;
  /** No run can be made ready. Resolves when it is worth another try. */
  readonly onTrouble: (message: string) => Promise<void>;
}

/** The runs that can be started next. */
export interface ReadyRuns {
  readonly size: number;
  /** Begins to prepare the next runs that are due. */
  fill(): void;
  take(): Prepared | undefined;
  putBack(prepared: Prepared): void;
  remove(run: number): void;
  clear(): void;
  /** Makes a run ready that could not be launched. Resolves to what the system says where it cannot be. */
  prepareAgain(run: number): Promise<string | undefined>;
}

/** Prepares runs a little before they are started. */
export function readyRuns(options: PreparationOptions): ReadyRuns {
  const { sweep, environment, take, isWanted, onReady, onFailure, onTrouble } = options;
  let ready: Prepared[] = [];

  async function prepare(run: number): Promise<Command | undefined> {
    while (isWanted(run)) {
      try {
        const directory = await sweep.prepareRun(run, runAt(sweep.state.runs, run).attempts);
        onReady();
        return commandOf(sweep.header, { run, directory, params: sweep.params(run), environment });
      } catch (error) {
        const message = messageOf(error);
        if (!concernsAll(error, runDirectory(sweep.directory, run, sweep.header.size))) {
          await onFailure(run, `cannot prepare the run: ${message}`);
          return undefined;
        }
        await onTrouble(message);
      }
    }
    return undefined;
  }

  return {
    get size() {
      return ready.length;
    },
    fill() {
      while (ready.length < preparedAhead) {
        const run = take();
        if (run === undefined) return;
        ready.push({ run, command: prepare(run) });
      }
    },
    take: () => ready.shift(),
    putBack: (prepared) => void ready.unshift(prepared),
    remove(run) {
      ready = ready.filter((prepared) => prepared.run !== run);
    },
    clear() {
      ready = [];
    },
    async prepareAgain(run) {
      try {
        await sweep.prepareRun(run, runAt(sweep.state.runs, run).attempts);
        return undefined;
      } catch (error) {
        return messageOf(error);
      }
    },
  };
}

/** Whether an error in preparing a run would meet every other run too. */
function concernsAll(error: unknown, place: string): boolean {
  if (isShortage(error)) return true;
  // A run directory cannot be made where the directory of all runs is gone or closed to us.
  return (
    systemCode(error) !== undefined &&
    (error as NodeJS.ErrnoException).syscall === 'mkdir' &&
    (error as NodeJS.ErrnoException).path === place
  );
}
