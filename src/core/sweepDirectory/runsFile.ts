import { closeSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { MultirunError } from '../errors.ts';
import { forEachParam, paramAt, sameValue } from '../params.ts';
import type { ParamMap, ParamValue } from '../run.ts';
import { sweepNames } from './layout.ts';

/** What a plan turned out to hold while it was written. */
export interface WrittenRuns {
  readonly size: number;
  /** Dotted names of all parameters: as they were given, or in the order of their first appearance. */
  readonly parameters: string[];
  /** Those whose values differ between runs. */
  readonly varying: string[];
}

/**
 * Writes `runs.jsonl`: one line a run, in pieces. `names` are the dotted names of the parameters, where they are known; otherwise
 * they are collected from the runs.
 */
export async function writeRuns(
  path: string,
  runs: Iterable<ParamMap>,
  names?: readonly string[],
): Promise<WrittenRuns> {
  const file = await open(path, 'wx');
  try {
    const varying = varyingNames(names);
    let size = 0;
    let text = '';
    for (const params of runs) {
      varying.look(params);
      text += `{"run":${size++},"params":${JSON.stringify(params)}}\n`;
      if (text.length > 1 << 20) {
        await file.write(text);
        text = '';
      }
    }
    await file.write(text);
    return { size, ...varying.found() };
  } finally {
    await file.close();
  }
}

/** What any runs hold, one by one; `names` as for {@link writeRuns}. */
export function describeRuns(runs: Iterable<ParamMap>, names?: readonly string[]): WrittenRuns {
  const varying = varyingNames(names);
  let size = 0;
  for (const params of runs) {
    varying.look(params);
    size += 1;
  }
  return { size, ...varying.found() };
}

/** Appends runs to the first `total` ones of `runs.jsonl`; lines after those, of an extension that was broken off, go. */
export async function appendRuns(path: string, total: number, runs: Iterable<ParamMap>): Promise<void> {
  await using file = await open(path, 'r+');
  const starts = lineStarts(file.fd);
  let position = starts[total] ?? starts[starts.length - 1] ?? 0;
  await file.truncate(position);
  let size = total;
  for (const params of runs) {
    const line = Buffer.from(`{"run":${size++},"params":${JSON.stringify(params)}}\n`);
    await file.write(line, 0, line.length, position);
    position += line.length;
  }
  await file.sync();
}

/** Finds out, run by run, which parameters there are and which of them vary. */
function varyingNames(names: readonly string[] | undefined) {
  const parameters = new Set(names);
  /** The values in the first run of the parameters that have had no other one. */
  const constant = new Map<string, ParamValue | undefined>();
  let isFirst = true;
  return {
    look(params: ParamMap): void {
      if (names === undefined) {
        forEachParam(params, (name, value) => {
          if (parameters.has(name)) return;
          parameters.add(name);
          if (isFirst) constant.set(name, value);
        });
      } else if (isFirst) {
        for (const name of names) constant.set(name, paramAt(params, name));
      }
      isFirst = false;
      for (const [name, value] of constant) {
        if (!sameValue(paramAt(params, name), value)) constant.delete(name);
      }
    },
    found: () => ({
      parameters: [...parameters],
      varying: [...parameters].filter((name) => !constant.has(name)),
    }),
  };
}

/**
 * Gives the parameters of any run of a sweep directory. The file is looked through when the first run is asked for. Only where
 * its lines are is kept, and what stands around the line that was read last, for the next one is usually near: a million
 * runs are a million numbers, not 300 MB. The function throws a MultirunError `not-a-sweep` where the file does not tell them.
 */
export function runsReader(directory: string): (run: number) => ParamMap {
  const path = join(directory, sweepNames.runs);
  let starts: Float64Array | undefined;
  let room = Buffer.alloc(0);
  let near = { from: 0, to: 0 };
  return (run) => {
    starts ??= withFile(path, (file) => lineStarts(file));
    const start = starts[run];
    const end = starts[run + 1];
    if (start === undefined || end === undefined) throw damaged(path, run, 'is not there');
    if (start < near.from || end > near.to) {
      if (room.length < Math.max(roomBytes, end - start))
        room = Buffer.allocUnsafe(Math.max(roomBytes, end - start));
      near = { from: start, to: start + withFile(path, (file) => readFrom(file, room, start)) };
      if (near.to < end) throw damaged(path, run, 'was cut off after the file was opened');
    }
    const line = room.toString('utf8', start - near.from, end - near.from);
    const params = paramsIn(line, run);
    if (params === undefined) throw damaged(path, run, 'is not what Multirun wrote');
    return params;
  };
}

/** The parameters in the line of a run; undefined where the line is another run's, or no run's. */
function paramsIn(line: string, run: number): ParamMap | undefined {
  try {
    const content = JSON.parse(line) as { run: number; params: ParamMap } | null;
    return content?.run === run ? content.params : undefined;
  } catch {
    return undefined;
  }
}

function damaged(path: string, run: number, what: string): MultirunError {
  return new MultirunError(
    'not-a-sweep',
    `${path} was changed or damaged: its line ${run + 1}, with the parameters of run ${run}, ${what}; put the file back as it was`,
  );
}

const newline = 0x0a;
/** What is read of the file at a time. */
const roomBytes = 256 << 10;

/** Where each line of a file starts, and at last where another one would; what has no newline is no line. */
function lineStarts(file: number): Float64Array {
  const room = Buffer.allocUnsafe(roomBytes);
  let starts = new Float64Array(1024);
  let count = 1;
  for (let from = 0; ; ) {
    const piece = room.subarray(0, readFrom(file, room, from));
    if (piece.length === 0) return starts.slice(0, count);
    for (let end = piece.indexOf(newline); end >= 0; end = piece.indexOf(newline, end + 1)) {
      if (count === starts.length) {
        const larger = new Float64Array(2 * count);
        larger.set(starts);
        starts = larger;
      }
      starts[count++] = from + end + 1;
    }
    from += piece.length;
  }
}

/** Fills `room` with what stands in a file from a byte on, as far as there is any. Returns how much that is. */
function readFrom(file: number, room: Buffer, from: number): number {
  let filled = 0;
  while (filled < room.length) {
    const read = readSync(file, room, filled, room.length - filled, from + filled);
    if (read === 0) break;
    filled += read;
  }
  return filled;
}

function withFile<T>(path: string, work: (file: number) => T): T {
  const file = openSync(path, 'r');
  try {
    return work(file);
  } finally {
    closeSync(file);
  }
}
