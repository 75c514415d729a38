import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell } from '../../../../src/core/resultsTable/cell.ts';
import { cellAt, emptyColumn, setCell } from '../../../../src/core/resultsTable/column.ts';
import { ranksOf, sortRows } from '../../../../src/core/resultsTable/order.ts';

function columnOf(cells: readonly Cell[]) {
  const column = emptyColumn('result', 'x');
  for (const [row, cell] of cells.entries()) setCell(column, row, cell, 0);
  return column;
}

function sorted(cells: readonly Cell[], descending: boolean): Cell[] {
  const column = columnOf(cells);
  const rows = sortRows(Uint32Array.from(cells.keys()), [
    { ranks: ranksOf(column, cells.length), descending },
  ]);
  return Array.from(rows, (row) => cellAt(column, row));
}

test('numbers come before words, digits in words count, and what is missing comes last either way', () => {
  const cells = ['run 10', 3, undefined, 'run 9', -1, Number.POSITIVE_INFINITY, true, undefined];
  expect(sorted(cells, false)).toEqual([
    -1,
    3,
    Number.POSITIVE_INFINITY,
    'run 9',
    'run 10',
    true,
    undefined,
    undefined,
  ]);
  expect(sorted(cells, true)).toEqual([
    true,
    'run 10',
    'run 9',
    Number.POSITIVE_INFINITY,
    3,
    -1,
    undefined,
    undefined,
  ]);
});

test('several columns sort as one comparison after the other would, and equal rows keep their order', () => {
  const number = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant(undefined));
  const rows = fc.array(fc.tuple(number, number), { maxLength: 60 });
  fc.assert(
    fc.property(rows, fc.boolean(), fc.boolean(), (all, first, second) => {
      const keys = [first, second].map((descending, place) => ({
        ranks: ranksOf(columnOf(all.map((row) => row[place])), all.length),
        descending,
      }));
      const expected = [...all.keys()].sort(
        (a, b) => compare(all[a]?.[0], all[b]?.[0], first) || compare(all[a]?.[1], all[b]?.[1], second),
      );
      expect([...sortRows(Uint32Array.from(all.keys()), keys)]).toEqual(expected);
    }),
  );
});

function compare(a: number | undefined, b: number | undefined, descending: boolean): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return descending ? b - a : a - b;
}
