import { type Found, type Place, placeOf } from '../problem.ts';

const head = /^ERROR: (?:LoadError: )*(.+)$/;
/** Since Julia 1.6 a frame's place has a line of its own. */
const place = /^\s+@ (?:[\w.]+ )?(.+):(\d+)(?: \[inlined\])?$/;
const oldFrame = /^\s*\[\d+\] (.+) at (.+):(\d+)$/;
const frame = /^\s*\[\d+\] (.+)$/;
const expression = /^in expression starting at (.+):(\d+)$/;

/** What Julia prints of an error that nobody caught. */
export function matchJulia(lines: readonly string[]): Found[] {
  const found: Found[] = [];
  for (let index = 0; index < lines.length; index++) {
    const [, message] = head.exec(lines[index] ?? '') ?? [];
    if (message === undefined) continue;
    const { places, to } = stackAfter(lines, index + 1);
    // Others write "ERROR: " too.
    if (places.length === 0) continue;
    // "DomainError with -1.0:" says less than the line after it.
    const second = message.endsWith(':') ? ` ${lines[index + 1]?.trim() ?? ''}` : '';
    found.push({
      problem: { tool: 'julia', kind: 'exception', message: message + second, places, line: index },
      from: index,
      to,
    });
    index = to - 1;
  }
  return found;
}

function stackAfter(lines: readonly string[], start: number): { places: Place[]; to: number } {
  const places: Place[] = [];
  let index = start;
  let inFunction: string | undefined;
  let isStack = false;
  for (; index < lines.length && !head.test(lines[index] ?? ''); index++) {
    const line = lines[index] ?? '';
    if (line === 'Stacktrace:') {
      isStack = true;
      continue;
    }
    const [, file, number] = place.exec(line) ?? expression.exec(line) ?? [];
    const [, oldFunction, oldFile, oldNumber] = oldFrame.exec(line) ?? [];
    if (oldFile !== undefined && oldNumber !== undefined) {
      places.push(...placeOf(oldFile, oldNumber, undefined, oldFunction));
    } else if (file !== undefined && number !== undefined) {
      places.push(...placeOf(file, number, undefined, inFunction));
    } else if (isStack && !frame.test(line)) {
      break;
    }
    inFunction = oldFile === undefined ? frame.exec(line)?.[1] : undefined;
  }
  return { places, to: index };
}
