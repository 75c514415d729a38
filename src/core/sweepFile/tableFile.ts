import { extname } from 'node:path';
import Papa from 'papaparse';
import type { ParamMap, ParamValue } from '../run.ts';
import { parameterNamePattern } from '../template.ts';

/** A file of points: a mapping in each row. */
export interface Table {
  readonly names: readonly string[];
  /** How many rows there are. */
  readonly length: number;
  /** The value in a row; undefined where the row has none. */
  value(row: number, name: string): ParamValue | undefined;
}

/** What became of a file that a sweep file takes values from; `problem` says in a sentence why it has none. */
export type TableFile =
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'problem'; readonly code: 'missing-input' | 'invalid-file'; readonly problem: string };

/** What a larger file is refused for, in bytes. */
export const largestTable = 50_000_000;

/**
 * Understands the text of a file with points: .csv with names in the first line, .json with a list of mappings, .jsonl with a
 * mapping in each line. Pure; never throws.
 */
export function parseTable(path: string, text: string): TableFile {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  switch (extname(path).toLowerCase()) {
    case '.csv':
    case '.tsv':
      return parseCsv(content);
    case '.json':
      return parseJson(content);
    case '.jsonl':
    case '.ndjson':
      return parseJsonLines(content);
    default:
      return invalid('only .csv, .json and .jsonl files can be read; the end of the name tells which it is');
  }
}

function invalid(problem: string): TableFile {
  return { kind: 'problem', code: 'invalid-file', problem };
}

function parseCsv(text: string): TableFile {
  const { data, errors } = Papa.parse<string[]>(text, { skipEmptyLines: 'greedy' });
  // The others are about guesses and ragged lines, which are looked at below.
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken !== undefined) return invalid(`line ${(broken.row ?? 0) + 1} has a quote that does not end`);
  const [header, ...rows] = data;
  if (header === undefined)
    return invalid('the file is empty; its first line has the names of the parameters');
  const names = header.map((name) => name.trim());
  const problem = nameProblem(names);
  if (problem !== undefined) return invalid(problem);
  const long = rows.findIndex((row) => row.length > names.length);
  if (long >= 0) {
    return invalid(
      `row ${long + 1} has ${rows[long]?.length} cells, and there are ${names.length} names in the first line`,
    );
  }
  const columns = new Map(names.map((name, column) => [name, column]));
  return {
    kind: 'table',
    table: {
      names,
      length: rows.length,
      value(row, name) {
        const column = columns.get(name);
        return column === undefined ? undefined : cellValue(rows[row]?.[column] ?? '');
      },
    },
  };
}

function nameProblem(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  for (const name of names) {
    if (name === '') return 'a column has no name in the first line';
    if (!parameterNamePattern.test(name) || name === '__proto__') {
      return `${JSON.stringify(name.slice(0, 60))} in the first line is no name that a parameter can have`;
    }
    if (seen.has(name)) return `two columns are called "${name}"`;
    seen.add(name);
  }
  return undefined;
}

/** What a cell says: a number or a truth value where it reads as one, nothing where it is empty. */
function cellValue(cell: string): ParamValue | undefined {
  const text = cell.trim();
  if (text === '') return undefined;
  if (/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text)) {
    const number = Number(text);
    // What would lose digits stays a text: people number things with more digits than a number has.
    const isExact = Number.isFinite(number) && (!/^[-+]?\d+$/.test(text) || Number.isSafeInteger(number));
    return isExact ? number : text;
  }
  if (/^(true|True|TRUE)$/.test(text)) return true;
  return /^(false|False|FALSE)$/.test(text) ? false : cell;
}

function parseJson(text: string): TableFile {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    return invalid(`it is no JSON: ${(error as Error).message}`);
  }
  if (!Array.isArray(content)) return invalid('it holds no list; a list of mappings is expected');
  return tableOf(content, (row) => `item ${row}`);
}

function parseJsonLines(text: string): TableFile {
  const rows: unknown[] = [];
  const numbers: number[] = [];
  let line = 0;
  for (const written of text.split('\n')) {
    line++;
    if (written.trim() === '') continue;
    try {
      rows.push(JSON.parse(written));
      numbers.push(line);
    } catch (error) {
      return invalid(`line ${line} is no JSON: ${(error as Error).message}`);
    }
  }
  return tableOf(rows, (row) => `line ${numbers[row]}`);
}

function tableOf(rows: readonly unknown[], placeOf: (row: number) => string): TableFile {
  const names = new Set<string>();
  for (const [row, value] of rows.entries()) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return invalid(`${placeOf(row)} is no mapping from parameters to values`);
    }
    for (const name of Object.keys(value)) names.add(name);
    if (!holdsFinite(value as ParamMap)) {
      return invalid(`${placeOf(row)} has a number that is too large, or a key that is called "__proto__"`);
    }
  }
  const problem = nameProblem([...names]);
  if (problem !== undefined) return invalid(problem);
  return {
    kind: 'table',
    table: {
      names: [...names],
      length: rows.length,
      value(row, name) {
        const run = rows[row] as ParamMap;
        return Object.hasOwn(run, name) ? run[name] : undefined;
      },
    },
  };
}

/** JSON can write numbers that no double holds. */
function holdsFinite(value: ParamValue): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(holdsFinite);
  return Object.entries(value).every(([key, item]) => key !== '__proto__' && holdsFinite(item));
}
