import { stripVTControlCharacters } from 'node:util';
import { matchGeneric } from './matchers/generic.ts';
import { matchJulia } from './matchers/julia.ts';
import { matchNode } from './matchers/node.ts';
import { matchOneLiners } from './matchers/oneLiners.ts';
import { matchPython } from './matchers/python.ts';
import { matchRuntimes } from './matchers/runtimes.ts';
import { matchRust } from './matchers/rust.ts';
import type { Found, Matcher, Problem } from './problem.ts';

/** More characters of a line tell nothing, and a regular expression would search them. */
const longestLine = 1000;
const mostMessages = 50;

const builtIn: readonly Matcher[] = [
  matchPython,
  matchNode,
  matchRust,
  matchJulia,
  matchRuntimes,
  matchOneLiners,
  matchGeneric,
];

/** The lines of a log: without colours, with what a progress bar left of each, cut where they are very long. */
export function logLines(text: string): string[] {
  return stripVTControlCharacters(text)
    .split('\n')
    .map((line) => {
      const whole = line.endsWith('\r') ? line.slice(0, -1) : line;
      return whole.slice(whole.lastIndexOf('\r') + 1).slice(0, longestLine);
    });
}

/**
 * All problems that a log tells of, in its order. A line belongs to one problem: `own` matchers choose first, then those of
 * known tools, and what names a place in no known way comes last.
 */
export function findProblems(lines: readonly string[], own: readonly Matcher[] = []): Problem[] {
  const taken: Found[] = [];
  for (const matcher of [...own, ...builtIn]) {
    const free = matcher(lines).filter(
      ({ from, to }) => !taken.some((other) => from < other.to && other.from < to),
    );
    taken.push(...free.slice(0, mostMessages));
  }
  return taken.map(({ problem }) => problem).sort((a, b) => a.line - b.line);
}

/** Those of a log's problems that a failure comes from: every message, and of the exceptions the last one. */
export function decisiveProblems(problems: readonly Problem[]): Problem[] {
  const last = problems.findLast(({ kind }) => kind === 'exception');
  return problems.filter((problem) => problem.kind === 'message' || problem === last);
}
