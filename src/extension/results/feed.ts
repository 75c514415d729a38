import { setImmediate as nextTurn } from 'node:timers/promises';
import type * as vscode from 'vscode';
import type { Chunk } from '../../core/resultsTable/chunk.ts';
import { addState, addValues, chunkBuilder } from '../../core/resultsTable/chunk.ts';
import type { ColumnKind } from '../../core/resultsTable/column.ts';
import { chunkSize, type RunTable, runAt } from '../../core/runTable.ts';
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
const mostRuns = 2000;
/** So many pieces may be on their way: whoever reads faster than the page takes over fills the editor's memory. */
const mostUnderWay = 8;
/** A text that is longer than this is no cell to look at. */
const longestText = 300;

/** Makes the feed of a sweep; what `tell` returns resolves when the chunk has arrived. */
export function createFeed(view: SweepView, tell: (chunk: Chunk) => PromiseLike<unknown>): ResultsFeed {
  const problems = new Map<number, string>();
  let seen: RunTable | undefined;
  let told = 0;
  let runsAtOnce = firstRuns;
  const read = runValuesReader(view);
  let isDisposed = false;

  const next = async () => {
    const { state } = view;
    const before = seen;
    const from = told;
    seen = state.runs;
    told = state.total;
    const changed = [...changedRuns(before, state.runs, from, state.total)];
    const underWay: PromiseLike<unknown>[] = [];
    for (let start = 0; start < changed.length && !isDisposed; ) {
      const began = performance.now();
      const chunk = chunkOf(view, changed.slice(start, start + runsAtOnce), read, problems);
      const pace = chunk.runs.length / (performance.now() - began);
      runsAtOnce = Math.max(1, Math.min(mostRuns, Math.round(pace * readFor)));
      start += chunk.runs.length;
      underWay.push(tell(chunk));
      if (underWay.length > mostUnderWay) await underWay.shift();
      await nextTurn();
    }
    await Promise.all(underWay);
    const { running } = view.state;
    // How long they have been running is news, too.
    if (before !== undefined && running.length > 0 && changed.length === 0)
      await tell(stateChunk(view, running));
  };

  return {
    problems,
    next,
    dispose: () => {
      isDisposed = true;
    },
  };
}

/** What the first of some runs hold: all of them, unless reading takes longer than it usually does; one at least. */
function chunkOf(
  view: SweepView,
  runs: readonly number[],
  read: (run: number) => RunValues,
  problems: Map<number, string>,
): Chunk {
  const kinds: readonly ColumnKind[] = ['run', 'parameter', 'result'];
  const builder = chunkBuilder(kinds, runs.length);
  const now = Date.now();
  const began = performance.now();
  for (const run of runs) {
    if (builder.size > 0 && performance.now() - began > longestRead) break;
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

/** The ids of runs that are new, or whose state is another one than before. Looks only at the chunks that are. */
function* changedRuns(
  before: RunTable | undefined,
  after: RunTable,
  from: number,
  total: number,
): Generator<number> {
  for (let start = 0; start < total; start += chunkSize) {
    const index = start / chunkSize;
    const old = before?.chunks[index];
    const end = Math.min(start + chunkSize, total);
    if (before !== undefined && old === after.chunks[index] && end <= from) continue;
    for (let run = start; run < end; run++) {
      if (run >= from || before === undefined || runAt(before, run) !== runAt(after, run)) yield run;
    }
  }
}
