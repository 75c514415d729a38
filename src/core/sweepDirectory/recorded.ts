import { applyingMany, plannedSweep, type SweepState } from '../sweepState.ts';
import { decodeEvent } from './journalFormat.ts';
import { lineTail } from './jsonLines.ts';

/** What a journal tells, as far as it was read. */
export interface Recorded {
  readonly state: SweepState;
  /** The revisions after the first under which runs were last started. */
  readonly revisions: Map<number, number>;
  /** How many lines could not be read. */
  readonly unreadable: number;
  /** How long the part of the journal is that was read: whole lines. */
  readonly bytes: number;
}

/** Reads on in a journal, from where it was read before. Gives the same again where nothing is new. */
export type JournalReader = (path: string, before: Recorded) => Promise<Recorded>;

/** Nothing that a journal of a sweep of `total` runs tells was read yet. */
export function nothingRecorded(total: number): Recorded {
  return { state: plannedSweep(total), revisions: new Map(), unreadable: 0, bytes: 0 };
}

/** Reads a journal in this thread, in pieces between which others have their turn. */
export async function readJournal(path: string, before: Recorded): Promise<Recorded> {
  const tail = lineTail(path, before.bytes);
  const { revisions } = before;
  let { state, unreadable } = before;
  const apply = applyingMany();
  for await (const lines of tail.pieces()) {
    for (const line of lines) {
      const event = decodeEvent(line);
      if (event?.type === 'started' && state.revision > 1) revisions.set(event.run, state.revision);
      if (event) state = apply(state, event);
      else if (line !== '') unreadable++;
    }
  }
  const bytes = tail.position();
  return bytes === before.bytes ? before : { state, revisions, unreadable, bytes };
}
