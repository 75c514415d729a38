import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ParamMap } from '../run.ts';
import { sweepNames } from './layout.ts';

/** What a plan turned out to hold while it was written. */
export interface WrittenRuns {
  readonly size: number;
  /** Names of all parameters, in the order of their first appearance. */
  readonly parameters: string[];
  /** Those whose values differ between runs. */
  readonly varying: string[];
}

/** Writes `runs.jsonl`: one line a run, in pieces. */
export async function writeRuns(path: string, runs: Iterable<ParamMap>): Promise<WrittenRuns> {
  const file = await open(path, 'wx');
  try {
    /** The JSON of each parameter's value in the first run, until another value is met. */
    const constant = new Map<string, string | undefined>();
    const parameters = new Set<string>();
    let size = 0;
    let text = '';
    for (const params of runs) {
      for (const name of Object.keys(params)) {
        if (parameters.has(name)) continue;
        parameters.add(name);
        if (size === 0) constant.set(name, JSON.stringify(params[name]));
      }
      for (const [name, value] of constant) if (JSON.stringify(params[name]) !== value) constant.delete(name);
      text += `${JSON.stringify({ run: size++, params })}\n`;
      if (text.length > 1 << 20) {
        await file.write(text);
        text = '';
      }
    }
    await file.write(text);
    return {
      size,
      parameters: [...parameters],
      varying: [...parameters].filter((name) => !constant.has(name)),
    };
  } finally {
    await file.close();
  }
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
