import { once } from 'node:events';
import { watch } from 'node:fs';

/** Resolves when a condition is true. It is asked again whenever something changes in the directory, as a journal does. */
export async function until(directory: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const watcher = watch(directory);
  try {
    for (;;) {
      // Before asking, so that no change falls in between.
      const changed = once(watcher, 'change');
      if (await condition()) return;
      await changed;
    }
  } finally {
    watcher.close();
  }
}
