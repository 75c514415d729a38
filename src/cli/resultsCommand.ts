import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isTerminal } from '../core/displayStatus.ts';
import { MultirunError, systemCode } from '../core/errors.ts';
import { commonMetric, type ResultsProblem, readResults } from '../core/exportResults.ts';
import type { Metric } from '../core/results/resultSources.ts';
import { type Column, columnKey } from '../core/resultsTable/column.ts';
import { columnLabels } from '../core/resultsTable/describe.ts';
import { type ExportFormat, exportTable } from '../core/resultsTable/export/exportTable.ts';
import { ranksOf, type SortKey, sortRows } from '../core/resultsTable/order.ts';
import type { ResultsTable } from '../core/resultsTable/table.ts';
import { openSweep } from '../core/sweepDirectory/readSweep.ts';
import { didYouMean, didYouMeanClause } from '../core/sweepFile/didYouMean.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import { resultsText } from './resultsText.ts';

/** What `multirun results` can be told. */
export interface ResultsOptions {
  /** Default: a table for a person. */
  readonly format?: ExportFormat;
  /** A new file. Default: standard output. */
  readonly output?: string;
  /** The column to sort by. Default: the sweep's metric, best first; without one, the order of the plan. */
  readonly sort?: string;
  readonly descending?: boolean;
  /** How many runs. Default: 20 in the table for a person, else all. */
  readonly limit?: number;
  /** See `ExportOptions`. */
  readonly escapeFormulas: boolean;
}

const defaultLimit = 20;

/** `multirun results DIR…`: parameters and results of all runs, as a table or in a format for other programs. */
export async function resultsCommand(
  directories: readonly string[],
  options: ResultsOptions,
): Promise<ExitCode> {
  const paths = new Set(directories.map((directory) => resolve(directory)));
  const views = await Promise.all([...paths].map((path) => openSweep(path)));
  for (const problem of views.flatMap(({ problems }) => problems))
    process.stderr.write(`multirun: ${problem}\n`);
  const { table, source, problems } = await readResults(views, Date.now());
  printProblems(problems);
  const order = orderOf(table, commonMetric(views), options);
  const sorted = order === undefined ? source.rows : sortRows(source.rows, [order]);
  const { format, limit, escapeFormulas } = options;
  if (format === undefined) {
    const rows = sorted.subarray(0, limit ?? defaultLimit);
    const width = isTerminal(process.stdout) ? (process.stdout.columns ?? 80) : Number.POSITIVE_INFINITY;
    const lines = resultsText(views, { table, rows, order, width });
    await write([`${lines.join('\n')}\n`], options.output);
    return exitCodes.good;
  }
  if (format === 'parquet' && options.output === undefined && isTerminal(process.stdout)) {
    throw new MultirunError(
      'invalid-argument',
      'Parquet is no text for a terminal; name a file with --output, or redirect it',
    );
  }
  const rows = limit === undefined ? sorted : sorted.subarray(0, limit);
  await write(exportTable(format, { ...source, rows }, { escapeFormulas }), options.output);
  return exitCodes.good;
}

interface Order extends SortKey {
  readonly column: Column;
}

function orderOf(
  table: ResultsTable,
  metric: Metric | undefined,
  { sort, descending = metric?.goal === 'maximize' && sort === undefined }: ResultsOptions,
): Order | undefined {
  const column =
    sort !== undefined
      ? columnNamed(table, sort)
      : metric && table.columns.get(columnKey('result', metric.name));
  return column && { column, ranks: ranksOf(column, table.size), descending };
}

function columnNamed(table: ResultsTable, name: string): Column {
  const labels = columnLabels(table);
  const columns = [...table.columns.values()];
  const column =
    columns.find(({ key }) => labels.get(key) === name) ??
    // A name alone, where the label has to tell it from another: the result is what people sort by.
    columns.findLast((other) => other.name === name);
  if (column === undefined) {
    const suggestion = didYouMeanClause(didYouMean(name, labels.values()));
    throw new MultirunError('invalid-argument', `there is no column ${JSON.stringify(name)}${suggestion}`);
  }
  return column;
}

const mostProblemsShown = 10;

function printProblems(problems: readonly ResultsProblem[]): void {
  const lines = problems
    .slice(0, mostProblemsShown)
    .map(({ view, run, message }) => `the results of run ${view.label(run)} cannot be read: ${message}`);
  const more = problems.length - lines.length;
  if (more > 0) lines.push(`the results of ${more} more cannot be read`);
  for (const line of lines) process.stderr.write(`multirun: ${line}\n`);
}

async function write(pieces: Iterable<string | Uint8Array>, path: string | undefined): Promise<void> {
  if (path === undefined) return writeToStdout(pieces);
  await using file = await open(path, 'wx').catch((error: unknown) => {
    if (systemCode(error) !== 'EEXIST') throw error;
    throw new MultirunError('output-exists', `${path} exists already; name a new file`, { cause: error });
  });
  for (const piece of pieces) await file.appendFile(piece);
}

async function writeToStdout(pieces: Iterable<string | Uint8Array>): Promise<void> {
  const { stdout } = process;
  let isOpen = true;
  stdout.once('error', () => {
    isOpen = false;
  });
  for (const piece of pieces) {
    // Whoever reads it may have seen enough.
    if (!isOpen) return;
    if (!stdout.write(piece)) await once(stdout, 'drain').catch(() => {});
  }
}
