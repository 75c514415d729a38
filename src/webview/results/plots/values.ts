import type { TextCell } from '../../../core/resultsTable/column.ts';
import { type Column, cellAt, columnKey, numberAt } from '../../../core/resultsTable/column.ts';
import { formatCell, formatNumber } from '../../../core/resultsTable/format.ts';
import type { Model } from '../model.ts';

/** A column as something that can be drawn. */
export type Values = Numbers | Categories;

interface ValuesOfColumn {
  readonly key: string;
  readonly label: string;
  /** The number of a row, or the place of its category; NaN where the row has none. */
  at(row: number): number;
  /** A value for a person. */
  format(value: number): string;
}

/** A column of numbers. */
export interface Numbers extends ValuesOfColumn {
  readonly kind: 'numbers';
  /** The least and greatest finite number. */
  readonly min: number;
  readonly max: number;
  /** Whether it is drawn on a logarithmic scale, on which only numbers above 0 have a place. */
  readonly isLog: boolean;
}

/** A column of words, or of anything else of which there are few. */
export interface Categories extends ValuesOfColumn {
  readonly kind: 'categories';
  readonly names: readonly string[];
  readonly cells: readonly (TextCell | number)[];
}

/** With more different words than this, a column cannot be drawn. */
export const mostCategories = 60;

/** Whether a column can be drawn at all. */
export function isDrawable(model: Model, column: Column): boolean {
  const { filled, isNumeric } = model.facts(column);
  return filled > 0 && (isNumeric || model.ranks(column).highest <= mostCategories);
}

/** The values of a column; undefined where it cannot be drawn. */
export function valuesOf(model: Model, key: string, isLog: boolean): Values | undefined {
  const column = model.table.columns.get(key);
  if (column === undefined || !isDrawable(model, column)) return undefined;
  const { isNumeric, min, max } = model.facts(column);
  const label = model.labels().get(key) ?? column.name;
  if (!isNumeric) return categoriesOf(model, column, label);
  const log = isLog && max > 0;
  return {
    kind: 'numbers',
    key,
    label,
    min,
    max,
    isLog: log,
    at: (row) => {
      const number = numberAt(column, row);
      return Number.isFinite(number) && !(log && number <= 0) ? number : Number.NaN;
    },
    format: key === startedKey ? (value) => new Date(value * 1000).toLocaleString() : formatNumber,
  };
}

const startedKey = columnKey('run', 'started');

function categoriesOf(model: Model, column: Column, label: string): Categories {
  const { ranks, highest } = model.ranks(column);
  const found: (TextCell | number | undefined)[] = new Array(highest + 1).fill(undefined);
  for (let row = 0; row < ranks.length; row++) {
    const rank = ranks[row] ?? 0;
    if (rank > 0 && found[rank] === undefined) found[rank] = cellAt(column, row);
  }
  // A status that no run has any more has a rank, but no place.
  const placeOf = new Float64Array(highest + 1).fill(Number.NaN);
  const cells: (TextCell | number)[] = [];
  for (const [rank, cell] of found.entries()) {
    if (cell !== undefined) placeOf[rank] = cells.push(cell) - 1;
  }
  const names = cells.map(formatCell);
  return {
    kind: 'categories',
    key: column.key,
    label,
    names,
    cells,
    at: (row) => placeOf[ranks[row] ?? 0] ?? Number.NaN,
    format: (place) => names[place] ?? '',
  };
}

/** The different values of rows, ascending, or undefined as soon as there are more than `most`. */
export function distinctValues(values: Values, rows: Iterable<number>, most: number): number[] | undefined {
  const found = new Set<number>();
  for (const row of rows) {
    const value = values.at(row);
    if (Number.isNaN(value)) continue;
    found.add(value);
    if (found.size > most) return undefined;
  }
  return [...found].sort((a, b) => a - b);
}
