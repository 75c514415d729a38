import { type Found, type Place, placeOf } from '../problem.ts';

const caret = /^\s*\^+\s*$/;
const source = /^(.+):(\d+)$/;
const errorHead =
  /^(?:error: )?(?:Uncaught )?(?:\(in promise\) )?(?:[\w$.]*(?:Error|Exception)(?: \[[\w-]+\])?(?::|$)|[A-Z][\w$]*: )/;
const farthestHead = 30;

/**
 * What Node and its relatives print of an error: its message, and a stack of lines that begin with "at". For an error that
 * nobody caught, the line of the source stands before it, with a caret below.
 */
export function matchNode(lines: readonly string[]): Found[] {
  const found: Found[] = [];
  let done = 0;
  for (let index = 0; index < lines.length; index++) {
    if (index < done) continue;
    const here = caret.test(lines[index] ?? '') ? uncaught(lines, index) : stackWithHead(lines, index, done);
    if (here === undefined) continue;
    found.push(here);
    done = here.to;
  }
  return found;
}

function uncaught(lines: readonly string[], caretAt: number): Found | undefined {
  const [, file, number] = source.exec(lines[caretAt - 2] ?? '') ?? [];
  if (file === undefined || number === undefined) return undefined;
  let line = caretAt + 1;
  while (line < lines.length && lines[line]?.trim() === '') line++;
  const message = lines[line];
  if (message === undefined) return undefined;
  let at = line + 1;
  while (at < lines.length && at <= line + farthestHead && !isFrame(lines[at])) {
    // Nothing but a text was thrown, which has no stack.
    if (/^(?:\(Use `node --trace-uncaught|Node\.js v)/.test(lines[at] ?? '')) break;
    at++;
  }
  const stack = isFrame(lines[at]) ? stackAt(lines, at) : { places: [], to: line + 1 };
  const places = stack.places.length > 0 ? stack.places : placeOf(file, number);
  return { problem: problemOf(message, places, line), from: caretAt - 2, to: stack.to };
}

function stackWithHead(lines: readonly string[], at: number, after: number): Found | undefined {
  if (!isFrame(lines[at])) return undefined;
  for (let line = at - 1; line >= Math.max(after, at - farthestHead); line--) {
    const message = lines[line] ?? '';
    if (!errorHead.test(message)) continue;
    const { places, to } = stackAt(lines, at);
    return { problem: problemOf(message, places, line), from: line, to };
  }
  return undefined;
}

function problemOf(message: string, places: readonly Place[], line: number): Found['problem'] {
  return {
    tool: 'node',
    kind: 'exception',
    message: message.trim().replace(/^(?:error: )?Uncaught (?:\(in promise\) )?/, ''),
    places,
    line,
  };
}

function isFrame(line: string | undefined): boolean {
  return line !== undefined && /^\s+at \S/.test(line);
}

function stackAt(lines: readonly string[], start: number): { places: Place[]; to: number } {
  const places: Place[] = [];
  let index = start;
  for (; isFrame(lines[index]); index++) places.push(...frameOf(lines[index] ?? ''));
  // The error's properties follow, its cause among them.
  const end = lines[index - 1]?.endsWith(' {') ? lines.indexOf('}', index) : -1;
  return { places, to: end < 0 ? index : end + 1 };
}

/** "    at async main (file:///home/a/main.mjs:3:3) {", with or without a function. */
function frameOf(line: string): Place[] {
  const text = line.trim().replace(/ \{$/, '').slice('at '.length);
  const open = text.endsWith(')') ? text.lastIndexOf('(') : -1;
  const location = open >= 0 ? text.slice(open + 1, -1) : text.replace(/^async /, '');
  const inFunction =
    open > 0
      ? text
          .slice(0, open)
          .trim()
          .replace(/^async /, '')
      : undefined;
  const [, file, number, column] = /^(.+?):(\d+):(\d+)$/.exec(location) ?? [];
  return file === undefined || number === undefined ? [] : placeOf(file, number, column, inFunction);
}
