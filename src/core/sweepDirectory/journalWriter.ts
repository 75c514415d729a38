import { closeSync, fdatasync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { SweepEvent } from '../event.ts';
import { encodeEvent } from './journalFormat.ts';

const syncIntervalMs = 100;
/** How often a write that failed is tried again. */
const retryIntervalMs = 1000;
const sync = promisify(fdatasync);

/** Appends events to a journal. */
export interface JournalWriter {
  /** Appends an event; it is in the file by the end of this turn of the event loop, and on the disk soon after. */
  append(event: SweepEvent): void;
  /** Resolves when everything so far is on the disk; while that is refused, it waits. */
  flush(): Promise<void>;
  /** Writes and syncs everything and closes the file. Rejects when that fails. */
  close(): Promise<void>;
  /** Writes nothing more, whatever is still appended, and closes the file. */
  abandon(): void;
}

/** Who wants to know whether what is appended reaches the file. */
export interface JournalListener {
  /** A write failed. Nothing is lost: everything that is appended is kept, and written as soon as it can be. */
  onTrouble(error: unknown): void;
  /** Everything has been written after all. */
  onRecovered(): void;
}

/**
 * Opens a journal for appending. Lines are written once a turn of the event loop, and reach the disk (fdatasync) at most
 * every 100 ms. What cannot be written, because the disk is full or read-only, is tried again every second.
 */
export function openJournalWriter(path: string, { onTrouble, onRecovered }: JournalListener): JournalWriter {
  const fd = openSync(path, 'a+');
  let lines = '';
  /** Bytes whose write failed, from where it stopped: what follows must come after them. */
  let rest = Buffer.alloc(0);
  let scheduled = false;
  let open = true;
  let trouble: { readonly error: unknown } | undefined;
  let syncTimer: NodeJS.Timeout | undefined;
  let retryTimer: NodeJS.Timeout | undefined;
  let syncing: Promise<void> = Promise.resolve();
  let closing: Promise<void> | undefined;

  function fail(error: unknown): void {
    if (!open) return;
    retryTimer ??= setTimeout(retry, retryIntervalMs);
    if (trouble) return;
    trouble = { error };
    onTrouble(error);
  }

  function retry(): void {
    retryTimer = undefined;
    trouble = undefined;
    write();
    syncing = syncing.then(() => sync(fd)).then(recovered, fail);
  }

  function recovered(): void {
    if (!trouble && open) onRecovered();
  }

  function write(): void {
    scheduled = false;
    if (!open || (lines === '' && rest.length === 0)) return;
    rest = rest.length === 0 ? Buffer.from(lines) : Buffer.concat([rest, Buffer.from(lines)]);
    lines = '';
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
      syncTimer ??= setTimeout(syncSoon, syncIntervalMs).unref();
    } catch (error) {
      fail(error);
    }
  }

  function syncSoon(): void {
    syncTimer = undefined;
    syncing = sync(fd).catch(fail);
  }

  async function close(): Promise<void> {
    if (!open) return;
    trouble = undefined;
    write();
    await syncing;
    if (!trouble && open) await sync(fd).catch(fail);
    if (open) shut();
    if (trouble) throw (trouble as { readonly error: unknown }).error;
  }

  function shut(): void {
    open = false;
    clearTimeout(syncTimer);
    clearTimeout(retryTimer);
    closeSync(fd);
  }

  // A writer that died in the middle of a line left it torn: what comes now begins on a line of its own. A line that lacks
  // its newline alone is torn too: whoever took the sweep up has not read it, and it must not come true later.
  const { size } = fstatSync(fd);
  const last = Buffer.alloc(1);
  if (size > 0 && readSync(fd, last, 0, 1, size - 1) === 1 && last.toString() !== '\n') lines = ' (torn)\n';

  return {
    append(event) {
      lines += encodeEvent(event);
      if (scheduled || trouble) return;
      scheduled = true;
      setImmediate(write);
    },
    async flush() {
      for (;;) {
        write();
        if (trouble === undefined && open) {
          const error = await sync(fd).then(
            () => undefined,
            (reason: unknown) => ({ reason }),
          );
          if (error === undefined) return;
          fail(error.reason);
        }
        if (!open) return;
        await delay(retryIntervalMs);
      }
    },
    close() {
      // Whoever leaves a sweep that is just ending closes it twice.
      closing ??= close();
      return closing;
    },
    abandon() {
      if (open) shut();
    },
  };
}
