import { type Found, placeOf } from '../problem.ts';

const position = /:(\d+):(\d+)(?!\w|:\d)/;
const path = /(?:[A-Za-z]:[\\/]|file:\/\/)?[\w@~./\\+-]+$/;
const longestPath = 300;
const noError = /\b(?:warning|warn|info|note|debug|trace)\b/i;

/** Whatever names a place as `file:line:col`, unless it says that it is no error. */
export function matchGeneric(lines: readonly string[]): Found[] {
  return lines.flatMap((text, index): Found[] => {
    const match = position.exec(text);
    if (match === null || noError.test(text)) return [];
    const [whole, line = '', column] = match;
    const [file] = path.exec(text.slice(0, match.index).slice(-longestPath)) ?? [];
    // A time of day has a number there.
    if (file === undefined || !/[A-Za-z]/.test(file) || !/[./\\]/.test(file)) return [];
    const rest = text.slice(match.index + whole.length).replace(/^[\s:)\]-]+/, '');
    const message = rest === '' ? text.trim() : rest;
    const places = placeOf(file, line, column);
    return [
      {
        problem: { tool: 'generic', kind: 'message', message, places, line: index },
        from: index,
        to: index + 1,
      },
    ];
  });
}
