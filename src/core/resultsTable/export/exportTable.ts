import { unreachable } from '../../unreachable.ts';
import { csvPieces } from './csv.ts';
import type { ExportOptions, ExportSource } from './exportSource.ts';
import { joblogPieces } from './joblog.ts';
import { jsonLinesPieces, jsonPieces } from './json.ts';
import { markdownPieces } from './markdown.ts';
import { parquetPieces } from './parquet.ts';

/** What results can be exported as, by name; with the ending of the file's name. */
export const exportFormats = {
  csv: 'csv',
  json: 'json',
  jsonl: 'jsonl',
  parquet: 'parquet',
  markdown: 'md',
  joblog: 'joblog',
} as const;

/** One of {@link exportFormats}. */
export type ExportFormat = keyof typeof exportFormats;

/** The content of the exported file, in pieces. */
export function exportTable(
  format: ExportFormat,
  source: ExportSource,
  options: ExportOptions = {},
): Iterable<string | Uint8Array> {
  switch (format) {
    case 'csv':
      return csvPieces(source, options);
    case 'json':
      return jsonPieces(source);
    case 'jsonl':
      return jsonLinesPieces(source);
    case 'parquet':
      return parquetPieces(source);
    case 'markdown':
      return markdownPieces(source);
    case 'joblog':
      return joblogPieces(source);
    default:
      return unreachable(format);
  }
}
