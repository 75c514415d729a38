import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { sep } from 'node:path';
import { systemCode } from '../errors.ts';
import { parseResults } from '../results/parseResults.ts';
import type { ParamMap } from '../run.ts';
import { runNames } from './layout.ts';
import type { SweepView } from './sweepView.ts';

/** What goes into a run and what came out of it. */
export interface RunValues {
  readonly params: ParamMap;
  /** Undefined where the run handed nothing back (yet), and where that cannot be read. */
  readonly results: unknown;
  /** Why its results cannot be read, for a person; undefined where they can, or are not there. */
  readonly problem: string | undefined;
}

/**
 * Reads parameters and results of the runs of a sweep directory, one after the other. Synchronous on purpose: a hundred
 * thousand small files are read three times as fast so; whoever must not be blocked calls it from a worker, or for a few
 * runs at a time.
 */
export function runValuesReader({
  params,
  runDirectory,
}: Pick<SweepView, 'params' | 'runDirectory'>): (run: number) => RunValues {
  return (run) => {
    try {
      const results = readJson(runDirectory(run) + resultsName);
      return { params: params(run), results, problem: undefined };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return { params: params(run), results: undefined, problem: error.message };
    }
  };
}

/** Put together by hand, as the directory is: `join` would look through the same long path a hundred thousand times. */
const resultsName = sep + runNames.results;

/** What is larger is no table's cell, and would take the memory of everything else. */
const largestFile = 64 << 20;
/** Room for any usual file: it is read with one call. */
let room = Buffer.allocUnsafe(64 << 10);

function readJson(path: string): unknown {
  let file: number;
  try {
    // What is no file at all, such as a pipe, must not keep us waiting.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    let length = readSync(file, room, 0, room.length, 0);
    if (length === room.length) {
      const { size } = fstatSync(file);
      if (size > largestFile) throw new Error(`it has ${Math.round(size / 1e6)} MB, too much for a table`);
      room = Buffer.allocUnsafe(size + 1);
      for (length = 0; length < room.length; ) {
        const read = readSync(file, room, length, room.length - length, length);
        if (read === 0) break;
        length += read;
      }
    }
    return parseResults(room.toString('utf8', 0, length));
  } finally {
    closeSync(file);
  }
}
