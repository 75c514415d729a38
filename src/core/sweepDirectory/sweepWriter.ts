import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { MultirunError, systemCode } from '../errors.ts';
import type { SweepEvent } from '../event.ts';
import type { ParamMap } from '../run.ts';
import { applyEvent, type SweepState } from '../sweepState.ts';
import type { SweepHeader } from './header.ts';
import { ignoreMissing, placeInputs, removeInputs } from './inputs.ts';
import { openJournalWriter } from './journalWriter.ts';
import { attemptNames, formatVersion, runDirectory, runNames, sweepNames } from './layout.ts';
import { releaseLock } from './lock.ts';
import { removeFilled, templateFiller } from './templates.ts';

/** The one writer of a sweep directory. */
export interface SweepWriter {
  readonly directory: string;
  readonly header: SweepHeader;
  /** What the sweep is at this moment. */
  readonly state: SweepState;
  /** The parameters of a run. */
  params(run: number): ParamMap;
  /** Records that something happened, now unless the event says when. */
  record(event: Recorded): void;
  /** Rejects as soon as an event could not be recorded; never resolves. */
  readonly failed: Promise<never>;
  /**
   * Makes a run's directory ready for its next attempt: `params.json` and the inputs; what an earlier attempt left goes to
   * `attempts/N`. Resolves to the directory's path.
   */
  prepareRun(run: number, earlierAttempts: number): Promise<string>;
  /** Records the end, waits until everything is on disk and lets go of the lock. Rejects when the journal failed. */
  close(): Promise<void>;
}

/** An event; without its time it happens now. */
export type Recorded = SweepEvent extends infer E
  ? E extends SweepEvent
    ? Omit<E, 'at'> & { readonly at?: number }
    : never
  : never;

/** What {@link openSweepWriter} needs. */
export interface SweepWriterOptions {
  readonly directory: string;
  readonly header: SweepHeader;
  /** What the journal tells so far. */
  readonly state: SweepState;
  readonly params: (run: number) => ParamMap;
  readonly maxParallel: number;
}

/** Starts writing a sweep whose lock this process holds. */
export function openSweepWriter({
  directory,
  header,
  state: initial,
  params,
  maxParallel,
}: SweepWriterOptions): SweepWriter {
  let state = initial;
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Whoever runs the sweep awaits it; it is not an unhandled rejection in between.
  failed.catch(() => {});
  const journal = openJournalWriter(join(directory, sweepNames.journal), (error) => {
    const reason = error instanceof Error ? error.message : String(error);
    fail(
      new MultirunError(
        'not-recorded',
        `the sweep in ${directory} can no longer be recorded and starts nothing more: ${reason}`,
        {
          cause: error,
        },
      ),
    );
  });

  const fill = templateFiller(directory, header.templates);

  function record(recorded: Recorded): void {
    const event = { at: Date.now(), ...recorded } as SweepEvent;
    state = applyEvent(state, event);
    journal.append(event);
  }

  async function prepareRun(run: number, earlierAttempts: number): Promise<string> {
    const place = runDirectory(directory, run, header.size);
    // Synchronous on purpose: mkdir and a small write are several times cheaper than their promise forms.
    if (earlierAttempts > 0) await archiveAttempt(place, earlierAttempts);
    else if (!makeRunDirectory(place)) await archiveAttempt(place, 0);
    writeFileSync(`${place}${sep}${runNames.params}`, `${JSON.stringify(params(run))}\n`);
    if (header.inputs.length > 0) await placeInputs(directory, place, header.inputs);
    if (header.templates.length > 0) await fill(place, params(run));
    return place;
  }

  async function archiveAttempt(place: string, attempt: number): Promise<void> {
    const archive = join(place, runNames.attempts, String(attempt));
    await mkdir(archive, { recursive: true });
    for (const name of attemptNames) await ignoreMissing(rename(join(place, name), join(archive, name)));
    await removeInputs(place, archive, header.inputs);
    await removeFilled(place, archive, header.templates);
  }

  record({ type: 'sweep', reason: 'opened', version: formatVersion, total: header.size, maxParallel });
  return {
    directory,
    header,
    params,
    record,
    failed,
    prepareRun,
    get state() {
      return state;
    },
    async close() {
      record({ type: 'sweep', reason: 'closed' });
      try {
        await journal.close();
      } finally {
        await releaseLock(directory);
      }
    },
  };
}

/** Returns false where an earlier writer had prepared the directory and started nothing there. */
function makeRunDirectory(place: string): boolean {
  try {
    mkdirSync(place);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}
