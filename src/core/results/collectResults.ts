import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ResultsNote } from '../resultsNote.ts';
import type { ParamValue } from '../run.ts';
import type { SweepHeader } from '../sweepDirectory/header.ts';
import { runNames } from '../sweepDirectory/layout.ts';
import { openFile, parseJson, readWhole } from './boundedFile.ts';
import { extractResults, isMapping } from './extractResults.ts';
import { metricOf } from './metricOf.ts';

/** What is wanted of each run of a sweep. */
export type WantedResults = Pick<SweepHeader, 'results' | 'metric'>;

const mostProblems = 10;

/**
 * Completes the `results.json` of a run that has ended: what the sweep's `results` finds is added to what the program
 * handed over itself, which is never changed; where both have a name, the program's value stays. `code` is the exit code,
 * where one is known. Never rejects: what went wrong is told.
 */
export async function collectResults(
  directory: string,
  { results, metric }: WantedResults,
  code: number | undefined,
): Promise<ResultsNote> {
  if (results === null && metric === null) return {};
  const problems: string[] = [];
  let all: unknown;
  try {
    const completed = await completeResults(directory, results, code);
    all = completed.results;
    problems.push(...completed.problems);
    if (completed.newText !== undefined) await writeWhole(directory, completed.newText);
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  const value = metric === null ? undefined : metricOf(all, metric);
  if (metric !== null && value === undefined)
    problems.push(`there is no number "${metric.name}", the metric`);
  return {
    ...(problems.length === 0 ? {} : { problems: problems.slice(0, mostProblems) }),
    ...(value === undefined ? {} : { metric: value }),
  };
}

/** Results of a run, whole. */
export interface CompletedResults {
  /** Undefined where there are none. */
  readonly results: unknown;
  /** What `results.json` shall hold, where it does not yet. */
  readonly newText: string | undefined;
  readonly problems: readonly string[];
}

/** Reads what a run handed over and what its program left, and writes nothing. Rejects where what was handed over cannot be read. */
export async function completeResults(
  directory: string,
  sources: WantedResults['results'],
  code: number | undefined,
): Promise<CompletedResults> {
  const posted = await readPosted(directory);
  if (sources === null) return { results: posted?.value, newText: undefined, problems: [] };
  const { values, problems } = await extractResults(directory, sources, code);
  if (posted === undefined) {
    const isEmpty = Object.keys(values).length === 0;
    const newText = isEmpty ? undefined : `${JSON.stringify(values, undefined, 2)}\n`;
    return { results: isEmpty ? undefined : values, newText, problems };
  }
  return addTo(posted, values, problems);
}

/** What a program handed over itself, as it stands in the file. */
interface Posted {
  readonly text: string;
  readonly value: unknown;
}

async function readPosted(directory: string): Promise<Posted | undefined> {
  const file = await openFile(join(directory, runNames.results));
  if ('problem' in file && file.isMissing) return undefined;
  try {
    if ('problem' in file) throw new Error(file.problem);
    await using posted = file;
    const text = await readWhole(posted);
    return { text, value: parseJson(text) };
  } catch (error) {
    throw new Error(`${runNames.results}, which the program wrote, ${(error as Error).message}`);
  }
}

/** Adds values to what was posted. The text of the posted ones stays as it is: JSON can hold more than we can read. */
function addTo(
  { text, value: known }: Posted,
  values: Readonly<Record<string, ParamValue>>,
  problems: readonly string[],
): CompletedResults {
  const names = Object.keys(values).filter((name) => !(isMapping(known) && Object.hasOwn(known, name)));
  if (names.length === 0) return { results: known, newText: undefined, problems };
  if (!isMapping(known)) {
    const problem = `${names.join(', ')} left out, since the program handed over one value without a name`;
    return { results: known, newText: undefined, problems: [...problems, problem] };
  }
  const added = names.map((name) => `${JSON.stringify(name)}: ${JSON.stringify(values[name])}`).join(', ');
  const before = text.slice(0, text.lastIndexOf('}')).trimEnd();
  return {
    results: { ...known, ...Object.fromEntries(names.map((name) => [name, values[name]])) },
    newText: `${before}${before.endsWith('{') ? '' : ', '}${added}}\n`,
    problems,
  };
}

/** The file appears whole or not at all. */
async function writeWhole(directory: string, text: string): Promise<void> {
  const path = join(directory, runNames.results);
  const temporary = join(directory, `.${runNames.results}.multirun.tmp`);
  await writeFile(temporary, text);
  await rename(temporary, path);
}
