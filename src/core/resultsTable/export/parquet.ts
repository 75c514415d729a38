import {
  type BasicType,
  ByteWriter,
  type ColumnSource,
  ParquetWriter,
  schemaFromColumnData,
} from 'hyparquet-writer';
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
  const columns = exportColumns(table).map((column) => ({ column, type: typeOf(column, rows) }));
  const dataOf = (some: Uint32Array): ColumnSource[] =>
    columns.map(({ column, type }) => ({
      name: column.label,
      type,
      nullable: true,
      data: Array.from(some, (row) => converted(column.cell(row), type)),
    }));
  const writer = new ByteWriter();
  const file = new ParquetWriter({
    writer,
    schema: schemaFromColumnData({ columnData: dataOf(rows.subarray(0, 0)) }),
  });
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    // Into memory: nothing is left to wait for.
    void file.write({
      columnData: dataOf(rows.subarray(start, start + rowsAtOnce)),
      rowGroupSize: rowsAtOnce,
    });
    yield taken(writer);
  }
  void file.finish();
  yield taken(writer);
}

/** The size of a row group: so many are written in a moment. */
const rowsAtOnce = 2000;

/** Takes out what was written since the last time. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}

type ColumnType = Extract<BasicType, 'INT32' | 'DOUBLE' | 'BOOLEAN' | 'STRING' | 'TIMESTAMP'>;

function typeOf({ column, isNumeric, cell }: ExportColumn, rows: Uint32Array): ColumnType {
  if (column.key === columnKey('run', 'started')) return 'TIMESTAMP';
  const isMissing = (row: number) => cell(row) === undefined || cell(row) === null;
  if (isNumeric) return rows.every((row) => isMissing(row) || isInt32(cell(row))) ? 'INT32' : 'DOUBLE';
  const isBoolean = rows.every((row) => isMissing(row) || typeof cell(row) === 'boolean');
  return isBoolean && !rows.every(isMissing) ? 'BOOLEAN' : 'STRING';
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
