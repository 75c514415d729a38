import { closeSync, fdatasync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import type { SweepEvent } from '../event.ts';
import { encodeEvent } from './journalFormat.ts';

const syncIntervalMs = 100;
const sync = promisify(fdatasync);

/** Appends events to a journal. */
export interface JournalWriter {
  /** Appends an event; it is in the file by the end of this turn of the event loop, and on the disk soon after. */
  append(event: SweepEvent): void;
  /** Writes and syncs everything and closes the file. Rejects when that fails. */
  close(): Promise<void>;
}

/**
 * Opens a journal for appending. Lines are written once a turn of the event loop, and reach the disk (fdatasync) at most
 * every 100 ms. `onError` is called once, with the first write that failed; nothing is written after that.
 */
export function openJournalWriter(path: string, onError: (error: unknown) => void): JournalWriter {
  const fd = openSync(path, 'a+');
  let pending = '';
  let scheduled = false;
  let failure: { readonly error: unknown } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let syncing: Promise<void> = Promise.resolve();

  function fail(error: unknown): void {
    if (failure) return;
    failure = { error };
    onError(error);
  }

  function write(): void {
    scheduled = false;
    if (pending === '' || failure) return;
    const bytes = Buffer.from(pending);
    pending = '';
    try {
      for (let offset = 0; offset < bytes.length; ) offset += writeSync(fd, bytes, offset);
      timer ??= setTimeout(syncSoon, syncIntervalMs).unref();
    } catch (error) {
      fail(error);
    }
  }

  function syncSoon(): void {
    timer = undefined;
    syncing = sync(fd).catch(fail);
  }

  // A writer that died in the middle of a line left it torn: what comes now begins on a line of its own.
  const { size } = fstatSync(fd);
  const last = Buffer.alloc(1);
  if (size > 0 && readSync(fd, last, 0, 1, size - 1) === 1 && last.toString() !== '\n') pending = '\n';

  return {
    append(event) {
      pending += encodeEvent(event);
      if (!scheduled) {
        scheduled = true;
        setImmediate(write);
      }
    },
    async close() {
      write();
      clearTimeout(timer);
      await syncing;
      if (!failure) await sync(fd).catch(fail);
      closeSync(fd);
      if (failure) throw failure.error;
    },
  };
}
