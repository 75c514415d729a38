import { rm } from 'node:fs/promises';
import type * as vscode from 'vscode';
import { addState, type Chunk, chunkBuilder, releaseChunk } from '../../core/resultsTable/chunk.ts';
import { changedRuns, emptyRunTable, type RunTable, runAt } from '../../core/runTable.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { chunksInThread } from './chunksInThread.ts';
import { chunksReader, type RunProblems, type ToldRuns } from './readChunks.ts';

/** Tells what became of the runs of one sweep since it was last asked. */
export interface ResultsFeed extends vscode.Disposable {
  /** The runs whose results cannot be read, with the reasons. */
  readonly problems: ReadonlyMap<number, string>;
  /** Tells all that is new, in pieces; the first time everything. Ends early once the feed is disposed of. */
  next(): Promise<void>;
}

/** So many runs are read here at first, so many of those that change later, and never for longer than this, in ms. */
const firstRunsHere = 100;
const mostRunsHere = 1000;
const longestReadHere = 40;
/** So many pieces may be on their way: whoever reads faster than the page takes over fills the editor's memory. */
const mostUnderWay = 3;

/** What a feed needs to read many runs. */
export interface FeedParts {
  /** The bundle of `chunksWorker.ts`. */
  readonly program: string | URL;
  /** See {@link RunsOrder.folder}. */
  readonly folder: string;
}

/**
 * Makes the feed of a sweep. What `tell` returns resolves when the runs have been taken over: then their memory, or the file,
 * goes.
 */
export function createFeed(
  view: SweepView,
  { program, folder }: FeedParts,
  tell: (runs: ToldRuns) => PromiseLike<unknown>,
): ResultsFeed {
  const problems = new Map<number, string>();
  const disposal = new AbortController();
  let seen = emptyRunTable;
  let told = 0;

  const send = async (told: ToldRuns) => {
    await tell(told);
    if ('chunk' in told) releaseChunk(told.chunk);
    else await rm(told.file, { force: true });
  };

  const note = (runs: Uint32Array, found: RunProblems) => {
    for (const run of runs) problems.delete(run);
    for (const [run, message] of found) problems.set(run, message);
  };

  /** What is more than a few runs is read in a thread. */
  const sendAll = async (runs: Uint32Array, states: RunTable, mostHere: number) => {
    const order = { directory: view.directory, createdTotal: view.header.size, runs, states, folder };
    const here = chunksReader(order, view.params)(mostHere, longestReadHere);
    note(here.chunk.runs, here.problems);
    const rest = { ...order, runs: runs.slice(here.chunk.runs.length) };
    const underWay = [send(here)];
    if (rest.runs.length > 0) {
      for await (const { told: piece, ...read } of chunksInThread(program, rest, disposal.signal)) {
        if (disposal.signal.aborted) break;
        note(read.runs, read.problems);
        underWay.push(send(piece));
        if (underWay.length > mostUnderWay) await underWay.shift();
      }
    }
    await Promise.all(underWay);
  };

  const next = async () => {
    if (disposal.signal.aborted) return;
    const { state } = view;
    const isFirst = told === 0;
    const runs = Uint32Array.from(newsOf(seen, state.runs, told, state.total));
    seen = state.runs;
    told = state.total;
    if (runs.length > 0) return sendAll(runs, state.runs, isFirst ? firstRunsHere : mostRunsHere);
    // How long they have been running is news, too.
    if (!isFirst && state.running.length > 0) await send({ chunk: stateChunk(state.runs, state.running) });
  };

  return { problems, next, dispose: () => disposal.abort() };
}

function stateChunk(states: RunTable, runs: readonly number[]): Chunk {
  const builder = chunkBuilder(['run'], runs.length);
  const now = Date.now();
  for (const run of runs) {
    builder.run(run);
    addState(builder, runAt(states, run), now);
  }
  return builder.build();
}

/** The ids of runs that are new, which are those from `told` on, or whose state is another one than before. */
function* newsOf(before: RunTable, after: RunTable, told: number, total: number): Generator<number> {
  yield* changedRuns(before, after, told);
  for (let run = told; run < total; run++) yield run;
}
