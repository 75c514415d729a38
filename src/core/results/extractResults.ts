import { join } from 'node:path';
import type { ParamValue } from '../run.ts';
import { runNames } from '../sweepDirectory/layout.ts';
import { readLogResults } from './logResults.ts';
import { readResultFile } from './resultFile.ts';
import type { ResultSources } from './resultSources.ts';

/** What was found in a run directory, and what was not, in words for a person. */
export interface ExtractedResults {
  readonly values: Readonly<Record<string, ParamValue>>;
  readonly problems: readonly string[];
}

/**
 * Reads a run's results from what its program left. Where two sources have a result of the same name, what stands later
 * here wins: files in their order, standard output, standard error, the exit code (undefined where none is known).
 */
export async function extractResults(
  directory: string,
  { files, stdout, stderr, exitCode }: ResultSources,
  code: number | undefined,
): Promise<ExtractedResults> {
  const values: Record<string, ParamValue> = {};
  const problems: string[] = [];
  for (const file of files) {
    const read = await readResultFile(join(directory, file));
    if ('value' in read) Object.assign(values, isMapping(read.value) ? read.value : { result: read.value });
    else problems.push(`${file} ${read.problem}`);
  }
  for (const [log, patterns] of [
    [runNames.stdout, stdout],
    [runNames.stderr, stderr],
  ] as const) {
    if (Object.keys(patterns).length === 0) continue;
    const found = await readLogResults(join(directory, log), patterns);
    Object.assign(values, found.values);
    problems.push(...found.problems.map((problem) => `${log} ${problem}`));
  }
  if (exitCode !== null && code !== undefined) values.exit_code = code;
  return { values, problems };
}

/** Whether a result is a mapping of results. */
export function isMapping(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
