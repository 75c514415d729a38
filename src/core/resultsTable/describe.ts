import { type Column, type ColumnKind, columnKey } from './column.ts';
import type { ResultsTable } from './table.ts';

/** What can be seen from the cells of a column. */
export interface ColumnFacts {
  /** How many cells are there. */
  readonly filled: number;
  /** Whether every cell that is there is a number (or a NaN), and some are. */
  readonly isNumeric: boolean;
  /** Whether two cells differ; of a parameter also whether some runs lack it. */
  readonly isVarying: boolean;
  /** The least and greatest finite numbers; NaN where there is none. */
  readonly min: number;
  readonly max: number;
}

/** Looks at the first `size` cells of a column. */
export function factsOf({ kind, numbers, codes, texts }: Column, size: number): ColumnFacts {
  let filled = 0;
  let numeric = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let differs = false;
  let first = Number.NaN;
  let firstCode = 0;
  const nan = texts.indexOf('NaN') + 1;
  for (let row = 0; row < size; row++) {
    const code = codes?.[row] ?? 0;
    if (code > 0) {
      if (code === nan) numeric++;
      if (filled > 0 && code !== firstCode) differs = true;
      if (filled++ === 0) firstCode = code;
      continue;
    }
    const number = numbers?.[row] ?? Number.NaN;
    if (Number.isNaN(number)) continue;
    numeric++;
    if (filled > 0 && (firstCode > 0 || number !== first)) differs = true;
    if (filled++ === 0) first = number;
    if (number < min && number !== Number.NEGATIVE_INFINITY) min = number;
    if (number > max && number !== Number.POSITIVE_INFINITY) max = number;
  }
  return {
    filled,
    isNumeric: filled > 0 && numeric === filled && max >= min,
    isVarying: differs || (kind === 'parameter' && filled > 0 && filled < size),
    min: min <= max ? min : Number.NaN,
    max: min <= max ? max : Number.NaN,
  };
}

/**
 * What each column is called, by its key: its name; a name that a parameter and a result share, or that is one of the
 * run's own, is told apart by `param.` and `result.`.
 */
export function columnLabels(table: ResultsTable): ReadonlyMap<string, string> {
  const { columns } = table;
  const others: Readonly<Record<ColumnKind, readonly ColumnKind[]>> = {
    run: [],
    parameter: ['run', 'result'],
    result: ['run', 'parameter'],
  };
  const prefixes: Readonly<Record<ColumnKind, string>> = { run: '', parameter: 'param.', result: 'result.' };
  return new Map(
    [...columns.values()].map(({ key, kind, name }) => {
      const isTaken = others[kind].some((other) => columns.has(columnKey(other, name)));
      return [key, isTaken ? prefixes[kind] + name : name];
    }),
  );
}
