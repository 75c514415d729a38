import { type Cell, cellText } from './cell.ts';
import { type Column, cellAt } from './column.ts';
import type { ResultsTable } from './table.ts';

/** What the cells of a column must be for their rows to be shown. */
export type ColumnFilter =
  /** Numbers between two others, both included. */
  | { readonly kind: 'range'; readonly min: number; readonly max: number }
  /** Cells whose text holds this one, whatever the capitals; or those whose text does not. */
  | { readonly kind: 'contains'; readonly text: string; readonly isNegated: boolean }
  /** Cells that are one of these; also those that are missing, where `missing` says so. */
  | {
      readonly kind: 'values';
      readonly values: readonly Exclude<Cell, undefined>[];
      readonly missing: boolean;
    }
  /** Cells that are missing, or those that are there. */
  | { readonly kind: 'missing'; readonly isNegated: boolean };

/** The rows, in order, whose cells pass the filters of all columns; by the columns' keys. */
export function filterRows(table: ResultsTable, filters: ReadonlyMap<string, ColumnFilter>): Uint32Array {
  const tests = [...filters].flatMap(([key, filter]) => {
    const column = table.columns.get(key);
    return column === undefined ? [] : [testOf(column, filter)];
  });
  const rows = new Uint32Array(table.size);
  let count = 0;
  for (let row = 0; row < table.size; row++) {
    if (tests.every((passes) => passes(row))) rows[count++] = row;
  }
  return rows.subarray(0, count);
}

function testOf(column: Column, filter: ColumnFilter): (row: number) => boolean {
  const { numbers, codes, texts } = column;
  switch (filter.kind) {
    case 'range':
      return (row) => {
        const number = numbers?.[row] ?? Number.NaN;
        return (codes?.[row] ?? 0) === 0 && number >= filter.min && number <= filter.max;
      };
    case 'contains': {
      const wanted = filter.text.toLowerCase();
      const holds = (text: string) => text.toLowerCase().includes(wanted) !== filter.isNegated;
      // Words are looked at once each, however many rows have them.
      const known = texts.map((text) => holds(cellText(text)));
      return (row) => {
        const code = codes?.[row] ?? 0;
        return code > 0 ? (known[code - 1] ?? false) : holds(cellText(cellAt(column, row)));
      };
    }
    case 'values': {
      const wanted = new Set<Cell>(filter.values);
      if (filter.missing) wanted.add(undefined);
      return (row) => wanted.has(cellAt(column, row));
    }
    case 'missing':
      return (row) => (cellAt(column, row) === undefined) !== filter.isNegated;
  }
}
