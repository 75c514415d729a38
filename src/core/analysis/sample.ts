import { cellText } from '../resultsTable/cell.ts';
import { type Column, cellAt, numberAt } from '../resultsTable/column.ts';
import { type ResultsTable, runColumn } from '../resultsTable/table.ts';
import type { Note } from './note.ts';

/**
 * What a sensitivity analysis is made from: one result of the runs that succeeded, and the parameters that vary among them.
 * Plain data, which can be sent to another thread as it is.
 */
export interface Sample {
  /** The name of the result. */
  readonly result: string;
  /** Its value in each run that is looked at; finite numbers whose squares are finite, too. */
  readonly values: Float64Array;
  /** The ids of these runs, ascending. */
  readonly runs: Uint32Array;
  readonly parameters: readonly SampledParameter[];
  /** What was left out. */
  readonly notes: readonly Note[];
}

/** A parameter that varies; its values are in the order of the sample's runs. */
export type SampledParameter =
  /** Numbers; NaN where a run lacks the parameter. True counts as 1, false as 0. */
  | { readonly kind: 'numeric'; readonly name: string; readonly values: Float64Array }
  /** Anything else: 1 + the place of the value in `categories`, 0 where a run lacks the parameter. */
  | {
      readonly kind: 'categorical';
      readonly name: string;
      readonly codes: Uint32Array;
      readonly categories: readonly string[];
    };

/** How a {@link Sample} is taken. */
export interface SampleOptions {
  /** The rows to look at. Default: all. */
  readonly rows?: Uint32Array | undefined;
  /** Parameters that are no cause to look for: the number and the seed of a repetition. Default: none. */
  readonly ignored?: ReadonlySet<string> | undefined;
}

/** Greater numbers have squares that no number can hold; programs write them when a computation has run away. */
const greatest = 1e150;

/** Takes the sample of one result from a table. */
export function sampleOf(
  table: ResultsTable,
  result: Column,
  { rows = Uint32Array.from({ length: table.size }, (_, row) => row), ignored = new Set() }: SampleOptions,
): Sample {
  const status = runColumn(table, 'status');
  const succeeded = rows.filter((row) => status === undefined || cellAt(status, row) === 'success');
  const used = succeeded
    .filter((row) => Math.abs(numberAt(result, row)) <= greatest)
    .sort((a, b) => (table.runOf[a] ?? 0) - (table.runOf[b] ?? 0));
  const notes: Note[] = [];
  if (succeeded.length < rows.length)
    notes.push({ kind: 'unsuccessful', runs: rows.length - succeeded.length });
  if (used.length < succeeded.length) notes.push({ kind: 'no-number', runs: succeeded.length - used.length });
  const parameters: SampledParameter[] = [];
  const constant: string[] = [];
  const all = Uint32Array.from({ length: table.size }, (_, row) => row);
  for (const column of table.columns.values()) {
    if (column.kind !== 'parameter' || ignored.has(column.name) || !varies(column, all)) continue;
    if (varies(column, used)) parameters.push(parameterOf(column, used));
    else if (used.length > 0) constant.push(column.name);
  }
  if (constant.length > 0) notes.push({ kind: 'constant', parameters: constant });
  return {
    result: result.name,
    values: Float64Array.from(used, (row) => numberAt(result, row)),
    runs: Uint32Array.from(used, (row) => table.runOf[row] ?? 0),
    parameters,
    notes,
  };
}

/** The results that can be analysed: those with a number in some run, in the table's order. */
export function numericResults(table: ResultsTable): Column[] {
  return [...table.columns.values()].filter((column) => {
    if (column.kind !== 'result') return false;
    if (column.texts.some((text) => typeof text === 'string' && text !== 'NaN')) return false;
    for (let row = 0; row < table.size; row++) if (Number.isFinite(numberAt(column, row))) return true;
    return false;
  });
}

/** Whether two of these rows have different values, or one has a value that another lacks. */
function varies(column: Column, rows: Uint32Array): boolean {
  const [first] = rows;
  if (first === undefined) return false;
  const value = cellAt(column, first);
  return rows.some((row) => cellAt(column, row) !== value);
}

function parameterOf(column: Column, rows: Uint32Array): SampledParameter {
  const { name } = column;
  const values = numbersOf(column, rows);
  if (values !== undefined) return { kind: 'numeric', name, values };
  const places = new Map<string, number>();
  const codes = Uint32Array.from(rows, (row) => {
    const cell = cellAt(column, row);
    if (cell === undefined) return 0;
    const text = cellText(cell);
    const code = places.get(text) ?? places.size + 1;
    places.set(text, code);
    return code;
  });
  return { kind: 'categorical', name, codes, categories: [...places.keys()] };
}

/** The numbers of a column; undefined where one of its cells is none. */
function numbersOf(column: Column, rows: Uint32Array): Float64Array | undefined {
  const { numbers, codes, texts } = column;
  const values = new Float64Array(rows.length);
  for (const [index, row] of rows.entries()) {
    const code = codes?.[row] ?? 0;
    if (code > 0 && typeof texts[code - 1] !== 'boolean') return undefined;
    const value = code > 0 ? Number(texts[code - 1]) : (numbers?.[row] ?? Number.NaN);
    if (Math.abs(value) > greatest) return undefined;
    values[index] = value;
  }
  return values;
}
