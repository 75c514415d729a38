import { type Cell, cellText } from './cell.ts';
import { type Column, cellAt } from './column.ts';

/** A value of a column, with the number of rows that have it. */
export interface DistinctCell {
  readonly cell: Cell;
  readonly rows: number;
}

/**
 * The different cells of the first `size` rows of a column, those included that are missing: numbers in their order, then
 * words in theirs, then what is missing. Undefined where there are more than `most`.
 */
export function distinctCells(column: Column, size: number, most: number): DistinctCell[] | undefined {
  const counts = new Map<Cell, number>();
  for (let row = 0; row < size; row++) {
    const cell = cellAt(column, row);
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
    if (counts.size > most) return undefined;
  }
  const { compare } = new Intl.Collator('en', { numeric: true });
  const rank = (cell: Cell) => (cell === undefined ? 2 : typeof cell === 'number' ? 0 : 1);
  return Array.from(counts, ([cell, rows]) => ({ cell, rows })).sort(({ cell: a }, { cell: b }) =>
    typeof a === 'number' && typeof b === 'number'
      ? a - b
      : rank(a) - rank(b) || compare(cellText(a), cellText(b)),
  );
}
