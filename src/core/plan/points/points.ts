import type { ParamValue } from '../../run.ts';

/** The values of one point, in the order of {@link Points.columns}; undefined where the point lacks a parameter. */
export type Row = (ParamValue | undefined)[];

/** A parameter of a set of points. */
export interface PointColumn {
  /** The dotted name. */
  readonly name: string;
  /** The keys that lead to it in a run's parameters; empty for what only tells points apart and is no parameter. */
  readonly path: readonly string[];
  /** Whether some points may lack it. */
  readonly isOptional: boolean;
  /** The values that it can have: few that are known, or so many that two draws never meet; undefined when neither is known. */
  readonly values: readonly ParamValue[] | 'continuous' | undefined;
}

/** A sequence of points of known size. Nothing is stored a point, or next to nothing. */
export interface Points {
  readonly size: number;
  readonly columns: readonly PointColumn[];
  /** Puts the values of a point into `row`, from position `at` on. The index is from 0 to size-1. */
  fill(index: number, row: Row, at: number): void;
}

/** One point without parameters: what multiplies with nothing. */
export const singlePoint: Points = { size: 1, columns: [], fill: () => {} };

/** The product of the sizes; inexact or infinite from 2^53 on. */
export function productOf(sizes: Iterable<number>): number {
  let product = 1;
  for (const size of sizes) {
    if (size === 0) return 0;
    product *= size;
  }
  return product;
}

/** Every combination of the points of several sets; the last set varies fastest. */
export function product(sets: readonly Points[]): Points {
  if (sets.length === 1) return sets[0] as Points;
  const columns = sets.flatMap((set) => set.columns);
  const offsets: number[] = [];
  let offset = 0;
  for (const set of sets) {
    offsets.push(offset);
    offset += set.columns.length;
  }
  return {
    size: productOf(sets.map(({ size }) => size)),
    columns,
    fill(index, row, at) {
      let rest = index;
      for (let digit = sets.length - 1; digit >= 0; digit--) {
        const set = sets[digit] as Points;
        set.fill(rest % set.size, row, at + (offsets[digit] as number));
        rest = Math.floor(rest / set.size);
      }
    },
  };
}

/** The points of one set after those of another … Parameters of the same name are one column. */
export function concatenation(sets: readonly Points[]): Points {
  if (sets.length === 1) return sets[0] as Points;
  const columns = mergedColumns(sets);
  const positions = new Map(columns.map(({ name }, position) => [name, position]));
  const parts: { readonly set: Points; readonly first: number; readonly targets: readonly number[] }[] = [];
  let size = 0;
  for (const set of sets) {
    parts.push({ set, first: size, targets: set.columns.map(({ name }) => positions.get(name) as number) });
    size += set.size;
  }
  const inner: Row = [];
  return {
    size,
    columns,
    fill(index, row, at) {
      const { set, first, targets } = parts.findLast((part) => part.first <= index) as (typeof parts)[number];
      set.fill(index - first, inner, 0);
      for (let column = 0; column < columns.length; column++) row[at + column] = undefined;
      for (let column = 0; column < targets.length; column++) {
        row[at + (targets[column] as number)] = inner[column];
      }
    },
  };
}

/** How many values of a column are worth remembering. */
export const mostKnownValues = 1000;

function mergedColumns(sets: readonly Points[]): PointColumn[] {
  const merged = new Map<string, PointColumn>();
  for (const { columns } of sets) {
    for (const column of columns) {
      const known = merged.get(column.name);
      merged.set(column.name, known === undefined ? column : mergedColumn(known, column));
    }
  }
  return [...merged.values()].map((column) => {
    const isEverywhere = sets.every(({ columns }) => columns.some(({ name }) => name === column.name));
    return isEverywhere ? column : { ...column, isOptional: true };
  });
}

function mergedColumn(a: PointColumn, b: PointColumn): PointColumn {
  const values =
    Array.isArray(a.values) && Array.isArray(b.values) && a.values.length + b.values.length <= mostKnownValues
      ? [...a.values, ...b.values]
      : undefined;
  return { ...a, isOptional: a.isOptional || b.isOptional, values };
}

/** Some points of a set, by their indexes in it. */
export function selection(
  set: Points,
  indexes: { readonly length: number; readonly [at: number]: number },
): Points {
  return {
    size: indexes.length,
    columns: set.columns,
    fill: (index, row, at) => set.fill(indexes[index] as number, row, at),
  };
}

/** The first points of a set. */
export function firstOf(set: Points, count: number): Points {
  return count >= set.size ? set : { ...set, size: count };
}
