import { numberAt, type RunColumn } from '../column.ts';
import { runColumn } from '../table.ts';
import type { ExportSource } from './exportSource.ts';

/**
 * The job log of GNU parallel (`--joblog`): a line for each run that was started and has ended. `Seq` counts from 1, so that
 * it is the run's id plus 1; nothing was sent or received.
 */
export function* joblogPieces({ table, rows, launched }: ExportSource): Generator<string> {
  yield 'Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand\n';
  for (const row of rows) {
    const own = (name: RunColumn): number => {
      const column = runColumn(table, name);
      return column === undefined ? Number.NaN : numberAt(column, row);
    };
    const { host, commandLine, exit } = launched(row);
    const started = own('started');
    if (exit === undefined || Number.isNaN(started)) continue;
    const fields = [
      own('run') + 1,
      host,
      started.toFixed(3),
      own('duration_s').toFixed(3),
      0,
      0,
      exit.code,
      exit.signal,
      commandLine.replaceAll(/[\t\n\r]/g, ' '),
    ];
    yield `${fields.join('\t')}\n`;
  }
}
