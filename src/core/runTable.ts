import type { SkipReason } from './event.ts';
import type { Ending, Failure, Usage } from './failure.ts';
import type { ResultsNote } from './resultsNote.ts';

/** How many attempts its rule for retries has given the run since somebody last asked for it; absent for none. */
interface Retried {
  readonly retried?: number | undefined;
}

/** What is known of one run. Times are milliseconds since the epoch; `attempts` counts the processes started so far. */
export type RunState =
  | ({
      readonly status: 'pending';
      readonly attempts: number;
      /** Why the last attempt failed, where it did and another one is wanted. */
      readonly lastFailure?: Failure | undefined;
      /** When the next attempt may start at the earliest; only while a retry is due. */
      readonly retryAt?: number | undefined;
      /** It is wanted again, so that a cluster's job that has it is none of this attempt: it waits to be submitted. */
      readonly unsubmitted?: true | undefined;
    } & Retried)
  | ({
      readonly status: 'running';
      readonly attempts: number;
      readonly startedAt: number;
      readonly pid: number;
      readonly slot: number;
      /** When the kernel started it, in its own ticks since boot, where that was recorded. */
      readonly ticks?: number | undefined;
      /** Why it is being terminated, where it is. */
      readonly ending?: Ending | undefined;
      /** The task of a cluster that started it, where one did: "4711_12". */
      readonly job?: string | undefined;
      /** The machine of the cluster on which it runs. */
      readonly node?: string | undefined;
    } & Retried)
  | ({
      readonly status: 'success';
      readonly attempts: number;
      readonly startedAt: number;
      readonly endedAt: number;
      readonly usage?: Usage | undefined;
    } & ResultsNote)
  | ({
      readonly status: 'failure';
      readonly attempts: number;
      /** Absent when no process could be started. */
      readonly startedAt: number | undefined;
      readonly endedAt: number;
      readonly failure: Failure;
      readonly usage?: Usage | undefined;
    } & Retried &
      ResultsNote)
  | { readonly status: 'skipped'; readonly attempts: number; readonly why: SkipReason };

const untouched: RunState = { status: 'pending', attempts: 0 };
/** How many runs a chunk of a {@link RunTable} holds. */
export const chunkSize = 256;

/**
 * The runs of a sweep by id, immutable. Stored in chunks, so that changing one of 100,000 runs copies a few hundred
 * references and a reducer that never mutates stays fast. A chunk that nothing has touched does not exist.
 */
export interface RunTable {
  readonly chunks: readonly (readonly RunState[] | undefined)[];
}

/** A table in which every run is pending. */
export const emptyRunTable: RunTable = { chunks: [] };

/** The state of a run; pending when nothing has happened to it. */
export function runAt(table: RunTable, id: number): RunState {
  return table.chunks[Math.floor(id / chunkSize)]?.[id % chunkSize] ?? untouched;
}

/** What was made for a series of changes, and nobody has seen yet: see {@link withRun}. */
export type Unseen = Set<object>;

/**
 * The same table with one run replaced. What is `unseen` is changed in place instead of being copied again, so that a series
 * of changes copies each part once.
 */
export function withRun(table: RunTable, id: number, run: RunState, unseen?: Unseen): RunTable {
  const index = Math.floor(id / chunkSize);
  const known = table.chunks[index];
  const chunk = own(known ?? new Array<RunState>(chunkSize).fill(untouched), unseen);
  chunk[id % chunkSize] = run;
  const chunks = own(table.chunks, unseen);
  while (chunks.length < index) chunks.push(undefined);
  chunks[index] = chunk;
  return chunks === table.chunks ? table : { chunks };
}

function own<T>(array: readonly T[], unseen: Unseen | undefined): T[] {
  if (unseen?.has(array)) return array as T[];
  const copy = array.slice();
  unseen?.add(copy);
  return copy;
}
