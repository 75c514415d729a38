import { type BasicType, type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { type Cell, cellText } from '../cell.ts';
import { columnKey } from '../column.ts';
import { type ExportColumn, exportColumns } from './exportColumns.ts';
import type { ExportSource } from './exportSource.ts';

const largestInt32 = 2 ** 31 - 1;

/**
 * A Parquet file. A column of whole numbers is INT32 where they fit, other numbers are DOUBLE, `started` is a timestamp;
 * a column that mixes numbers with texts is text. What is missing is null.
 */
export function* parquetPieces({ table, rows }: ExportSource): Generator<Uint8Array> {
  const columnData = exportColumns(table).map((column) => sourceOf(column, rows));
  yield new Uint8Array(parquetWriteBuffer({ columnData }));
}

function sourceOf(column: ExportColumn, rows: Uint32Array): ColumnSource {
  const cells = Array.from(rows, (row) => column.cell(row));
  const type = typeOf(column, cells);
  return { name: column.label, type, nullable: true, data: cells.map((cell) => converted(cell, type)) };
}

type ColumnType = Extract<BasicType, 'INT32' | 'DOUBLE' | 'BOOLEAN' | 'STRING' | 'TIMESTAMP'>;

function typeOf({ column, isNumeric }: ExportColumn, cells: readonly Cell[]): ColumnType {
  if (column.key === columnKey('run', 'started')) return 'TIMESTAMP';
  const known = cells.filter((cell) => cell !== undefined && cell !== null);
  if (isNumeric) {
    return known.every(isInt32) ? 'INT32' : 'DOUBLE';
  }
  return known.length > 0 && known.every((cell) => typeof cell === 'boolean') ? 'BOOLEAN' : 'STRING';
}

function isInt32(cell: Cell): boolean {
  return typeof cell === 'number' && Number.isInteger(cell) && Math.abs(cell) <= largestInt32;
}

function converted(cell: Cell, type: ColumnType): Cell | Date {
  if (cell === undefined || cell === null) return null;
  switch (type) {
    case 'STRING':
      return cellText(cell);
    case 'TIMESTAMP':
      return new Date(cellText(cell));
    case 'DOUBLE':
      // A column of numbers has one text, "NaN".
      return Number(cell);
    case 'INT32':
    case 'BOOLEAN':
      return cell;
  }
}
