import { describeFailure } from '../failure.ts';
import type { ParamMap } from '../run.ts';
import type { RunState } from '../runTable.ts';
import { durationOf } from '../sweepState.ts';
import { type Cell, type FlattenOptions, flatten } from './cell.ts';
import {
  type Column,
  type ColumnKind,
  columnKey,
  emptyColumn,
  type RunColumn,
  setCell,
  type TextCell,
} from './column.ts';

/**
 * New cells of some runs of one sweep, column by column: what a reader sends to a view, and small enough to be sent as it
 * is. For the kinds that it holds it has all cells of its runs: what is not in it is missing.
 */
export interface Chunk {
  readonly kinds: readonly ColumnKind[];
  /** The ids of the runs; the cell of a column at place `i` belongs to `runs[i]`. */
  readonly runs: Uint32Array;
  readonly columns: readonly ChunkColumn[];
  /** Columns that were left out because there are too many. */
  readonly dropped: number;
}

/** A column of a {@link Chunk}, stored as a {@link Column} is. */
export interface ChunkColumn {
  readonly kind: ColumnKind;
  readonly name: string;
  readonly numbers: Float64Array | undefined;
  readonly codes: Uint32Array | undefined;
  readonly texts: readonly TextCell[];
}

/** The memory that the cells of a chunk take, which goes with it from one thread to another. */
export function chunkBuffers({ runs, columns }: Chunk): ArrayBuffer[] {
  const arrays = [runs, ...columns.flatMap(({ numbers, codes }) => [numbers, codes])];
  return arrays.flatMap((array) => (array === undefined ? [] : [array.buffer as ArrayBuffer]));
}

/**
 * Gives the memory of a chunk back that nobody needs any more, without waiting for V8 to find that out: it looks at what has
 * lived for a moment only after tens of megabytes.
 */
export function releaseChunk(chunk: Chunk): void {
  for (const buffer of chunkBuffers(chunk)) buffer.transfer(0);
}

/** Collects the cells of runs. */
export interface ChunkBuilder {
  /** Begins the next run; what is added from now on belongs to it. */
  run(id: number): void;
  /** Adds a cell of that run. */
  add(kind: ColumnKind, name: string, cell: Cell): void;
  /** How many runs it has. */
  readonly size: number;
  /** All of it. */
  build(): Chunk;
}

/** More columns help nobody, and a program that names its results by the run would make as many as there are runs. */
export const mostColumns = 2000;

/** A builder for about `capacity` runs. */
export function chunkBuilder(kinds: readonly ColumnKind[], capacity: number): ChunkBuilder {
  // A key made of both would be made for each cell.
  const byName: Record<ColumnKind, Map<string, Column>> = {
    run: new Map(),
    parameter: new Map(),
    result: new Map(),
  };
  const columns: Column[] = [];
  const runs: number[] = [];
  const dropped = new Set<string>();
  return {
    run(id) {
      runs.push(id);
    },
    add(kind, name, cell) {
      let column = byName[kind].get(name);
      if (column === undefined) {
        if (columns.length >= mostColumns) {
          if (dropped.size < mostColumns) dropped.add(columnKey(kind, name));
          return;
        }
        column = emptyColumn(kind, name);
        columns.push(column);
        byName[kind].set(name, column);
      }
      setCell(column, runs.length - 1, cell, capacity);
    },
    get size() {
      return runs.length;
    },
    build: () => ({
      kinds,
      runs: Uint32Array.from(runs),
      dropped: dropped.size,
      columns: columns.map(({ kind, name, numbers, codes, texts }) => ({
        kind,
        name,
        numbers: cutTo(numbers, runs.length),
        codes: cutTo(codes, runs.length),
        texts,
      })),
    }),
  };
}

/** Without a copy where it is just so long, as the columns of a builder with the right capacity are. */
function cutTo<T extends Float64Array | Uint32Array>(array: T | undefined, length: number): T | undefined {
  return array === undefined || array.length === length ? array : (array.slice(0, length) as T);
}

/** Adds what the journal tells of a run; `now` is the time that a running one has come to, in ms since the epoch. */
export function addState(builder: ChunkBuilder, state: RunState, now: number): void {
  const add = (name: RunColumn, cell: Cell) => builder.add('run', name, cell);
  add('status', state.status);
  if (state.status === 'failure') add('reason', describeFailure(state.failure));
  if (state.status === 'skipped') add('reason', state.why);
  if (state.attempts > 0) add('attempt', state.attempts);
  if ('startedAt' in state && state.startedAt !== undefined) {
    add('started', state.startedAt / 1000);
    add('duration_s', (durationOf(state, now) ?? 0) / 1000);
  }
  if (!('usage' in state)) return;
  if (state.usage?.cpuMs !== undefined) add('cpu_s', state.usage.cpuMs / 1000);
  if (state.usage?.peakMemoryBytes !== undefined) add('peak_memory_bytes', state.usage.peakMemoryBytes);
}

/** Adds a run's parameters and results. */
export function addValues(
  builder: ChunkBuilder,
  params: ParamMap,
  results: unknown,
  options?: FlattenOptions,
): void {
  flatten(params, (name, cell) => builder.add('parameter', name, cell), 'value', options);
  flatten(results, (name, cell) => builder.add('result', name, cell), 'result', options);
}
