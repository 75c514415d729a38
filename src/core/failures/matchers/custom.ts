import { type Found, type Matcher, placeOf } from '../problem.ts';

/** Why a text is no problem matcher, in words that go on from "…": undefined when it is one. */
export function matcherProblem(pattern: string): string | undefined {
  let compiled: RegExp;
  try {
    compiled = new RegExp(pattern, 'u');
  } catch (error) {
    return `this is no regular expression: ${(error as Error).message}`;
  }
  const names = new Set([...pattern.matchAll(/\(\?<(\w+)>/g)].map(([, name]) => name));
  for (const name of ['file', 'line']) {
    if (!names.has(name)) return `the regular expression needs a group (?<${name}>…)`;
  }
  return compiled.test('') ? 'the regular expression matches an empty line, and so every line' : undefined;
}

/**
 * The matcher of a sweep file's regular expression: its groups are named `file`, `line` and, if it likes, `column` and
 * `message`; without a message, the whole line is it.
 */
export function customMatcher(pattern: string): Matcher {
  const compiled = new RegExp(pattern, 'u');
  return (lines) =>
    lines.flatMap((text, index): Found[] => {
      const groups = compiled.exec(text)?.groups;
      if (groups?.file === undefined || !/^\d+$/.test(groups.line ?? '')) return [];
      const column = /^\d+$/.test(groups.column ?? '') ? groups.column : undefined;
      const places = placeOf(groups.file, groups.line ?? '', column);
      const message = (groups.message ?? text).trim();
      return [
        {
          problem: { tool: 'sweep file', kind: 'message', message, places, line: index },
          from: index,
          to: index + 1,
        },
      ];
    });
}
