import type { SkipReason } from './event.ts';
import type { Ending, Failure, Usage } from './failure.ts';
import type { ResultsNote } from './resultsNote.ts';
import type { RunStatus } from './run.ts';

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
  readonly chunks: readonly (RunChunk | undefined)[];
}

/**
 * Runs whose ids follow each other. Nearly all runs of a long sweep have ended, and an object of its own for each of them
 * takes five times the memory: so what they have in numbers stands in one array, and what is left is shared by all to which
 * the same happened.
 */
export interface RunChunk {
  /** By place: what is known of a run; of one that has ended all but its numbers. */
  readonly runs: readonly KeptRun[];
  /** The numbers of those that have ended, so many for each as {@link withPlace} says; NaN where there is none. */
  readonly numbers: Float64Array;
}

type EndedRun = Extract<RunState, { status: 'success' | 'failure' }>;
type KeptRun = Exclude<RunState, EndedRun> | KeptEnd;
type KeptEnd = Without<EndedRun, 'startedAt' | 'endedAt' | 'metric' | 'usage'>;
type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never;

/** A table in which every run is pending. */
export const emptyRunTable: RunTable = { chunks: [] };

/** The state of a run; pending when nothing has happened to it. */
export function runAt(table: RunTable, id: number): RunState {
  const chunk = table.chunks[Math.floor(id / chunkSize)];
  return chunk === undefined ? untouched : runIn(chunk, id % chunkSize);
}

/** The status of a run, which costs less than all that is known of it. */
export function statusAt(table: RunTable, id: number): RunStatus {
  return (table.chunks[Math.floor(id / chunkSize)]?.runs[id % chunkSize] ?? untouched).status;
}

/** The runs of all chunks that exist, with their ids. */
export function* touchedRuns(table: RunTable): Generator<[id: number, run: RunState]> {
  for (const [index, chunk] of table.chunks.entries()) {
    if (chunk === undefined) continue;
    for (let place = 0; place < chunkSize; place++) yield [index * chunkSize + place, runIn(chunk, place)];
  }
}

/** The ids below `total` of runs whose state is another one than before. Looks only at the chunks that are. */
export function* changedRuns(before: RunTable, after: RunTable, total: number): Generator<number> {
  for (const [index, chunk] of after.chunks.entries()) {
    if (chunk === before.chunks[index]) continue;
    const end = Math.min(total, (index + 1) * chunkSize);
    for (let id = index * chunkSize; id < end; id++) if (isChanged(before, after, id)) yield id;
  }
}

/** Whether the state of a run is another one than before. */
export function isChanged(before: RunTable, after: RunTable, id: number): boolean {
  const index = Math.floor(id / chunkSize);
  const [old, now] = [before.chunks[index], after.chunks[index]];
  if (old === now) return false;
  const place = id % chunkSize;
  if ((old?.runs[place] ?? untouched) !== (now?.runs[place] ?? untouched)) return true;
  const first = place * width;
  for (let at = first; at < first + width; at++)
    if (!Object.is(old?.numbers[at] ?? Number.NaN, now?.numbers[at] ?? Number.NaN)) return true;
  return false;
}

/** What was made for a series of changes, and nobody has seen yet: see {@link withRun}. */
export type Unseen = Set<object>;

/**
 * The same table with one run replaced. What is `unseen` is changed in place instead of being copied again, so that a series
 * of changes copies each part once.
 */
export function withRun(table: RunTable, id: number, run: RunState, unseen?: Unseen): RunTable {
  const index = Math.floor(id / chunkSize);
  const before = table.chunks[index];
  const chunk = withPlace(before ?? emptyChunk, id % chunkSize, run, unseen);
  if (chunk === before) return table;
  const chunks = own(table.chunks, unseen);
  while (chunks.length < index) chunks.push(undefined);
  chunks[index] = chunk;
  return chunks === table.chunks ? table : { chunks };
}

const emptyChunk: RunChunk = {
  runs: new Array<KeptRun>(chunkSize).fill(untouched),
  numbers: new Float64Array(0),
};

function withPlace(chunk: RunChunk, place: number, run: RunState, unseen: Unseen | undefined): RunChunk {
  const runs = own(chunk.runs, unseen);
  if (run.status !== 'success' && run.status !== 'failure') {
    runs[place] = run;
    return runs === chunk.runs ? chunk : { runs, numbers: chunk.numbers };
  }
  const { startedAt, endedAt, metric, usage, ...rest } = run;
  runs[place] = shared(rest);
  const first = place * width;
  const numbers = ownNumbers(chunk.numbers, first + width, unseen);
  numbers[first] = startedAt ?? Number.NaN;
  numbers[first + 1] = endedAt;
  numbers[first + 2] = metric ?? Number.NaN;
  numbers[first + 3] = usage?.cpuMs ?? Number.NaN;
  numbers[first + 4] = usage?.peakMemoryBytes ?? Number.NaN;
  return runs === chunk.runs && numbers === chunk.numbers ? chunk : { runs, numbers };
}

function own<T>(array: readonly T[], unseen: Unseen | undefined): T[] {
  if (unseen?.has(array)) return array as T[];
  const copy = array.slice();
  unseen?.add(copy);
  return copy;
}

/** With room for `length` numbers, and for more of them the more there are: a sweep of ten runs needs none for 256. */
function ownNumbers(numbers: Float64Array, length: number, unseen: Unseen | undefined): Float64Array {
  if (numbers.length >= length && unseen?.has(numbers)) return numbers;
  const room = Math.min(chunkSize * width, Math.max(2 * numbers.length, length));
  const copy = new Float64Array(numbers.length >= length ? numbers.length : room).fill(Number.NaN);
  copy.set(numbers);
  unseen?.delete(numbers);
  unseen?.add(copy);
  return copy;
}

/** How many numbers a run has that has ended. */
const width = 5;

/** What {@link withPlace} has taken apart. */
function runIn({ runs, numbers }: RunChunk, place: number): RunState {
  const run = runs[place] ?? untouched;
  if (run.status !== 'success' && run.status !== 'failure') return run;
  const first = place * width;
  const startedAt = known(numbers[first]);
  const endedAt = numbers[first + 1] ?? Number.NaN;
  const metric = known(numbers[first + 2]);
  const cpuMs = known(numbers[first + 3]);
  const peakMemoryBytes = known(numbers[first + 4]);
  const usage = cpuMs === undefined && peakMemoryBytes === undefined ? undefined : { cpuMs, peakMemoryBytes };
  if (run.status === 'failure') return { ...run, startedAt, endedAt, metric, usage };
  return { ...run, startedAt: startedAt ?? Number.NaN, endedAt, metric, usage };
}

function known(number: number | undefined): number | undefined {
  return number === undefined || Number.isNaN(number) ? undefined : number;
}

/** One object for all ends that tell the same. Ends that no other has, as a message with a path in it, do not pile up. */
const ends = new Map<string, KeptEnd>();
const mostEnds = 1000;

function shared(end: KeptEnd): KeptEnd {
  const key = JSON.stringify(end);
  const same = ends.get(key);
  if (same !== undefined) return same;
  if (ends.size === mostEnds) ends.clear();
  ends.set(key, end);
  return end;
}
