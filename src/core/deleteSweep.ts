import { lstat, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isOnCluster } from './askSweep.ts';
import { MultirunError } from './errors.ts';
import { sweepNames } from './sweepDirectory/layout.ts';
import { acquireLock } from './sweepDirectory/lock.ts';
import { openSweep } from './sweepDirectory/readSweep.ts';

/**
 * Deletes the directory of a sweep that nobody runs, for good; links in it are removed, and what they lead to stays. Throws a
 * MultirunError and deletes nothing: `not-a-sweep`, `invalid-argument` where the directory itself is a link, `locked`
 * while somebody runs the sweep or a run of it goes on, `silent`.
 */
export async function deleteSweep(path: string): Promise<void> {
  const directory = resolve(path);
  const view = await openSweep(directory);
  const { state } = view;
  if ((await lstat(directory)).isSymbolicLink()) {
    throw new MultirunError(
      'invalid-argument',
      `${directory} is a link, and nothing was deleted; remove it, or name the directory that it leads to`,
    );
  }
  const lock = await acquireLock(directory);
  try {
    if (isOnCluster(view) && state.counts.pending > 0) {
      throw new MultirunError(
        'locked',
        `a cluster still has runs of the sweep in ${directory}, and nothing was deleted; cancel it first`,
      );
    }
    if (state.running.length > 0) {
      throw new MultirunError(
        'locked',
        `the sweep in ${directory} has runs that still run (${state.running.length}), and nothing was deleted; cancel them first`,
      );
    }
    // First of all: what is half deleted is no sweep any more.
    await rm(join(directory, sweepNames.header));
    await rm(directory, { recursive: true });
  } finally {
    await lock.release();
  }
}
