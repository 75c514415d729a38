import type { PreviewColumn, PreviewRow } from '../../extension/preview/protocol.ts';

/** Where a column stands, in pixels from the left of the table. */
export interface Placed {
  readonly left: number;
  readonly width: number;
}

const narrowest = 48;
const widest = 320;
const padding = 24;

/** The width of each column, from its name and what is in it so far. `measure` gives the width of a text in pixels. */
export function columnWidths(
  columns: readonly PreviewColumn[],
  rows: readonly PreviewRow[],
  measure: (text: string) => number,
): number[] {
  return columns.map(({ name }, index) => {
    let width = measure(name);
    for (const { cells } of rows) width = Math.max(width, measure(cells[index] ?? ''));
    return Math.min(widest, Math.max(narrowest, Math.ceil(width) + padding));
  });
}

/** Columns side by side, from `start` on. */
export function placeColumns(widths: readonly number[], start: number): Placed[] {
  let left = start;
  return widths.map((width) => {
    const placed = { left, width };
    left += width;
    return placed;
  });
}

/** The positions of the columns that are in view between two edges. */
export function columnsInView(placed: readonly Placed[], left: number, right: number): [number, number] {
  let first = 0;
  while (first < placed.length && edge(placed[first]) < left) first++;
  let end = first;
  while (end < placed.length && (placed[end]?.left ?? 0) <= right) end++;
  return [first, end];
}

function edge(placed: Placed | undefined): number {
  return placed === undefined ? 0 : placed.left + placed.width;
}

/** Browsers draw nothing that is taller. */
const tallest = 8_000_000;

/**
 * How the scroll bar moves a list that may be taller than what browsers can draw: then a pixel of the bar stands for many rows,
 * so that short ways (of the wheel, of the keyboard) are gone row by row, and long ones by the bar.
 */
export interface ScrollScale {
  /** Height of the whole list in pixels. */
  readonly height: number;
  /** The last row that can stand at the top; fractional. */
  readonly lastTop: number;
  /** Whether each pixel is a pixel. */
  readonly isExact: boolean;
  /** The row at the top after the bar has moved from one position to another; `top` is the one before. */
  moved(top: number, from: number, to: number): number;
  /** The bar's position for a row at the top. */
  positionOf(top: number): number;
}

/** Makes the scale of a list. */
export function scrollScale(size: number, rowHeight: number, viewHeight: number): ScrollScale {
  const wanted = size * rowHeight;
  const height = Math.min(wanted, tallest);
  const way = height - viewHeight;
  const lastTop = Math.max(0, wanted - viewHeight) / rowHeight;
  const isExact = wanted === height;
  const clamped = (top: number) => Math.max(0, Math.min(top, lastTop));
  return {
    height,
    lastTop,
    isExact,
    positionOf: (top) => (isExact ? top * rowHeight : (top / lastTop) * way),
    moved: (top, from, to) => {
      if (isExact) return clamped(to / rowHeight);
      if (to <= 0) return 0;
      if (to >= way - 1) return lastTop;
      if (Math.abs(to - from) <= 2 * viewHeight) return clamped(top + (to - from) / rowHeight);
      return clamped((to / way) * lastTop);
    },
  };
}
