import { describeFailure, type Failure } from '../failure.ts';
import { unreachable } from '../unreachable.ts';
import { decisiveProblems, findProblems, logLines } from './findProblems.ts';
import { normalise, shortenPaths } from './normalise.ts';
import type { LogName, Matcher, Problem } from './problem.ts';

/** What a failed run says of its failure. */
export interface RunError {
  /** The same for all runs that failed for the same reason, as far as their logs tell. */
  readonly signature: string;
  /** The signature in this run's own words, with paths shortened: "ValueError: math domain error". */
  readonly title: string;
  /** The problems that its log tells of and that the failure comes from. */
  readonly problems: readonly Problem[];
  /** The log that says so; undefined where neither does. */
  readonly log: LogName | undefined;
}

/** The ends of a run's logs. */
export type RunLogs = Readonly<Record<LogName, string>>;

/** Errors are expected here first. */
const logNames: readonly LogName[] = ['stderr', 'stdout'];

const longestTitle = 200;
const searchedLines = 30;

/** Lines that stand at the end of a log and say nothing themselves. */
const trailer =
  /^(?:\W*|Node\.js v\S+|Execution halted|Aborted.*|note: run with .*|note: Some details are omitted.*|make: \*\*\* .*|collect2: .*|error: aborting due to .*|For more information about this error.*|==\d+==ABORTING|In file included from .*)$/;
const errorWord =
  /\b(?:error|exception|fatal|fail(?:ed|ure|s)?|abort(?:ed|ing)?|panic(?:ked)?|cannot|can't|could not|unable|no such|not found|not supported|invalid|illegal|denied|killed|out of memory|undefined|overflow|singular|diverge[ds]?|missing|unexpected|unknown|segmentation)\b/i;

/**
 * What a failed run says of its failure; undefined where nothing went wrong in it: it was cancelled. `own` are the
 * matchers of the sweep file.
 */
export function runError(
  failure: Failure,
  logs: RunLogs,
  own: readonly Matcher[] = [],
): RunError | undefined {
  switch (failure.reason) {
    case 'cancelled':
    case 'halted':
      return undefined;
    case 'timeout':
    case 'out-of-memory':
    case 'node-failed':
    case 'preempted':
    case 'lost':
      return saidBy(undefined, describeFailure(failure));
    case 'spawn-error':
      return saidBy(undefined, failure.message);
    case 'exit-code':
      return (
        fromLogs(logs, own) ?? fromLastLine(logs, () => true) ?? saidBy(undefined, describeFailure(failure))
      );
    case 'signal':
      // What a program wrote before it was killed need have nothing to do with it.
      return (
        fromLogs(logs, own) ??
        fromLastLine(logs, (line) => errorWord.test(line)) ??
        saidBy(undefined, describeFailure(failure))
      );
    default:
      return unreachable(failure);
  }
}

function fromLogs(logs: RunLogs, own: readonly Matcher[]): RunError | undefined {
  for (const log of logNames) {
    const problems = decisiveProblems(findProblems(logLines(logs[log]), own));
    // An exception ends the program. Of a compiler's messages the first one is the cause of others.
    const decisive = problems.find(({ kind }) => kind === 'exception') ?? problems[0];
    if (decisive !== undefined) return saidBy(log, fullMessage(decisive), problems);
  }
  return undefined;
}

/** "AssertionError" alone says nothing: its place tells it from others. */
function fullMessage({ message, places: [place], tool }: Problem): string {
  if (place === undefined || (tool !== 'python' && tool !== 'node') || /[: ]/.test(message)) return message;
  const name = shortenPaths(place.file.includes('/') ? place.file : `./${place.file}`);
  const where = `${name} line ${place.line}`;
  return place.function === undefined
    ? `${message} at ${where}`
    : `${message} in ${place.function}, ${where}`;
}

function fromLastLine(logs: RunLogs, isEnough: (line: string) => boolean): RunError | undefined {
  for (const log of logNames) {
    const lines = logLines(logs[log])
      .map((line) => line.trim())
      .filter((line) => !trailer.test(line))
      .slice(-searchedLines);
    const last = log === 'stderr' ? lines.at(-1) : undefined;
    const telling = lines.findLast((line) => errorWord.test(line)) ?? last;
    if (telling !== undefined && isEnough(telling)) return saidBy(log, telling);
  }
  return undefined;
}

function saidBy(log: LogName | undefined, message: string, problems: readonly Problem[] = []): RunError {
  const line = message.trim().replaceAll(/\s+/g, ' ');
  return {
    signature: normalise(line).slice(0, longestTitle),
    title: shortenPaths(line).slice(0, longestTitle),
    problems,
    log,
  };
}
