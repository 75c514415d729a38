import type { Cell } from './cell.ts';
import { type Column, cellAt, columnKey, emptyColumn, numberAt, setCell } from './column.ts';
import { type ResultsTable, runColumn } from './table.ts';

/** What a column of a {@link GroupedTable} holds of the runs of each group. */
export type GroupedKind =
  /** The value that all of its runs share. */
  | 'key'
  /** How many runs it has. */
  | 'runs'
  /** How many of them succeeded; only those count for the columns below. */
  | 'succeeded'
  /** The arithmetic mean of a result, or of the duration. */
  | 'mean'
  /** The standard deviation of a sample, with n - 1; missing where a group has a single value. */
  | 'deviation'
  | 'min'
  | 'max';

/** A column of a {@link GroupedTable}; one cell for each group. */
export interface GroupedColumn {
  readonly kind: GroupedKind;
  /** The column of the runs that it is made from; undefined where it only counts them. */
  readonly source: Column | undefined;
  readonly column: Column;
}

/** Groups of runs that have the same values in some columns. */
export interface GroupedTable {
  /** The rows of the runs of each group; groups stand in the order of their first runs. */
  readonly groups: readonly Uint32Array[];
  readonly columns: readonly GroupedColumn[];
}

/**
 * Groups rows by columns: for each group what its runs share, how many there are, and mean, standard deviation, minimum and
 * maximum of every result of numbers and of the duration. Booleans count as 0 and 1, so that their mean is a share. A run that
 * lacks a value belongs to those that lack it, too.
 */
export function groupRows(table: ResultsTable, rows: Uint32Array, keys: readonly Column[]): GroupedTable {
  const groups = groupsOf(rows, keys);
  const status = runColumn(table, 'status');
  const succeeded = groups.map((group) =>
    group.filter((row) => status === undefined || cellAt(status, row) === 'success'),
  );
  const make = (kind: GroupedKind, source: Column | undefined, cellOf: (group: number) => Cell) => {
    const column = emptyColumn(source?.kind ?? 'run', `${source?.key ?? ''} ${kind}`);
    for (let group = 0; group < groups.length; group++) setCell(column, group, cellOf(group), groups.length);
    return { kind, source, column };
  };
  const columns: GroupedColumn[] = [
    ...keys.map((key) => make('key', key, (group) => cellAt(key, groups[group]?.[0] ?? 0))),
    make('runs', undefined, (group) => groups[group]?.length),
    make('succeeded', undefined, (group) => succeeded[group]?.length),
  ];
  for (const source of table.columns.values()) {
    if (!isAggregated(source)) continue;
    const all = succeeded.map((group) => statisticsOf(source, group));
    columns.push(...statisticsFor(source).map((kind) => make(kind, source, (group) => all[group]?.[kind])));
  }
  return { groups, columns };
}

/** The parameters of a table whose values tell runs apart, in their order; without those that tell repetitions apart. */
export function groupingColumns(
  table: ResultsTable,
  isVarying: (column: Column) => boolean,
  repetition: ReadonlySet<string>,
): Column[] {
  return [...table.columns.values()].filter(
    (column) =>
      column.key === columnKey('run', 'sweep') ||
      (column.kind === 'parameter' && isVarying(column) && !repetition.has(column.name)),
  );
}

function groupsOf(rows: Uint32Array, keys: readonly Column[]): Uint32Array[] {
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    // What a cell is belongs to it: 1 and "1" are two values.
    const key = JSON.stringify(keys.map((column) => keyOf(cellAt(column, row))));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return Array.from(groups.values(), (group) => Uint32Array.from(group));
}

function keyOf(cell: Cell): unknown {
  if (cell === undefined) return [];
  return typeof cell === 'number' && !Number.isFinite(cell) ? [String(cell)] : cell;
}

const duration = columnKey('run', 'duration_s');

function isAggregated({ key, kind, numbers, texts }: Column): boolean {
  if (kind !== 'result' && key !== duration) return false;
  const hasWords = texts.some((text) => typeof text === 'string' && text !== 'NaN');
  return !hasWords && (numbers !== undefined || texts.some((text) => typeof text === 'boolean'));
}

/** Of booleans, their share says all. */
function statisticsFor({ numbers }: Column): readonly (keyof Statistics)[] {
  return numbers === undefined ? ['mean'] : ['mean', 'deviation', 'min', 'max'];
}

interface Statistics {
  readonly mean: number | undefined;
  readonly deviation: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
}

/** Statistics of the finite numbers of some rows, by Welford's update, which large numbers do not upset. */
function statisticsOf(column: Column, rows: Uint32Array): Statistics {
  let count = 0;
  let mean = 0;
  let squares = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const value = numberAt(column, row);
    if (!Number.isFinite(value)) continue;
    count++;
    const before = value - mean;
    mean += before / count;
    squares += before * (value - mean);
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  if (count === 0) return { mean: undefined, deviation: undefined, min: undefined, max: undefined };
  return { mean, deviation: count < 2 ? undefined : Math.sqrt(squares / (count - 1)), min, max };
}
