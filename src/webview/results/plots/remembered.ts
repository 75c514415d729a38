import type { Values } from './values.ts';

/** What was derived of rows, as long as there are these rows. */
const known = new WeakMap<Uint32Array, Map<string, unknown>>();

/**
 * What is derived of columns of rows: derived once, however often a selection changes how it is drawn. `rows` are those of
 * the store, which are others as soon as a run or a filter is another; `what` tells apart what is derived.
 */
export function remembered<T>(
  rows: Uint32Array,
  what: string,
  columns: readonly Values[],
  derive: () => T,
): T {
  const key = JSON.stringify([
    what,
    columns.map((column) => [column.key, column.kind === 'numbers' && column.isLog]),
  ]);
  const ofRows = known.get(rows) ?? new Map<string, unknown>();
  known.set(rows, ofRows);
  if (!ofRows.has(key)) ofRows.set(key, derive());
  return ofRows.get(key) as T;
}
