import type { Metric } from '../results/resultSources.ts';
import { cellAt, columnKey, numberAt } from './column.ts';
import { type ResultsTable, runColumn } from './table.ts';

/** The row of the best run that succeeded, the first one of several; undefined while there is none with a value. */
export function bestRow(table: ResultsTable, { name, goal }: Metric): number | undefined {
  const column = table.columns.get(columnKey('result', name));
  const status = runColumn(table, 'status');
  if (column === undefined || status === undefined) return undefined;
  let best: number | undefined;
  let bestValue = Number.NaN;
  for (let row = 0; row < table.size; row++) {
    const value = numberAt(column, row);
    if (Number.isNaN(value) || cellAt(status, row) !== 'success') continue;
    if (best !== undefined && !(goal === 'minimize' ? value < bestValue : value > bestValue)) continue;
    best = row;
    bestValue = value;
  }
  return best;
}
