import type { Cell } from '../../core/resultsTable/cell.ts';

/** The part of a column that a person has marked in a plot. */
export type Brush =
  /** Numbers in any of these intervals, ends included. */
  | { readonly kind: 'intervals'; readonly intervals: readonly Interval[] }
  /** Cells that are one of these. */
  | { readonly kind: 'values'; readonly values: readonly Exclude<Cell, undefined>[] };

/** From the lesser number to the greater one. */
export type Interval = readonly [from: number, to: number];

/** The runs that are selected, in whichever view; a run is named by its row, which it keeps while the page is there. */
export interface Selection {
  /** The rows, in the order in which they were selected. */
  rows(): readonly number[];
  has(row: number): boolean;
  /** What was marked to select them, by the keys of columns; empty where they were selected one by one. */
  brushes(): ReadonlyMap<string, Brush>;
  /** Selects these rows and no others. */
  select(rows: Iterable<number>, brushes?: ReadonlyMap<string, Brush>): void;
}

/** An empty selection, which calls `changed` when it becomes another one. */
export function createSelection(changed: () => void): Selection {
  let selected: ReadonlySet<number> = new Set();
  let list: readonly number[] = [];
  let marked: ReadonlyMap<string, Brush> = new Map();
  return {
    rows: () => list,
    has: (row) => selected.has(row),
    brushes: () => marked,
    select: (rows, brushes = new Map()) => {
      const wanted = new Set(rows);
      const isSame =
        wanted.size === selected.size && list.every((row) => wanted.has(row)) && sameBrushes(brushes, marked);
      if (isSame) return;
      selected = wanted;
      list = [...wanted];
      marked = brushes;
      changed();
    },
  };
}

function sameBrushes(one: ReadonlyMap<string, Brush>, other: ReadonlyMap<string, Brush>): boolean {
  return JSON.stringify([...one]) === JSON.stringify([...other]);
}
