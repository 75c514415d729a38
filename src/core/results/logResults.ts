import type { ParamValue } from '../run.ts';
import { openFile } from './boundedFile.ts';
import { compilePattern, lastMatch, type Pattern } from './pattern.ts';
import { valueOfText } from './resultValue.ts';

/** How much of a log is looked at, from its end. In bytes. */
const longest = 16 << 20;
const chunkBytes = 256 << 10;
/** What follows in a longer line is not looked at. In UTF-16 code units. */
const longestLine = 64 << 10;

/** What the patterns find in a log, and what is wrong. */
export interface LogResults {
  readonly values: Readonly<Record<string, ParamValue>>;
  /** In words that follow the log's name. */
  readonly problems: readonly string[];
}

/**
 * Finds the last match of each pattern in a log: its group, or the whole match where it has none. A match lies within one
 * line. Reads the log from its end, in pieces, until all are found.
 */
export async function readLogResults(
  path: string,
  patterns: Readonly<Record<string, string>>,
): Promise<LogResults> {
  const values: Record<string, ParamValue> = {};
  const problems: string[] = [];
  const wanted = new Map<string, Pattern>();
  for (const [name, source] of Object.entries(patterns)) {
    const pattern = compilePattern(source);
    if (typeof pattern === 'string')
      problems.push(`cannot be searched for ${JSON.stringify(source)}: ${pattern}`);
    else wanted.set(name, pattern);
  }
  const file = await openFile(path);
  if ('problem' in file) return { values, problems: [...problems, file.problem] };
  await using log = file;
  const first = Math.max(0, log.size - longest);
  let end = log.size;
  let rest = Buffer.alloc(0);
  while (end > first && wanted.size > 0) {
    const start = Math.max(first, end - chunkBytes);
    const bytes = Buffer.concat([await log.read(start, end - start), rest]);
    // A line that began before this piece is looked at together with its beginning.
    const isCut = start > first && bytes.length < longestLine + chunkBytes;
    const begin = isCut ? bytes.indexOf(0x0a) + 1 || bytes.length : 0;
    rest = Buffer.from(bytes.subarray(0, begin));
    // Programs write over a line of progress again and again: each state of it is a line.
    searchLines(bytes.toString('utf8', begin).replaceAll('\r', '\n'), wanted, values);
    end = start;
  }
  for (const name of wanted.keys()) {
    const where = first > 0 ? ` in its last ${longest >> 20} MB` : '';
    problems.push(`has no match for ${JSON.stringify(patterns[name])}, the result "${name}"${where}`);
  }
  return { values, problems };
}

/** Takes out of `wanted` what the lines hold, the last line first. */
function searchLines(text: string, wanted: Map<string, Pattern>, values: Record<string, ParamValue>): void {
  let end = text.length;
  while (end > 0 && wanted.size > 0) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, Math.min(end, start + longestLine));
    for (const [name, pattern] of wanted) {
      const found = lastMatch(pattern, line);
      if (found === undefined) continue;
      values[name] = valueOfText(found);
      wanted.delete(name);
    }
    end = start - 1;
  }
}
