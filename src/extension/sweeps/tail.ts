import { watch } from 'node:fs';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { coalesce } from './coalesce.ts';

const refreshEveryMs = 120;
const pollEveryMs = 2000;

/** A live sweep that is being followed. */
export interface Tail {
  dispose(): void;
}

/**
 * Calls `refresh` soon after something is written to a live sweep's directory; `refresh` must not reject. A slow poll sees what no
 * file tells: that the writer has died, or that a network file system reports nothing.
 */
export function tailSweep(view: SweepView, refresh: () => Promise<void>): Tail {
  const reading = coalesce(refreshEveryMs, refresh);
  const poll = setInterval(reading.request, pollEveryMs);
  const watcher = watchDirectory(view.directory, reading.request);
  return {
    dispose: () => {
      clearInterval(poll);
      watcher?.close();
      reading.dispose();
    },
  };
}

function watchDirectory(directory: string, onChange: () => void) {
  try {
    const watcher = watch(directory, { persistent: false }, onChange);
    // The directory is gone or the system has no watches left: the poll goes on.
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
