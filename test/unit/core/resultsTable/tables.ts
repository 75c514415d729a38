import { addState, addValues, chunkBuilder } from '../../../../src/core/resultsTable/chunk.ts';
import type { ExportSource } from '../../../../src/core/resultsTable/export/exportSource.ts';
import { applyChunk, emptyTable, type ResultsTable } from '../../../../src/core/resultsTable/table.ts';
import type { ParamMap } from '../../../../src/core/run.ts';
import type { RunState } from '../../../../src/core/runTable.ts';

/** A run of a table made for a test. */
export interface TestRun {
  readonly params?: ParamMap;
  readonly results?: unknown;
  readonly state?: RunState;
}

/** A run that took 1.234 s. */
export const succeeded: RunState = { status: 'success', attempts: 1, startedAt: 60_000, endedAt: 61_234 };
/** A run that nothing has happened to. */
export const pending: RunState = { status: 'pending', attempts: 0 };
/** A run that failed after 1.234 s. */
export const failed: RunState = {
  status: 'failure',
  attempts: 1,
  startedAt: 60_000,
  endedAt: 61_234,
  failure: { reason: 'exit-code', code: 3 },
};

/** A table of one sweep, or of several: each a list of runs. */
export function tableOf(...sweeps: readonly (readonly TestRun[])[]): ResultsTable {
  const table = emptyTable(sweeps.map((_, sweep) => `sweep ${sweep}`));
  for (const [sweep, runs] of sweeps.entries()) {
    const builder = chunkBuilder(['run', 'parameter', 'result'], runs.length);
    for (const [id, { params = {}, results, state = succeeded }] of runs.entries()) {
      builder.run(id);
      addState(builder, state, 0);
      addValues(builder, params, results);
    }
    applyChunk(table, sweep, builder.build());
  }
  return table;
}

/** The same as it is exported. */
export function sourceOf(...sweeps: readonly (readonly TestRun[])[]): ExportSource {
  const table = tableOf(...sweeps);
  const runOf = (row: number) => sweeps[table.sweepOf[row] ?? 0]?.[table.runOf[row] ?? 0] ?? {};
  return {
    table,
    rows: Uint32Array.from({ length: table.size }, (_, row) => row),
    values: (row) => ({ params: runOf(row).params ?? {}, results: runOf(row).results }),
    launched: (row) => ({
      host: 'moon',
      commandLine: `lander ${row}`,
      exit:
        runOf(row).state === pending ? undefined : { code: runOf(row).state === failed ? 3 : 0, signal: 0 },
    }),
  };
}
