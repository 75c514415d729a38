import { stat } from 'node:fs/promises';
import { type JournalReader, type Recorded, readJournal } from '../../core/sweepDirectory/recorded.ts';
import { inThread } from '../thread.ts';

/** What is to be read. */
export interface JournalOrder {
  readonly path: string;
  readonly before: Recorded;
}

/** Of a journal so much is read in this thread; more makes garbage that another one takes with it. In bytes. */
const mostHere = 2 << 20;

/** Reads journals: what is long, in a thread of its own. `program` is the bundle of `journalWorker.ts`. */
export function journalThread(program: string | URL): JournalReader {
  return async (path, before) => {
    const size = await stat(path).then(
      (stats) => stats.size,
      () => 0,
    );
    if (size - before.bytes <= mostHere) return readJournal(path, before);
    return inThread<Recorded>(program, { path, before } satisfies JournalOrder);
  };
}
