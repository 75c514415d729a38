import type { Metric } from '../../core/results/resultSources.ts';
import { bestRow } from '../../core/resultsTable/best.ts';
import { type Column, columnKey } from '../../core/resultsTable/column.ts';
import { type ColumnFacts, columnLabels, factsOf } from '../../core/resultsTable/describe.ts';
import { type DistinctCell, distinctCells } from '../../core/resultsTable/distinct.ts';
import { type ColumnFilter, filterRows } from '../../core/resultsTable/filter.ts';
import { type Ranks, ranksOf, sortRows } from '../../core/resultsTable/order.ts';
import { emptyTable, type ResultsTable } from '../../core/resultsTable/table.ts';

/** A column that the rows are sorted by. */
export interface SortBy {
  readonly key: string;
  readonly descending: boolean;
}

/** The table with what is derived from it; each derivation is kept until its column changes. */
export interface Model {
  readonly table: ResultsTable;
  readonly metric: Metric | undefined;
  facts(column: Column): ColumnFacts;
  ranks(column: Column): Ranks;
  /** Whether its numbers are above 0 and spread over magnitudes, as those of a learning rate are. */
  isSpreadOut(column: Column): boolean;
  /** The different cells of a column, where there are few enough to choose among. */
  few(column: Column): readonly DistinctCell[] | undefined;
  labels(): ReadonlyMap<string, string>;
  best(): number | undefined;
  /** The rows to show, filtered and sorted. */
  rows(filters: ReadonlyMap<string, ColumnFilter>, sort: readonly SortBy[]): Uint32Array;
}

/** A list to choose from is as long as this at most. */
const mostChoices = 500;

/** The model of a table without rows. */
export function createModel(sweeps: readonly string[], metric: Metric | undefined): Model {
  const table = emptyTable(sweeps);
  const facts = kept((column: Column) => factsOf(column, table.size));
  const few = kept((column: Column) => distinctCells(column, table.size, mostChoices));
  const ranks = kept((column: Column): Ranks => ranksOf(column, table.size));
  const spreads = kept((column: Column) => isSpreadOut(column, facts(column, table), table.size));
  return {
    table,
    metric,
    facts: (column) => facts(column, table),
    ranks: (column) => ranks(column, table),
    isSpreadOut: (column) => spreads(column, table),
    few: (column) => few(column, table),
    labels: () => columnLabels(table),
    best: () => metric && bestRow(table, metric),
    rows: (filters, sort) => {
      const keys = sort.flatMap(({ key, descending }) => {
        const column = table.columns.get(key);
        return column === undefined ? [] : [{ ranks: ranks(column, table), descending }];
      });
      return sortRows(filterRows(table, filters), keys);
    },
  };
}

function isSpreadOut({ numbers }: Column, { isNumeric, min, max }: ColumnFacts, size: number): boolean {
  if (!isNumeric || numbers === undefined || !(min > 0) || max / min < 100) return false;
  const all = numbers.subarray(0, size);
  const border = min + 0.2 * (max - min);
  // Of the few numbers of a grid each counts once, however often it is repeated.
  const counted = fewNumbers(all) ?? all;
  let [below, count] = [0, 0];
  for (const number of counted) {
    if (Number.isNaN(number)) continue;
    count++;
    if (number < border) below++;
  }
  return below > count / 2;
}

/** With more different numbers than this, a column is no grid. */
const mostGridNumbers = 1000;

/** The different ones of numbers, where they are few. */
function fewNumbers(numbers: Float64Array): ReadonlySet<number> | undefined {
  const found = new Set<number>();
  for (const number of numbers) {
    found.add(number);
    if (found.size > mostGridNumbers) return undefined;
  }
  return found;
}

function kept<T>(derive: (column: Column) => T): (column: Column, table: ResultsTable) => T {
  const known = new Map<Column, { readonly version: number; readonly size: number; readonly value: T }>();
  return (column, { size }) => {
    const before = known.get(column);
    if (before?.version === column.version && before.size === size) return before.value;
    const value = derive(column);
    known.set(column, { version: column.version, size, value });
    return value;
  };
}

/** The run's own columns that are shown at first; others of its kind can be chosen. */
const shownAtFirst: ReadonlySet<string> = new Set(
  ['sweep', 'run', 'status', 'reason', 'duration_s'].map((name) => columnKey('run', name)),
);

/** Whether a column is shown as long as nobody has chosen: constant columns are hidden. */
export function isShownAtFirst(model: Model, column: Column): boolean {
  const { filled, isVarying } = model.facts(column);
  if (column.kind === 'run') {
    if (column.key === columnKey('run', 'reason')) return filled > 0;
    if (column.key === columnKey('run', 'attempt')) return isVarying;
    return shownAtFirst.has(column.key);
  }
  if (column.key === columnKey('result', model.metric?.name ?? '')) return true;
  // With a single run, or before a second one has ended, all is constant and nothing would be left.
  return isVarying || (column.kind === 'result' && filled > 0 && filled < 2);
}

/** The columns in the order in which they stand: the run, the metric, parameters, results, the rest of the run's own. */
export function orderedColumns(model: Model): Column[] {
  const columns = [...model.table.columns.values()];
  const metric = columnKey('result', model.metric?.name ?? '');
  const front = ['sweep', 'run', 'status', 'reason'].map((name) => columnKey('run', name));
  const rank = ({ key, kind }: Column): number => {
    if (front.includes(key)) return 0;
    if (key === metric) return 1;
    if (kind === 'parameter') return 2;
    return kind === 'result' ? 3 : 4;
  };
  return columns.sort((a, b) => rank(a) - rank(b));
}
