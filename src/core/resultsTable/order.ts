import { cellText } from './cell.ts';
import type { Column } from './column.ts';

/** The order of a column's cells: equal cells have equal ranks, from 1 without gaps; 0 where a cell is missing. */
export interface Ranks {
  readonly ranks: Uint32Array;
  readonly highest: number;
}

/** A column to sort by. */
export interface SortKey {
  readonly ranks: Ranks;
  readonly descending: boolean;
}

/** Beyond so many different texts, comparing them as a person would takes too long. */
const mostCollated = 5000;

/** Ranks the first `size` cells of a column: numbers first, then texts; digits in texts count as numbers. */
export function ranksOf({ numbers, codes, texts }: Column, size: number): Ranks {
  const distinct = distinctNumbers(numbers, size);
  const order = [...texts.keys()].sort(textOrder(texts));
  const rankOfText = new Uint32Array(texts.length);
  for (const [place, text] of order.entries()) rankOfText[text] = distinct.length + 1 + place;
  const ranks = new Uint32Array(size);
  for (let row = 0; row < size; row++) {
    const code = codes?.[row] ?? 0;
    if (code > 0) {
      ranks[row] = rankOfText[code - 1] as number;
      continue;
    }
    const number = numbers?.[row] ?? Number.NaN;
    if (!Number.isNaN(number)) ranks[row] = 1 + placeIn(distinct, number);
  }
  return { ranks, highest: distinct.length + texts.length };
}

/** Ranks numbers; NaN is missing. */
export function ranksOfNumbers(numbers: Float64Array): Ranks {
  const distinct = distinctNumbers(numbers, numbers.length);
  const ranks = Uint32Array.from(numbers, (number) =>
    Number.isNaN(number) ? 0 : 1 + placeIn(distinct, number),
  );
  return { ranks, highest: distinct.length };
}

/**
 * Sorts rows by several keys, the first counting most; rows that are equal keep their order. Missing cells come last
 * whatever the direction. Takes time in proportion to the rows, since ranks need no comparison.
 */
export function sortRows(rows: Uint32Array, keys: readonly SortKey[]): Uint32Array {
  let sorted = rows;
  // A stable sort by the last key, then by the one before it …: what was sorted last counts most.
  for (const key of keys.toReversed()) sorted = countingSort(sorted, key);
  return sorted;
}

function countingSort(rows: Uint32Array, { ranks: { ranks, highest }, descending }: SortKey): Uint32Array {
  const placeOf = (row: number): number => {
    const rank = ranks[row] ?? 0;
    if (rank === 0) return highest;
    return descending ? highest - rank : rank - 1;
  };
  const starts = new Uint32Array(highest + 2);
  for (const row of rows) (starts[placeOf(row) + 1] as number)++;
  for (let place = 0; place <= highest; place++) (starts[place + 1] as number) += starts[place] as number;
  const sorted = new Uint32Array(rows.length);
  for (const row of rows) {
    const place = placeOf(row);
    sorted[starts[place] as number] = row;
    (starts[place] as number)++;
  }
  return sorted;
}

/** The different numbers, ascending. */
export function distinctNumbers(numbers: Float64Array | undefined, size: number): Float64Array {
  // Without a comparison function, typed arrays are sorted natively; NaN comes last.
  const sorted = numbers?.slice(0, size).sort() ?? new Float64Array(0);
  let count = 0;
  for (const number of sorted) {
    if (Number.isNaN(number)) break;
    if (count === 0 || sorted[count - 1] !== number) sorted[count++] = number;
  }
  return sorted.subarray(0, count);
}

function placeIn(sorted: Float64Array, number: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

function textOrder(texts: Column['texts']): (a: number, b: number) => number {
  const words = texts.map(cellText);
  if (words.length > mostCollated) {
    return (a, b) => ((words[a] as string) < (words[b] as string) ? -1 : 1);
  }
  const { compare } = new Intl.Collator('en', { numeric: true });
  return (a, b) => compare(words[a] as string, words[b] as string);
}
