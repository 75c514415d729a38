import { formatCell } from '../format.ts';
import { exportColumns } from './exportColumns.ts';
import type { ExportSource } from './exportSource.ts';

/** A table in GitHub's Markdown. Numbers are rounded to six digits and stand on the right. */
export function* markdownPieces({ table, rows }: ExportSource): Generator<string> {
  const columns = exportColumns(table);
  yield line(columns.map(({ label }) => literal(label)));
  yield line(columns.map(({ isNumeric }) => (isNumeric ? '---:' : '---')));
  for (const row of rows) yield line(columns.map((column) => literal(formatCell(column.cell(row)))));
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** Text that means nothing in Markdown, nor in the HTML that may stand in it. */
function literal(text: string): string {
  return text
    .replaceAll(/[\\`*[\]|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
}
