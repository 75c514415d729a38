import Papa from 'papaparse';
import type { Cell } from '../cell.ts';
import { exportColumns } from './exportColumns.ts';
import type { ExportOptions, ExportSource } from './exportSource.ts';

const linesAtOnce = 500;

/** CSV as RFC 4180 has it, but for lines that end with a line feed: a header, then a line for each run. */
export function* csvPieces({ table, rows }: ExportSource, options: ExportOptions): Generator<string> {
  const columns = exportColumns(table);
  const labels = columns.map(({ label }) => label);
  const line = (place: number) => columns.map((column) => column.cell(rows[place] ?? 0));
  yield* csvOf(labels, rows.length, line, options);
}

/** A header, then as many lines as there are, each with its cells. */
export function* csvOf(
  header: readonly string[],
  lines: number,
  cellsOf: (line: number) => readonly Cell[],
  { escapeFormulas = true }: ExportOptions,
): Generator<string> {
  const options = { escapeFormulae: escapeFormulas, newline: '\n', header: false };
  yield `${Papa.unparse([header], options)}\n`;
  for (let start = 0; start < lines; start += linesAtOnce) {
    const data = Array.from({ length: Math.min(linesAtOnce, lines - start) }, (_, place) =>
      cellsOf(start + place).map((cell) => cell ?? null),
    );
    yield `${Papa.unparse(data, options)}\n`;
  }
}
