import type { Cell } from '../../core/resultsTable/cell.ts';
import { formatCell, formatNumber } from '../../core/resultsTable/format.ts';

/** What a row or a column of the grid holds: a value of a parameter, or a range of its values. */
export type Band =
  | { readonly kind: 'value'; readonly value: Cell }
  /** From `min` to `max`; `max` itself belongs to the next one, but for the last. */
  | { readonly kind: 'range'; readonly min: number; readonly max: number };

/** How runs stand along one side of the grid. */
export interface Axis {
  readonly bands: readonly Band[];
  /** The place among `bands` of each run, in the order of the runs. */
  readonly places: readonly number[];
}

/** More different numbers than these are put into ranges. */
const mostValues = 20;
const rangeCount = 10;

/** Runs along one side by the values that they have there; all in one band where `values` is undefined. */
export function axisOf(count: number, values: readonly Cell[] | undefined): Axis {
  if (values === undefined)
    return { bands: [{ kind: 'value', value: undefined }], places: new Array<number>(count).fill(0) };
  const distinct = [...new Set(values)];
  if (distinct.length > mostValues && distinct.every((value) => Number.isFinite(value)))
    return ranges(values as readonly number[]);
  distinct.sort(compareCells);
  const placeOf = new Map(distinct.map((value, place) => [value, place]));
  return {
    bands: distinct.map((value) => ({ kind: 'value', value })),
    places: values.map((value) => placeOf.get(value) ?? 0),
  };
}

function ranges(values: readonly number[]): Axis {
  const min = values.reduce((least, value) => Math.min(least, value));
  const max = values.reduce((most, value) => Math.max(most, value));
  const width = (max - min) / rangeCount;
  return {
    bands: Array.from({ length: rangeCount }, (_, place) => ({
      kind: 'range',
      min: min + place * width,
      max: place === rangeCount - 1 ? max : min + (place + 1) * width,
    })),
    places: values.map((value) => Math.min(rangeCount - 1, Math.floor((value - min) / width))),
  };
}

const { compare } = new Intl.Collator('en', { numeric: true });

/** Numbers first, then texts; what is missing comes last. */
function compareCells(a: Cell, b: Cell): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const rank = (cell: Cell) => (typeof cell === 'number' ? 0 : cell === undefined ? 2 : 1);
  return rank(a) - rank(b) || compare(String(a), String(b));
}

/** What stands beside a row or above a column. */
export function bandText(band: Band, words: { readonly range: string; readonly missing: string }): string {
  if (band.kind === 'value') return band.value === undefined ? words.missing : formatCell(band.value);
  return words.range.replace('{0}', short(band.min)).replace('{1}', short(band.max));
}

/** Where a range ends need not be exact. */
function short(number: number): string {
  return formatNumber(Number(number.toPrecision(3)));
}

/**
 * The parameters by which a grid is arranged as long as nobody has chosen: the first two whose values come again and again, or
 * else the first two of all. By their places; undefined where there is no such parameter.
 */
export function usualAxes(values: readonly (readonly Cell[])[]): {
  readonly rows: number | undefined;
  readonly columns: number | undefined;
} {
  const places = (values[0] ?? []).map((_, place) => place);
  const repeats = places.filter((place) => {
    const { size } = new Set(values.map((row) => row[place]));
    return size > 1 && size <= Math.max(2, values.length / 2);
  });
  const [first, second] = repeats.length > 0 ? repeats : places;
  // A single parameter stands above its images, side by side.
  return second === undefined ? { rows: undefined, columns: first } : { rows: first, columns: second };
}
