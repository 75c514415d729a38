import type { Chunk } from './chunk.ts';
import {
  type Column,
  type ColumnKind,
  cellAt,
  columnKey,
  emptyColumn,
  type RunColumn,
  runColumns,
  setCell,
} from './column.ts';

/**
 * The runs of one sweep, or of several that are joined, as columns. Rows are in the order in which they came. Changed in
 * place by {@link applyChunk} alone.
 */
export interface ResultsTable {
  /** What the sweeps are called; a row names its sweep by its place here. */
  readonly sweeps: readonly string[];
  /** How many rows there are. */
  size: number;
  /** The sweep of each row. */
  sweepOf: Uint16Array;
  /** The id of each row's run. */
  runOf: Uint32Array;
  /** By their keys, in the order in which they came. */
  readonly columns: Map<string, Column>;
  /** How many columns were left out because there are too many. */
  dropped: number;
  /** Grows with every change. */
  version: number;
  /** The row of each run of each sweep, plus 1; 0 where there is none. */
  readonly rows: Uint32Array[];
}

/** A table of these sweeps without rows. With more than one, each row has the name of its sweep in a column. */
export function emptyTable(sweeps: readonly string[]): ResultsTable {
  const table: ResultsTable = {
    sweeps,
    size: 0,
    sweepOf: new Uint16Array(0),
    runOf: new Uint32Array(0),
    columns: new Map(),
    dropped: 0,
    version: 0,
    rows: sweeps.map(() => new Uint32Array(0)),
  };
  for (const name of runColumns) {
    if (name === 'sweep' && sweeps.length < 2) continue;
    const column = emptyColumn('run', name);
    table.columns.set(column.key, column);
  }
  return table;
}

/** The row of a run, or undefined where the table has none. */
export function rowOf(table: ResultsTable, sweep: number, run: number): number | undefined {
  const row = table.rows[sweep]?.[run] ?? 0;
  return row === 0 ? undefined : row - 1;
}

/** The column that tells something of the run itself; undefined only for `sweep`, where there is but one. */
export function runColumn(table: ResultsTable, name: RunColumn): Column | undefined {
  return table.columns.get(columnKey('run', name));
}

/** Takes over what a chunk says of runs of one sweep. */
export function applyChunk(table: ResultsTable, sweep: number, chunk: Chunk): void {
  const rows = chunk.runs.map((run) => rowFor(table, sweep, run));
  const told = new Set<string>();
  for (const { kind, name, numbers, codes, texts } of chunk.columns) {
    const column = columnOf(table, kind, name);
    told.add(column.key);
    for (const [index, row] of rows.entries()) {
      const code = codes?.[index] ?? 0;
      setCell(column, row, code > 0 ? texts[code - 1] : numbers?.[index], table.runOf.length);
    }
  }
  for (const column of table.columns.values()) {
    if (told.has(column.key) || identifying.has(column.key) || !chunk.kinds.includes(column.kind)) continue;
    for (const row of rows) if (cellAt(column, row) !== undefined) setCell(column, row, undefined, 0);
  }
  table.dropped = Math.max(table.dropped, chunk.dropped);
  table.version++;
}

const runKey = columnKey('run', 'run');
const sweepKey = columnKey('run', 'sweep');
/** The columns that no chunk tells. */
const identifying: ReadonlySet<string> = new Set([runKey, sweepKey]);

function columnOf(table: ResultsTable, kind: ColumnKind, name: string): Column {
  const key = columnKey(kind, name);
  const known = table.columns.get(key);
  if (known !== undefined) return known;
  const column = emptyColumn(kind, name);
  table.columns.set(key, column);
  return column;
}

function rowFor(table: ResultsTable, sweep: number, run: number): number {
  const known = rowOf(table, sweep, run);
  if (known !== undefined) return known;
  const row = table.size++;
  if (row >= table.runOf.length) {
    const room = Math.max(64, 2 * row);
    table.runOf = larger(table.runOf, new Uint32Array(room));
    table.sweepOf = larger(table.sweepOf, new Uint16Array(room));
  }
  table.runOf[row] = run;
  table.sweepOf[row] = sweep;
  const rows = table.rows[sweep] ?? new Uint32Array(0);
  table.rows[sweep] = run < rows.length ? rows : larger(rows, new Uint32Array(Math.max(64, 2 * run)));
  (table.rows[sweep] as Uint32Array)[run] = row + 1;
  for (const [key, cell] of [
    [runKey, run],
    [sweepKey, table.sweeps[sweep]],
  ] as const) {
    const column = table.columns.get(key);
    if (column !== undefined) setCell(column, row, cell, table.runOf.length);
  }
  return row;
}

function larger<T extends Uint16Array | Uint32Array>(array: T, room: T): T {
  room.set(array);
  return room;
}
