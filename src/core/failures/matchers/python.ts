import { type Found, type Place, placeOf } from '../problem.ts';

const head = /^(.*?)(?:Exception Group )?Traceback \(most recent call last\):\s*$/;
const frame = /^ {2}File "(.+)", line (\d+)(?:, in (.+))?$/;
const syntaxError = /^(?:Syntax|Indentation|Tab)Error: /;

/**
 * Python's tracebacks: their last line is the exception, the last frame before it the innermost one. What a launcher
 * puts in front of each line ("[rank0]: ") is taken off.
 */
export function matchPython(lines: readonly string[]): Found[] {
  const found: Found[] = [];
  let index = 0;
  while (index < lines.length) {
    const line = lines[index] ?? '';
    const begin = head.exec(line);
    const here =
      begin === null ? bareSyntaxError(lines, index) : traceback(lines, index + 1, prefixOf(begin[1] ?? ''));
    if (here === undefined) {
      index += 1;
      continue;
    }
    found.push({ ...here, from: index });
    index = here.to;
  }
  return found;
}

/** The traceback of an exception group stands in a frame, whose first corner is a "+". */
function prefixOf(text: string): string {
  return text.trimEnd().endsWith('+') ? text.replace(/\+\s*$/, '| ') : text;
}

function traceback(lines: readonly string[], start: number, prefix: string): Omit<Found, 'from'> | undefined {
  const places: Place[] = [];
  for (let index = start; index < lines.length; index++) {
    const whole = lines[index] ?? '';
    const line = whole.startsWith(prefix) ? whole.slice(prefix.length) : whole;
    const [, file, number, inFunction] = frame.exec(line) ?? [];
    if (file !== undefined && number !== undefined)
      places.unshift(...placeOf(file, number, undefined, inFunction));
    if (line.startsWith(' ') || line === '') continue;
    return found(line, places, index);
  }
  // The log's end cut it off.
  return undefined;
}

/** A file that Python cannot read has no traceback: its line stands alone before the error. */
function bareSyntaxError(lines: readonly string[], start: number): Omit<Found, 'from'> | undefined {
  const [, file, number] = frame.exec(lines[start] ?? '') ?? [];
  if (file === undefined || number === undefined) return undefined;
  for (let index = start + 1; index < Math.min(lines.length, start + 5); index++) {
    const line = lines[index] ?? '';
    if (syntaxError.test(line)) return found(line, placeOf(file, number), index);
  }
  return undefined;
}

function found(message: string, places: readonly Place[], line: number): Omit<Found, 'from'> {
  return { problem: { tool: 'python', kind: 'exception', message, places, line }, to: line + 1 };
}
