import Papa from 'papaparse';
import type { ParamMap, RunStatus } from '../../core/run.ts';

/** A run with what it handed back. */
export interface ResultRow {
  readonly label: string;
  readonly status: RunStatus;
  /** Undefined where no process was started. */
  readonly durationMs: number | undefined;
  readonly params: ParamMap;
  /** Undefined where the run handed nothing back. */
  readonly results: unknown;
}

type Cell = string | number | boolean | null;

const ownColumns = ['run', 'status', 'duration_s'];

/**
 * All runs as one CSV table: a line each, then its parameters and results as columns. Nested values become columns with
 * dotted names; lists are written as JSON. The column of the `metric` is the first of the results. A name that two columns would share is told apart by `param.` and `result.`.
 * A text that a spreadsheet would take for a formula gets an apostrophe in front.
 */
export function resultsCsv(rows: Iterable<ResultRow>, metric?: string): string {
  const flat = [...rows].map((row) => ({
    row,
    params: flatten(row.params),
    results: flatten(
      isMapping(row.results) ? row.results : row.results === undefined ? {} : { result: row.results },
    ),
  }));
  const paramNames = namesOf(flat.map(({ params }) => params));
  const resultNames = inFront(metric, namesOf(flat.map(({ results }) => results)));
  const paramTaken = new Set([...ownColumns, ...resultNames]);
  const resultTaken = new Set([...ownColumns, ...paramNames]);
  const fields = [
    ...ownColumns,
    ...paramNames.map((name) => (paramTaken.has(name) ? `param.${name}` : name)),
    ...resultNames.map((name) => (resultTaken.has(name) ? `result.${name}` : name)),
  ];
  const data = flat.map(({ row, params, results }) => [
    row.label,
    row.status,
    row.durationMs === undefined ? null : row.durationMs / 1000,
    ...paramNames.map((name) => params.get(name) ?? null),
    ...resultNames.map((name) => results.get(name) ?? null),
  ]);
  return `${Papa.unparse({ fields, data }, { escapeFormulae: true, newline: '\n' })}\n`;
}

function inFront(metric: string | undefined, names: readonly string[]): readonly string[] {
  return metric !== undefined && names.includes(metric)
    ? [metric, ...names.filter((name) => name !== metric)]
    : names;
}

function namesOf(maps: readonly ReadonlyMap<string, Cell>[]): string[] {
  return [...new Set(maps.flatMap((map) => [...map.keys()]))];
}

function flatten(mapping: { readonly [name: string]: unknown }): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  const add = (prefix: string, entries: { readonly [name: string]: unknown }) => {
    for (const [name, value] of Object.entries(entries)) {
      const column = `${prefix}${name}`;
      if (isMapping(value)) add(`${column}.`, value);
      else cells.set(column, cellOf(value));
    }
  };
  add('', mapping);
  return cells;
}

function cellOf(value: unknown): Cell {
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  ) {
    return value;
  }
  return JSON.stringify(value) ?? null;
}

function isMapping(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
