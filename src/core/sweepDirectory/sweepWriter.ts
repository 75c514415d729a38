import { join } from 'node:path';
import { MultirunError } from '../errors.ts';
import type { SweepEvent } from '../event.ts';
import type { ParamMap } from '../run.ts';
import { applyEvent, type SweepState } from '../sweepState.ts';
import type { SweepHeader } from './header.ts';
import { openJournalWriter } from './journalWriter.ts';
import { recordLauncher } from './launchers.ts';
import { formatVersion, runDirectory, sweepNames } from './layout.ts';
import type { HeldLock } from './lock.ts';
import { thisPlace } from './processIdentity.ts';
import { prepareRunDirectory } from './runDirectories.ts';
import { templateFiller } from './templates.ts';

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
  /** Writes down a launcher, before it is given anything to start: see launchers.ts. */
  recordLauncher(pid: number, slot: number): void;
  /** Records the end, waits until everything is on disk and lets go of the lock. Rejects when the journal failed. */
  close(): Promise<void>;
  /** As {@link SweepWriter.close}, but without an end: the sweep is to be taken up by another writer. */
  leave(): Promise<void>;
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
  readonly lock: HeldLock;
  readonly header: SweepHeader;
  /** What the journal tells so far. */
  readonly state: SweepState;
  readonly params: (run: number) => ParamMap;
  readonly maxParallel: number;
  /** On whose behalf: see {@link SweepEvent}. */
  readonly owner?: string | undefined;
}

/** Starts writing a sweep whose lock this process holds. */
export function openSweepWriter({
  directory,
  lock,
  header,
  state: initial,
  params,
  maxParallel,
  owner,
}: SweepWriterOptions): SweepWriter {
  let state = initial;
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Whoever runs the sweep awaits it; it is not an unhandled rejection in between.
  failed.catch(() => {});
  const failWith = (reason: string, cause?: unknown): void =>
    fail(
      new MultirunError(
        'not-recorded',
        `the sweep in ${directory} can no longer be recorded and starts nothing more: ${reason}`,
        { cause },
      ),
    );
  const journal = openJournalWriter(join(directory, sweepNames.journal), (error) =>
    failWith(error instanceof Error ? error.message : String(error), error),
  );
  void lock.lost.then(failWith);

  const fill = templateFiller(directory, header.templates);

  function record(recorded: Recorded): void {
    const event = { at: Date.now(), ...recorded } as SweepEvent;
    state = applyEvent(state, event);
    journal.append(event);
  }

  async function prepareRun(run: number, earlierAttempts: number): Promise<string> {
    const place = runDirectory(directory, run, header.size);
    await prepareRunDirectory({
      sweepDirectory: directory,
      place,
      attempts: earlierAttempts,
      params: params(run),
      inputs: header.inputs,
      templates: header.templates,
    });
    if (header.templates.length > 0) await fill(place, params(run));
    return place;
  }

  async function letGo(): Promise<void> {
    try {
      await journal.close();
    } finally {
      await lock.release();
    }
  }

  record({
    type: 'sweep',
    reason: 'opened',
    version: formatVersion,
    total: header.size,
    maxParallel,
    writer: { pid: process.pid, ...thisPlace() },
    owner,
  });
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
    recordLauncher: (pid, slot) => recordLauncher(directory, lock.term, pid, slot),
    async close() {
      record({ type: 'sweep', reason: 'closed' });
      await letGo();
    },
    leave: letGo,
  };
}
