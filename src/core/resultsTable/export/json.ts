import { cellAt, type RunColumn } from '../column.ts';
import { runColumn } from '../table.ts';
import { isoTime } from './exportColumns.ts';
import type { ExportSource } from './exportSource.ts';

/** A JSON array with an object for each run; its parameters and results are as the run has them. */
export function* jsonPieces(source: ExportSource): Generator<string> {
  let separator = '[\n';
  for (const row of source.rows) {
    yield `${separator}${JSON.stringify(recordOf(source, row))}`;
    separator = ',\n';
  }
  yield source.rows.length === 0 ? '[]\n' : '\n]\n';
}

/** JSON Lines: the same objects, one a line. */
export function* jsonLinesPieces(source: ExportSource): Generator<string> {
  for (const row of source.rows) yield `${JSON.stringify(recordOf(source, row))}\n`;
}

function recordOf({ table, values }: ExportSource, row: number): unknown {
  const own = (name: RunColumn) => {
    const column = runColumn(table, name);
    return column && cellAt(column, row);
  };
  const { params, results } = values(row);
  return {
    sweep: own('sweep'),
    run: own('run'),
    status: own('status'),
    reason: own('reason'),
    duration_s: own('duration_s'),
    attempt: own('attempt'),
    started: isoTime(own('started')),
    cpu_s: own('cpu_s'),
    peak_memory_bytes: own('peak_memory_bytes'),
    params,
    results,
  };
}
