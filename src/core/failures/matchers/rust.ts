import { type Found, placeOf } from '../problem.ts';

const panic = /^thread '.*' (?:\(\d+\) )?panicked at (.+):(\d+):(\d+):$/;
/** Before Rust 1.73. */
const oldPanic = /^thread '.*' panicked at '(.*)', (.+):(\d+):(\d+)$/;
const compilerError = /^(error(?:\[E\d+\])?: .+)$/;
const arrow = /^\s*--> (.+):(\d+):(\d+)$/;

/** A panic of a Rust program, and what its compiler reports. */
export function matchRust(lines: readonly string[]): Found[] {
  const found: Found[] = [];
  for (const [index, text] of lines.entries()) {
    const [, file, line, column] = panic.exec(text) ?? [];
    if (file !== undefined && line !== undefined) {
      const message = `panicked: ${lines[index + 1] ?? ''}`;
      found.push(exception(message, file, line, column, index, backtraceEnd(lines, index + 2)));
      continue;
    }
    const [, oldMessage, oldFile, oldLine, oldColumn] = oldPanic.exec(text) ?? [];
    if (oldFile !== undefined && oldLine !== undefined) {
      found.push(
        exception(
          `panicked: ${oldMessage}`,
          oldFile,
          oldLine,
          oldColumn,
          index,
          backtraceEnd(lines, index + 1),
        ),
      );
      continue;
    }
    const next = arrow.exec(lines[index + 1] ?? '');
    if (next === null || !compilerError.test(text)) continue;
    const [, source = '', at = '', from] = next;
    found.push({
      problem: {
        tool: 'rust',
        kind: 'message',
        message: text,
        places: placeOf(source, at, from),
        line: index,
      },
      from: index,
      to: index + 2,
    });
  }
  return found;
}

function backtraceEnd(lines: readonly string[], start: number): number {
  let index = start;
  while (/^(?:stack backtrace:|note: |\s+\d+: |\s+at )/.test(lines[index] ?? '')) index++;
  return index;
}

function exception(
  message: string,
  file: string,
  line: string,
  column: string | undefined,
  from: number,
  to: number,
): Found {
  const places = placeOf(file, line, column);
  return { problem: { tool: 'rust', kind: 'exception', message, places, line: from }, from, to };
}
