import type { Cell } from '../cell.ts';
import { type Column, cellAt, columnKey } from '../column.ts';
import { columnLabels, factsOf } from '../describe.ts';
import type { ResultsTable } from '../table.ts';

/** A column as it is exported. */
export interface ExportColumn {
  readonly label: string;
  readonly column: Column;
  /** Whether each cell that is there is a number. */
  readonly isNumeric: boolean;
  cell(row: number): Cell;
}

const startedKey = columnKey('run', 'started');
/** Columns that are there only where the platform told something. */
const optional: ReadonlySet<string> = new Set([
  columnKey('run', 'cpu_s'),
  columnKey('run', 'peak_memory_bytes'),
]);

/** All columns: what tells of the run, then its parameters, then its results. Times are ISO 8601, UTC. */
export function exportColumns(table: ResultsTable): ExportColumn[] {
  const labels = columnLabels(table);
  const kinds = Map.groupBy(table.columns.values(), ({ kind }) => kind);
  return (['run', 'parameter', 'result'] as const)
    .flatMap((kind) => kinds.get(kind) ?? [])
    .flatMap((column) => {
      const { filled, isNumeric } = factsOf(column, table.size);
      if (filled === 0 && optional.has(column.key)) return [];
      const isTime = column.key === startedKey;
      return {
        label: labels.get(column.key) ?? column.name,
        column,
        isNumeric: isNumeric && !isTime,
        cell: (row: number) => (isTime ? isoTime(cellAt(column, row)) : cellAt(column, row)),
      };
    });
}

/** A time in seconds since the epoch as ISO 8601, UTC. */
export function isoTime(seconds: Cell): string | undefined {
  return typeof seconds === 'number' ? new Date(Math.round(seconds * 1000)).toISOString() : undefined;
}
