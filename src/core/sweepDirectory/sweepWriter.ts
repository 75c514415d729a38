import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isShortage, MultirunError, messageOf } from '../errors.ts';
import type { SweepEvent } from '../event.ts';
import type { ParamMap } from '../run.ts';
import { applyEvent, type SweepState } from '../sweepState.ts';
import type { SweepHeader } from './header.ts';
import { openJournalWriter } from './journalWriter.ts';
import { busyLaunchers, recordLauncher } from './launchers.ts';
import { formatVersion, revisionDirectory, runDirectory, sweepNames } from './layout.ts';
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
  /**
   * Records that something happened, now unless the event says when. What cannot be written (a full disk) is kept, the sweep is
   * paused, and both end when it can.
   */
  record(event: Recorded): void;
  /** Resolves when all that was recorded is on the disk. */
  flush(): Promise<void>;
  /**
   * Rejects as soon as nothing more is recorded, whatever happens: with a MultirunError `not-recorded` when another writer
   * has taken over or the directory is gone, `left` after {@link SweepWriter.leave}. Never resolves.
   */
  readonly failed: Promise<never>;
  /** Calls when a pause that the writer itself has begun is over. */
  onRecovered(listener: () => void): void;
  /**
   * Makes a run's directory ready for its next attempt: `params.json` and the inputs; what an earlier attempt left goes to
   * `attempts/N`. Resolves to the directory's path. Where the whole system is to blame (no space, no descriptors) the sweep is
   * paused until it can be done.
   */
  prepareRun(run: number, earlierAttempts: number): Promise<string>;
  /** Writes down a launcher, before it is given anything to start: see launchers.ts. */
  recordLauncher(pid: number, slot: number): void;
  /** Resolves when launchers of earlier writers have written each exit code that they know. */
  earlierLaunchers(): Promise<void>;
  /** Records the end, waits until everything is on disk and lets go of the lock. Rejects when that is not possible. */
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
  /** What the first event says besides. */
  readonly opening?: Opening | undefined;
}

/** What a writer says of itself when it begins. */
export type Opening = Pick<Extract<SweepEvent, { reason: 'opened' }>, 'owner' | 'wanted' | 'continues'>;

const retryIntervalMs = 1000;

/** Starts writing a sweep whose lock this process holds. */
export function openSweepWriter({
  directory,
  lock,
  header,
  state: initial,
  params,
  maxParallel,
  opening = {},
}: SweepWriterOptions): SweepWriter {
  let state = initial;
  /** What the system refuses now, by what it refuses it for. */
  const troubles = new Map<'journal' | number, string>();
  const recovered = new Set<() => void>();
  const preparing = new Set<Promise<unknown>>();
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  // Whoever runs the sweep awaits it; it is not an unhandled rejection in between.
  failed.catch(() => {});
  let recording = true;
  let gaveUp: MultirunError | undefined;

  const journal = openJournalWriter(join(directory, sweepNames.journal), {
    onTrouble: (error) => trouble('journal', error),
    onRecovered: () => recover('journal'),
  });
  void lock.lost.then(giveUp);

  function giveUp(reason: string): void {
    if (!recording) return;
    recording = false;
    journal.abandon();
    const message = `nothing more of the sweep in ${directory} is recorded or started: ${reason}`;
    gaveUp = new MultirunError('not-recorded', message);
    fail(gaveUp);
  }

  function isThere(): boolean {
    const reason = lock.gone();
    if (reason !== undefined) giveUp(reason);
    return reason === undefined;
  }

  function trouble(of: 'journal' | number, error: unknown): void {
    troubles.set(of, messageOf(error));
    pauseInTrouble();
  }

  function recover(of: 'journal' | number): void {
    if (!troubles.delete(of) || troubles.size > 0) return;
    if (state.paused?.kind === 'journal') record({ type: 'sweep', reason: 'resumed' });
    for (const listener of recovered) listener();
  }

  function pauseInTrouble(): void {
    const [message] = troubles.values();
    if (message === undefined || state.phase !== 'running' || state.paused) return;
    record({ type: 'sweep', reason: 'paused', why: { kind: 'journal', message } });
  }

  const store = revisionDirectory(directory, state.revision);
  const fill = templateFiller(store, header.templates);

  function record(recorded: Recorded): void {
    if (!recording) return;
    const event = { at: Date.now(), ...recorded } as SweepEvent;
    // A directory that is gone fails runs that have not failed.
    if (event.type === 'failed' && event.failure.reason === 'spawn-error' && !isThere()) return;
    state = applyEvent(state, event);
    journal.append(event);
    // Nobody resumes what cannot be done.
    if (event.type === 'sweep' && event.reason === 'resumed') pauseInTrouble();
  }

  async function prepareRun(run: number, earlierAttempts: number): Promise<string> {
    const work = prepare(run, earlierAttempts);
    preparing.add(work);
    try {
      return await work;
    } finally {
      preparing.delete(work);
    }
  }

  async function prepare(run: number, attempts: number): Promise<string> {
    const place = runDirectory(directory, run, header.size);
    const { inputs, templates } = header;
    for (;;) {
      try {
        await prepareRunDirectory({
          store,
          place,
          attempts,
          params: params(run),
          inputs,
          templates,
        });
        if (templates.length > 0) await fill(place, params(run));
        recover(run);
        return place;
      } catch (error) {
        const goesOn = isThere() && recording && state.phase === 'running';
        if (!goesOn || !isShortage(error)) {
          recover(run);
          throw error;
        }
        trouble(run, error);
        await delay(retryIntervalMs);
      }
    }
  }

  async function letGo(): Promise<void> {
    recording = false;
    try {
      // Who writes next shall not find us at work in a run directory.
      await Promise.allSettled(preparing);
      await journal.close();
    } catch (error) {
      throw new MultirunError(
        'not-recorded',
        `the end of the sweep in ${directory} could not be recorded: ${messageOf(error)}`,
        { cause: error },
      );
    } finally {
      await lock.release();
    }
  }

  record({
    type: 'sweep',
    reason: 'opened',
    version: formatVersion,
    total: state.total,
    maxParallel,
    writer: { pid: process.pid, ...thisPlace() },
    ...opening,
  });
  return {
    directory,
    header,
    params,
    record,
    flush: journal.flush,
    failed,
    prepareRun,
    get state() {
      return state;
    },
    onRecovered: (listener) => void recovered.add(listener),
    recordLauncher: (pid, slot) => recordLauncher(directory, lock.term, pid, slot),
    earlierLaunchers: async () => void (await busyLaunchers(directory, lock.term)),
    async close() {
      if (recording) isThere();
      record({ type: 'sweep', reason: 'closed' });
      await letGo();
      if (gaveUp) throw gaveUp;
    },
    async leave() {
      const letting = letGo();
      fail(new MultirunError('left', `the sweep in ${directory} is left to another writer`));
      await letting;
    },
  };
}
