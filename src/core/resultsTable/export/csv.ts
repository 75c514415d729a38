import Papa from 'papaparse';
import { exportColumns } from './exportColumns.ts';
import type { ExportOptions, ExportSource } from './exportSource.ts';

const rowsAtOnce = 500;

/** CSV as RFC 4180 has it, but for lines that end with a line feed: a header, then a line for each run. */
export function* csvPieces(
  { table, rows }: ExportSource,
  { escapeFormulas = true }: ExportOptions,
): Generator<string> {
  const columns = exportColumns(table);
  const options = { escapeFormulae: escapeFormulas, newline: '\n', header: false };
  yield `${Papa.unparse([columns.map(({ label }) => label)], options)}\n`;
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const data = Array.from(rows.subarray(start, start + rowsAtOnce), (row) =>
      columns.map((column) => column.cell(row) ?? null),
    );
    yield `${Papa.unparse(data, options)}\n`;
  }
}
