import { constants } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Metric } from './results/resultSources.ts';
import { addState, addValues, chunkBuilder } from './resultsTable/chunk.ts';
import type { ExportSource, Launched } from './resultsTable/export/exportSource.ts';
import { applyChunk, emptyTable, type ResultsTable } from './resultsTable/table.ts';
import { commandLine } from './runner/commandLine.ts';
import { commandOf } from './runner/commandOf.ts';
import { type RunState, runAt } from './runTable.ts';
import { type RunValues, runValuesReader } from './sweepDirectory/runValues.ts';
import type { SweepView } from './sweepDirectory/sweepView.ts';
import { unreachable } from './unreachable.ts';

/** Results that could not be read. */
export interface ResultsProblem {
  readonly view: SweepView;
  readonly run: number;
  readonly message: string;
}

/** Everything that the runs of some sweeps hold. */
export interface ReadResults {
  readonly table: ResultsTable;
  /** All rows of the table, in plan order, as it can be exported. */
  readonly source: ExportSource;
  readonly problems: readonly ResultsProblem[];
}

const runsAtOnce = 500;

/**
 * Reads the results of sweeps into one table, in pieces of some milliseconds between which others have their turn. With
 * several sweeps, columns of one name are one column. `now` is the time that running runs have come to, in ms since the epoch.
 */
export async function readResults(views: readonly SweepView[], now: number): Promise<ReadResults> {
  const table = emptyTable(sweepNamesOf(views));
  const problems: ResultsProblem[] = [];
  const readers = views.map(runValuesReader);
  for (const [sweep, view] of views.entries()) {
    for (let start = 0; start < view.state.total; start += runsAtOnce) {
      const builder = chunkBuilder(['run', 'parameter', 'result'], runsAtOnce);
      for (let run = start; run < Math.min(start + runsAtOnce, view.state.total); run++) {
        const values = valuesOf(readers[sweep], run);
        builder.run(run);
        addState(builder, runAt(view.state.runs, run), now);
        addValues(builder, values.params, values.results);
        if (values.problem !== undefined) problems.push({ view, run, message: values.problem });
      }
      applyChunk(table, sweep, builder.build());
      await nextTurn();
    }
  }
  const of = (row: number) => {
    const sweep = table.sweepOf[row] ?? 0;
    const view = views[sweep];
    if (view === undefined) throw new RangeError(`no row ${row}`);
    return { view, run: table.runOf[row] ?? 0, reader: readers[sweep] };
  };
  return {
    table,
    problems,
    source: {
      table,
      rows: Uint32Array.from({ length: table.size }, (_, row) => row),
      values: (row) => valuesOf(of(row).reader, of(row).run),
      launched: (row) => launchedAs(of(row).view, of(row).run),
    },
  };
}

function valuesOf(reader: ((run: number) => RunValues) | undefined, run: number): RunValues {
  if (reader === undefined) throw new RangeError('no such sweep');
  return reader(run);
}

/** The metric that all of these sweeps have; undefined where they have none, or different ones. */
export function commonMetric(views: readonly SweepView[]): Metric | undefined {
  const [first] = views;
  const metric = first?.header.metric ?? undefined;
  const isCommon = views.every(
    ({ header }) => header.metric?.name === metric?.name && header.metric?.goal === metric?.goal,
  );
  return isCommon ? metric : undefined;
}

/** What sweeps are called side by side: their names, and their directories' last names where two share one. */
export function sweepNamesOf(views: readonly SweepView[]): string[] {
  const names = views.map(({ header }) => header.name);
  return views.map(({ header, directory }) =>
    names.filter((name) => name === header.name).length > 1
      ? `${header.name} ${directory.split(/[/\\]/).at(-1)}`
      : header.name,
  );
}

function launchedAs(view: SweepView, run: number): Launched {
  return {
    host: view.header.provenance.host,
    commandLine: commandLine(argvOf(view, run)),
    exit: exitOf(runAt(view.state.runs, run)),
  };
}

function argvOf({ header, params, runDirectory }: SweepView, run: number): readonly string[] {
  const directory = runDirectory(run);
  try {
    return commandOf(header, { run, directory, params: params(run), environment: process.env }).argv;
  } catch (error) {
    // What the command took from the environment in which it was launched may be missing here.
    if (error instanceof RangeError) return header.cmd;
    throw error;
  }
}

/** As GNU parallel writes it: -1 for what it has no code for. */
function exitOf(run: RunState): Launched['exit'] {
  if (run.status === 'success') return { code: 0, signal: 0 };
  if (run.status !== 'failure') return undefined;
  const { SIGKILL, SIGTERM } = constants.signals;
  switch (run.failure.reason) {
    case 'exit-code':
      return { code: run.failure.code, signal: 0 };
    case 'signal':
      return { code: 0, signal: constants.signals[run.failure.signal as NodeJS.Signals] ?? 0 };
    case 'timeout':
      return { code: -1, signal: SIGTERM };
    case 'cancelled':
    case 'halted':
      return { code: 0, signal: SIGTERM };
    case 'out-of-memory':
      return { code: 0, signal: SIGKILL };
    case 'spawn-error':
      return { code: 127, signal: 0 };
    case 'node-failed':
    case 'preempted':
    case 'lost':
      return { code: -1, signal: 0 };
    default:
      return unreachable(run.failure);
  }
}
