import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
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
  const { bytes, starts } = readLines(path);
  let position = starts[total] ?? bytes.length;
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
 * Gives the parameters of any run of a sweep directory. The file is read when the first run is asked for, and is kept as
 * bytes: a million runs are a million numbers, not a million objects.
 */
export function runsReader(directory: string): (run: number) => ParamMap {
  let content: { readonly bytes: Buffer; readonly starts: readonly number[] } | undefined;
  return (run) => {
    content ??= readLines(join(directory, sweepNames.runs));
    const start = content.starts[run];
    if (start === undefined) throw new RangeError(`${directory} has no run ${run}`);
    const line = content.bytes.toString('utf8', start, content.bytes.indexOf(newline, start));
    return (JSON.parse(line) as { params: ParamMap }).params;
  };
}

const newline = 0x0a;

function readLines(path: string): { bytes: Buffer; starts: number[] } {
  const bytes = readFileSync(path);
  const starts: number[] = [];
  let start = 0;
  for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
    starts.push(start);
    start = end + 1;
  }
  return { bytes, starts };
}
