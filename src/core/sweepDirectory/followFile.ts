import { type FSWatcher, watch } from 'node:fs';

/** What a file system tells by itself comes at once; what it does not (one on a network) is seen by a slow poll. */
const pollIntervalMs = 1000;

/**
 * Calls `look` now, whenever a file changes, and every second, never twice at a time; disposing of the result waits for the
 * last call. What `look` rejects with is tried again at the next change. The file should exist.
 */
export async function followFile(path: string, look: () => Promise<void>): Promise<AsyncDisposable> {
  let over = false;
  let again = false;
  let looking: Promise<void> | undefined;
  const request = (): void => {
    again = true;
    looking ??= work();
  };
  const work = async (): Promise<void> => {
    while (again && !over) {
      again = false;
      await look().catch(() => {});
    }
    looking = undefined;
  };
  const watcher = watchFile(path, request);
  const poll = setInterval(request, pollIntervalMs).unref();
  request();
  return {
    async [Symbol.asyncDispose]() {
      over = true;
      clearInterval(poll);
      watcher?.close();
      await looking;
    },
  };
}

function watchFile(path: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(path, { persistent: false }, onChange);
    // The file is gone, or the system has no watches left: the poll goes on.
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
