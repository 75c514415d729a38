import { type Column, cellAt } from '../column.ts';
import { columnLabels } from '../describe.ts';
import { type GroupedColumn, groupRows } from '../group.ts';
import { csvOf } from './csv.ts';
import type { ExportOptions, ExportSource } from './exportSource.ts';

/**
 * Groups of runs as CSV: a line for each group, in the order of their first rows, with the values that its runs share, how many
 * they are, how many of them succeeded, and mean, standard deviation (`sd`), minimum and maximum of each result over those.
 */
export function* groupsCsvPieces(
  { table, rows }: Pick<ExportSource, 'table' | 'rows'>,
  keys: readonly Column[],
  options: ExportOptions,
): Generator<string> {
  const labels = columnLabels(table);
  const { groups, columns } = groupRows(table, rows, keys);
  const header = columns.map((one) => nameOf(one, labels.get(one.source?.key ?? '') ?? ''));
  yield* csvOf(header, groups.length, (group) => columns.map(({ column }) => cellAt(column, group)), options);
}

function nameOf({ kind }: GroupedColumn, label: string): string {
  switch (kind) {
    case 'key':
      return label;
    case 'runs':
    case 'succeeded':
      return kind;
    case 'deviation':
      return `${label} sd`;
    case 'mean':
    case 'min':
    case 'max':
      return `${label} ${kind}`;
  }
}
