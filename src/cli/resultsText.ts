import { type Column, cellAt, columnKey } from '../core/resultsTable/column.ts';
import { type ColumnFacts, columnLabels, factsOf } from '../core/resultsTable/describe.ts';
import { formatCell } from '../core/resultsTable/format.ts';
import { type ResultsTable, runColumn } from '../core/resultsTable/table.ts';
import type { SweepView } from '../core/sweepDirectory/sweepView.ts';
import { countsText } from './failedRuns.ts';
import { countOf, cut, harmless } from './text.ts';
import { textTable } from './textTable.ts';

const widestCell = 30;

/** What a table in a terminal shows. */
export interface ShownResults {
  readonly table: ResultsTable;
  readonly rows: Uint32Array;
  /** What the rows are sorted by; it stands in front of the other columns. */
  readonly order: { readonly column: Column; readonly descending: boolean } | undefined;
  /** In columns of the terminal. */
  readonly width: number;
}

/**
 * The results of sweeps as lines for a person: how each sweep stands, then a table of what varies. What all runs have in
 * common is left out.
 */
export function resultsText(
  views: readonly SweepView[],
  { table, rows, order, width }: ShownResults,
): string[] {
  const labels = columnLabels(table);
  const columns = shownColumns(table, order?.column).map(({ column, facts }) => ({
    title: cell(labels.get(column.key) ?? column.name),
    cells: Array.from(rows, (row) => cell(formatCell(cellAt(column, row)))),
    side: facts.isNumeric ? ('left' as const) : ('right' as const),
  }));
  const more = table.size - rows.length;
  return [
    ...views.map(
      ({ header, state }) => `${cell(header.name)}: ${countOf(state.total, 'run')}: ${countsText(state)}`,
    ),
    ...(order === undefined
      ? []
      : [`Sorted by ${cell(order.column.name)}, ${order.descending ? 'greatest' : 'smallest'} first.`]),
    '',
    ...textTable(columns),
    ...(more > 0 ? [`… and ${more} more; --limit ${table.size} shows all`] : []),
  ].map((line) => (width < line.length ? cut(line, width) : line));
}

function shownColumns(
  table: ResultsTable,
  sortedBy: Column | undefined,
): { column: Column; facts: ColumnFacts }[] {
  const described = [...table.columns.values()].map((column) => ({
    column,
    facts: factsOf(column, table.size),
  }));
  const identity = new Set(['sweep', 'run', 'status', 'reason'].map((name) => columnKey('run', name)));
  const duration = runColumn(table, 'duration_s');
  const kinds = Map.groupBy(described, ({ column, facts }) => {
    if (column === sortedBy && !identity.has(column.key)) return 'sorted';
    if (facts.filled === 0) return 'hidden';
    if (identity.has(column.key)) return 'identity';
    if (column === duration) return 'duration';
    return column.kind !== 'run' && facts.isVarying ? column.kind : 'hidden';
  });
  return (['identity', 'sorted', 'parameter', 'result', 'duration'] as const).flatMap(
    (kind) => kinds.get(kind) ?? [],
  );
}

function cell(text: string): string {
  return cut(harmless(text.slice(0, 1000)).replaceAll(/\s+/g, ' '), widestCell);
}
