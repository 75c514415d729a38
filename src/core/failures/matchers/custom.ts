import { compileExpression, type Pattern } from '../../results/pattern.ts';
import { type Found, type Matcher, placeOf } from '../problem.ts';

/** Why a text is no problem matcher, as a sentence; undefined when it is one. */
export function matcherProblem(source: string): string | undefined {
  const pattern = compileExpression(source);
  if (typeof pattern === 'string') return `this is no regular expression: ${pattern}`;
  for (const name of ['file', 'line']) {
    if (!has(pattern, name)) return `the regular expression needs a group (?<${name}>…)`;
  }
  return pattern.matcher('').find()
    ? 'the regular expression finds something in an empty line, and so in every line'
    : undefined;
}

/**
 * The matcher of a sweep file's regular expression: its groups are named `file`, `line` and, if it likes, `column` and
 * `message`; without a message, the whole line is it. What is no problem matcher matches nothing.
 */
export function customMatcher(source: string): Matcher {
  const pattern = compileExpression(source);
  if (typeof pattern === 'string') return () => [];
  return (lines) =>
    lines.flatMap((text, index): Found[] => {
      const matcher = pattern.matcher(text);
      if (!matcher.find()) return [];
      const group = (name: string) => (has(pattern, name) ? (matcher.group(name) ?? undefined) : undefined);
      const number = (name: string) => (/^\d+$/.test(group(name) ?? '') ? group(name) : undefined);
      const [file, line] = [group('file'), number('line')];
      if (file === undefined || line === undefined) return [];
      const message = (group('message') ?? text).trim();
      const places = placeOf(file, line, number('column'));
      return [
        {
          problem: { tool: 'sweep file', kind: 'message', message, places, line: index },
          from: index,
          to: index + 1,
        },
      ];
    });
}

function has(pattern: Pattern, name: string): boolean {
  return Object.hasOwn(pattern.namedGroups(), name);
}
