import { posix } from 'node:path';
import Papa from 'papaparse';
import { parse as parseYaml } from 'yaml';
import type { ParamValue } from '../run.ts';
import { longestFile, type OpenFile, openFile, parseJson, readWhole, textOf } from './boundedFile.ts';
import { asJson, valueOfText } from './resultValue.ts';

/** What is read of each end of a table that is longer than two of these. In bytes. */
const tableEnd = 1 << 20;

/** What a file holds, or what is wrong with it in words that follow its name. */
export type FileResults = { readonly value: ParamValue } | { readonly problem: string };

/**
 * Reads results from a file by its ending: the whole of a JSON or YAML file, the last line of a JSON Lines file, the last
 * row of a table.
 */
export async function readResultFile(path: string): Promise<FileResults> {
  const file = await openFile(path);
  if ('problem' in file) return file;
  await using open = file;
  try {
    const value = await valueIn(posix.extname(path).toLowerCase(), open);
    return value === undefined ? { problem: 'is empty' } : { value };
  } catch (error) {
    return { problem: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
  }
}

async function valueIn(ending: string, file: OpenFile): Promise<ParamValue | undefined> {
  switch (ending) {
    case '.json':
      return fromJson(await readWhole(file));
    case '.jsonl':
    case '.ndjson':
      return fromJson(lastLine(await tail(file)));
    case '.csv':
    case '.tsv':
      return lastRow(file);
    default:
      return fromYaml(await readWhole(file));
  }
}

async function tail(file: OpenFile): Promise<string> {
  return textOf(await file.read(Math.max(0, file.size - longestFile), longestFile));
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}

function fromJson(text: string): ParamValue | undefined {
  return text.trim() === '' ? undefined : asJson(parseJson(text));
}

function fromYaml(text: string): ParamValue | undefined {
  if (text.trim() === '') return undefined;
  try {
    return asJson(parseYaml(text, { maxAliasCount: 100, logLevel: 'error' }));
  } catch (error) {
    throw new Error(`cannot be understood: ${(error as Error).message}`);
  }
}

/** The last row of a table by the names in its first one. A first row of numbers names nothing: then columns are counted from 1. */
async function lastRow(file: OpenFile): Promise<ParamValue | undefined> {
  const isWhole = file.size <= 2 * tableEnd;
  const head = textOf(await file.read(0, isWhole ? file.size : tableEnd));
  const first = rowsOf(head, 1)[0];
  if (first === undefined) return undefined;
  const rest = isWhole ? head : await endOf(file);
  const rows = rowsOf(rest, 0, first.delimiter);
  const last = rows.at(-1)?.cells ?? [];
  const hasNames = !first.cells.every((cell) => typeof valueOfText(cell) === 'number');
  if (isWhole && hasNames && rows.length === 1) throw new Error('has a line of names, but no row behind it');
  return Object.fromEntries(
    last.map((cell, column) => {
      const name = hasNames ? (first.cells[column]?.trim() ?? '') : '';
      return [name === '' ? `column_${column + 1}` : name, valueOfText(cell)];
    }),
  );
}

/** The end of a long table, from the beginning of a line. */
async function endOf(file: OpenFile): Promise<string> {
  const text = textOf(await file.read(file.size - tableEnd, tableEnd));
  return text.slice(text.indexOf('\n') + 1);
}

interface Row {
  readonly cells: readonly string[];
  readonly delimiter: string;
}

/** The rows of a table; `most` 0 for all of them. The delimiter is guessed where none is given. */
function rowsOf(text: string, most: number, delimiter = ''): Row[] {
  const { data, meta } = Papa.parse<string[]>(text, { delimiter, preview: most, skipEmptyLines: 'greedy' });
  return data.map((cells) => ({ cells, delimiter: meta.delimiter }));
}
