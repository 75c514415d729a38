import type { Cell } from './cell.ts';

/** What a column tells of: the run itself, one of its parameters, or one of its results. */
export type ColumnKind = 'run' | 'parameter' | 'result';

/** The columns that tell of the run itself, in the order in which they are shown. */
export const runColumns = [
  'sweep',
  'run',
  'status',
  'reason',
  'duration_s',
  'attempt',
  'started',
  'cpu_s',
  'peak_memory_bytes',
] as const;

/** One of {@link runColumns}. `started` is in seconds since the epoch. */
export type RunColumn = (typeof runColumns)[number];

/** A cell that is neither a number nor missing. */
export type TextCell = string | boolean | null;

/**
 * One column, by row. Numbers and everything else are stored apart, as typed arrays that are as large as they need to
 * be: a column of numbers takes 8 bytes a row, one of words 4 bytes a row and each word once.
 */
export interface Column {
  /** Tells columns apart: {@link columnKey}. */
  readonly key: string;
  readonly kind: ColumnKind;
  /** Its name among the columns of its kind; dots stand between the names of nested mappings. */
  readonly name: string;
  /** NaN where the cell is no number; shorter than the table where the rest is NaN; undefined while no cell is one. */
  numbers: Float64Array | undefined;
  /** 1 + the place in `texts` of a cell that is no number, else 0; shorter than the table where the rest is 0. */
  codes: Uint32Array | undefined;
  /** Each cell that is no number once. */
  readonly texts: TextCell[];
  /** Grows whenever a cell changes, so that what is derived from the column can be kept. */
  version: number;
  /** Where each of `texts` stands, counted from 1. */
  readonly places: Map<TextCell, number>;
}

/** The key of a column: its kind and name. */
export function columnKey(kind: ColumnKind, name: string): string {
  return `${kind}:${name}`;
}

/** A column in which every cell is missing. */
export function emptyColumn(kind: ColumnKind, name: string): Column {
  return {
    key: columnKey(kind, name),
    kind,
    name,
    numbers: undefined,
    codes: undefined,
    texts: [],
    version: 0,
    places: new Map(),
  };
}

/** The cell of a row. */
export function cellAt({ numbers, codes, texts }: Column, row: number): Cell {
  const code = codes?.[row] ?? 0;
  if (code > 0) return texts[code - 1];
  const number = numbers?.[row] ?? Number.NaN;
  return Number.isNaN(number) ? undefined : number;
}

/** The number of a row: booleans are 0 and 1; NaN where the cell is anything else, or missing. */
export function numberAt({ numbers, codes, texts }: Column, row: number): number {
  const code = codes?.[row] ?? 0;
  if (code === 0) return numbers?.[row] ?? Number.NaN;
  const text = texts[code - 1];
  return typeof text === 'boolean' ? Number(text) : Number.NaN;
}

/**
 * Sets the cell of a row; `capacity` is how many rows the column is likely to get. The number NaN is a missing cell: what
 * programs write where they mean it is the word.
 */
export function setCell(column: Column, row: number, cell: Cell, capacity: number): void {
  column.version++;
  if (typeof cell === 'number' && !Number.isNaN(cell)) {
    column.numbers = withRoom(column.numbers, row, capacity, newNumbers);
    column.numbers[row] = cell;
    if (column.codes !== undefined && row < column.codes.length) column.codes[row] = 0;
    return;
  }
  if (column.numbers !== undefined && row < column.numbers.length) column.numbers[row] = Number.NaN;
  if (cell === undefined || typeof cell === 'number') {
    if (column.codes !== undefined && row < column.codes.length) column.codes[row] = 0;
    return;
  }
  column.codes = withRoom(column.codes, row, capacity, newCodes);
  column.codes[row] = codeOf(column, cell);
}

/** The code of a text, given a place where it has none yet. */
function codeOf({ places, texts }: Column, text: TextCell): number {
  const known = places.get(text);
  if (known !== undefined) return known;
  texts.push(text);
  places.set(text, texts.length);
  return texts.length;
}

function withRoom<T extends Float64Array | Uint32Array>(
  array: T | undefined,
  row: number,
  capacity: number,
  make: (length: number) => T,
): T {
  if (array !== undefined && row < array.length) return array;
  const larger = make(Math.max(row + 1, capacity, 2 * (array?.length ?? 0)));
  if (array !== undefined) larger.set(array);
  return larger;
}

function newNumbers(length: number): Float64Array {
  return new Float64Array(length).fill(Number.NaN);
}

function newCodes(length: number): Uint32Array {
  return new Uint32Array(length);
}
