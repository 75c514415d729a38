import { addState, addValues, type Chunk, chunkBuilder } from '../../core/resultsTable/chunk.ts';
import type { ParamMap } from '../../core/run.ts';
import { type RunTable, runAt } from '../../core/runTable.ts';
import { runDirectory } from '../../core/sweepDirectory/layout.ts';
import { runValuesReader } from '../../core/sweepDirectory/runValues.ts';

/** Runs of a sweep of which everything is to be told. */
export interface RunsOrder {
  /** The sweep directory. */
  readonly directory: string;
  /** How many runs it had when it was created. */
  readonly createdTotal: number;
  readonly runs: Uint32Array;
  /** What the journal tells of them. */
  readonly states: RunTable;
  /** Where chunks that are read in a thread are left for the page; made where it is missing. */
  readonly folder: string;
}

/** Runs on their way to the page: a chunk, or the file that holds the bytes of one. */
export type ToldRuns = { readonly chunk: Chunk } | { readonly file: string };

/** Runs that were read in a thread. */
export interface ReadRuns {
  readonly told: ToldRuns;
  readonly runs: Uint32Array;
  readonly problems: RunProblems;
}

/** The runs whose results cannot be read, with the reasons. */
export type RunProblems = readonly (readonly [run: number, message: string])[];

/** What some runs hold. */
export interface ReadChunk {
  readonly chunk: Chunk;
  readonly problems: RunProblems;
}

/** A text that is longer than this is no cell to look at. */
const longestText = 300;

/**
 * Reads the runs of an order piece by piece: the next `most` of them, and fewer where that takes longer than `longestMs`; one
 * at least. A piece without runs is the end. `params` gives the parameters of a run.
 */
export function chunksReader(
  { directory, createdTotal, runs, states }: Omit<RunsOrder, 'folder'>,
  params: (run: number) => ParamMap,
): (most: number, longestMs: number) => ReadChunk {
  const read = runValuesReader({
    params,
    runDirectory: (run) => runDirectory(directory, run, createdTotal),
  });
  let next = 0;
  return (most, longestMs) => {
    const end = Math.min(runs.length, next + most);
    const builder = chunkBuilder(['run', 'parameter', 'result'], end - next);
    const problems: [number, string][] = [];
    const began = performance.now();
    const now = Date.now();
    for (; next < end; next++) {
      if (builder.size > 0 && performance.now() - began > longestMs) break;
      const run = runs[next] ?? 0;
      const state = runAt(states, run);
      const values = read(run);
      const isOver = state.status === 'success' || state.status === 'failure';
      builder.run(run);
      addState(builder, state, now);
      addValues(builder, values.params, isOver ? values.results : undefined, { longestText });
      if (isOver && values.problem !== undefined) problems.push([run, values.problem]);
    }
    return { chunk: builder.build(), problems };
  };
}
