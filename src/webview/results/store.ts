import type { Metric } from '../../core/results/resultSources.ts';
import type { Chunk } from '../../core/resultsTable/chunk.ts';
import { type ColumnFilter, filterRows } from '../../core/resultsTable/filter.ts';
import { applyChunk } from '../../core/resultsTable/table.ts';
import type { RunRef } from '../../extension/results/protocol.ts';
import { createModel, type Model } from './model.ts';
import { createSelection, type Selection } from './selection.ts';

/** What can change in a {@link ResultsStore}. */
export type Change = 'rows' | 'filters' | 'selection';

/** What all views of the page share: the runs, which of them are shown, and which are selected. */
export interface ResultsStore {
  readonly model: Model;
  readonly selection: Selection;
  /** Takes over what is new of the runs of a sweep. */
  apply(sweep: number, chunk: Chunk): void;
  /** The filters of the table, by the keys of columns; what they leave out is in no view. */
  filters(): ReadonlyMap<string, ColumnFilter>;
  setFilters(filters: ReadonlyMap<string, ColumnFilter>): void;
  /** The rows that pass the filters, in the table's own order. */
  shown(): Uint32Array;
  /** The runs of rows, as the extension names them. */
  refs(rows: Iterable<number>): RunRef[];
}

/** A store without runs, which calls `changed` with whatever becomes another than before. */
export function createStore(
  sweeps: readonly string[],
  metric: Metric | undefined,
  changed: (change: Change) => void,
): ResultsStore {
  const model = createModel(sweeps, metric);
  const { table } = model;
  let filters: ReadonlyMap<string, ColumnFilter> = new Map();
  let shown: { readonly version: number; readonly rows: Uint32Array } | undefined;
  return {
    model,
    selection: createSelection(() => changed('selection')),
    apply: (sweep, chunk) => {
      applyChunk(table, sweep, chunk);
      changed('rows');
    },
    filters: () => filters,
    setFilters: (wanted) => {
      if (JSON.stringify([...wanted]) === JSON.stringify([...filters])) return;
      filters = wanted;
      shown = undefined;
      changed('filters');
    },
    shown: () => {
      if (shown?.version !== table.version)
        shown = { version: table.version, rows: filterRows(table, filters) };
      return shown.rows;
    },
    refs: (rows) =>
      Array.from(rows, (row) => ({ sweep: table.sweepOf[row] ?? 0, run: table.runOf[row] ?? 0 })),
  };
}
