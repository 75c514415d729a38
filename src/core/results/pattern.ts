import { RE2JS } from 're2js';

/**
 * A compiled regular expression. RE2's syntax, since its time grows with the length of the text alone: an expression that
 * a backtracking engine would need years for cannot hang the editor.
 */
export type Pattern = ReturnType<typeof RE2JS.compile>;

/** Compiles a regular expression that finds one value; a text says what is wrong with it. */
export function compilePattern(source: string): Pattern | string {
  const pattern = compileExpression(source);
  if (typeof pattern === 'string') return pattern;
  const groups = pattern.groupCount();
  if (groups > 1) return `it has ${groups} groups, and a result is one; write (?:…) for the others`;
  return pattern;
}

/** Compiles a regular expression; a text says what is wrong with it. */
export function compileExpression(source: string): Pattern | string {
  try {
    return RE2JS.compile(source);
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
    return /\(\?(?:[=!]|<[=!])/.test(reason) || /escape sequence: `\\[1-9k]/.test(reason)
      ? `${reason}; lookaround and backreferences are left out, so that no expression takes for ever`
      : reason;
  }
}

/** What the last match in a text holds: its group, or all of it where the pattern has none. */
export function lastMatch(pattern: Pattern, line: string): string | undefined {
  const matcher = pattern.matcher(line);
  const group = pattern.groupCount();
  let last: string | undefined;
  while (matcher.find()) last = matcher.group(group) ?? last;
  return last;
}
