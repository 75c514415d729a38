import { setImmediate as nextTurn } from 'node:timers/promises';
import type * as vscode from 'vscode';
import type { Chunk } from '../../core/resultsTable/chunk.ts';
import { addState, addValues, chunkBuilder } from '../../core/resultsTable/chunk.ts';
import type { ColumnKind } from '../../core/resultsTable/column.ts';
import { changedRuns, emptyRunTable, type RunTable, runAt } from '../../core/runTable.ts';
import { type RunValues, runValuesReader } from '../../core/sweepDirectory/runValues.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';

/** Tells what became of the runs of one sweep since it was last asked. */
export interface ResultsFeed extends vscode.Disposable {
  /** The runs whose results cannot be read, with the reasons. */
  readonly problems: ReadonlyMap<number, string>;
  /** Tells all that is new, in pieces; the first time everything. Ends early once the feed is disposed of. */
  next(): Promise<void>;
}

/** Runs are read for about so long at a time, and never for much longer; then others have their turn. In ms. */
const readFor = 15;
const longestRead = 40;
/** How many runs are told at first, and how many at most. */
const firstRuns = 100;
const mostRuns = 1000;
/** So many pieces may be on their way: whoever reads faster than the page takes over fills the editor's memory. */
const mostUnderWay = 3;
/** A text that is longer than this is no cell to look at. */
const longestText = 300;

/** Makes the feed of a sweep; what `tell` returns resolves when the chunk has arrived. */
export function createFeed(view: SweepView, tell: (chunk: Chunk) => PromiseLike<unknown>): ResultsFeed {
  const problems = new Map<number, string>();
  let seen = emptyRunTable;
  let told = 0;
  let runsAtOnce = firstRuns;
  const read = runValuesReader(view);
  let isDisposed = false;

  const next = async () => {
    const { state } = view;
    const isFirst = told === 0;
    const news = newsOf(seen, state.runs, told, state.total);
    let isQuiet = true;
    seen = state.runs;
    told = state.total;
    const underWay: PromiseLike<unknown>[] = [];
    while (!isDisposed) {
      const began = performance.now();
      const chunk = chunkOf(view, news, runsAtOnce, read, problems);
      if (chunk.runs.length === 0) break;
      isQuiet = false;
      const pace = chunk.runs.length / (performance.now() - began);
      runsAtOnce = Math.max(1, Math.min(mostRuns, Math.round(pace * readFor)));
      underWay.push(tell(chunk));
      if (underWay.length > mostUnderWay) await underWay.shift();
      await nextTurn();
    }
    await Promise.all(underWay);
    const { running } = view.state;
    // How long they have been running is news, too.
    if (!isFirst && running.length > 0 && isQuiet) await tell(stateChunk(view, running));
  };

  return {
    problems,
    next,
    dispose: () => {
      isDisposed = true;
    },
  };
}

/**
 * Takes the next of some runs, at most so many, and tells what they hold: fewer only at their end, or where reading takes longer
 * than it usually does; one at least.
 */
function chunkOf(
  view: SweepView,
  runs: Iterator<number>,
  most: number,
  read: (run: number) => RunValues,
  problems: Map<number, string>,
): Chunk {
  const kinds: readonly ColumnKind[] = ['run', 'parameter', 'result'];
  const builder = chunkBuilder(kinds, most);
  const now = Date.now();
  const began = performance.now();
  while (builder.size < most) {
    if (builder.size > 0 && performance.now() - began > longestRead) break;
    const { value: run, done } = runs.next();
    if (done === true) break;
    const state = runAt(view.state.runs, run);
    const { params, results, problem } = read(run);
    const isOver = state.status === 'success' || state.status === 'failure';
    builder.run(run);
    addState(builder, state, now);
    addValues(builder, params, isOver ? results : undefined, { longestText });
    if (isOver && problem !== undefined) problems.set(run, problem);
    else problems.delete(run);
  }
  return builder.build();
}

function stateChunk(view: SweepView, runs: readonly number[]): Chunk {
  const builder = chunkBuilder(['run'], runs.length);
  const now = Date.now();
  for (const run of runs) {
    builder.run(run);
    addState(builder, runAt(view.state.runs, run), now);
  }
  return builder.build();
}

/** The ids of runs that are new, which are those from `told` on, or whose state is another one than before. */
function* newsOf(before: RunTable, after: RunTable, told: number, total: number): Generator<number> {
  yield* changedRuns(before, after, told);
  for (let run = told; run < total; run++) yield run;
}
