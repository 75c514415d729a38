import { type Found, placeOf } from '../problem.ts';

const terminate = /^terminate called after throwing an instance of '(.+)'$/;
const what = /^\s+what\(\):\s+(.*)$/;
const fortranPlace = /^At line (\d+) of file (.+?)(?: \(unit = .*)?$/;
const fortranError = /^Fortran runtime error: (.+)$/;

/** What the run-time libraries of C++ and Fortran say in two lines. */
export function matchRuntimes(lines: readonly string[]): Found[] {
  return lines.flatMap((text, index): Found[] => {
    const next = lines[index + 1] ?? '';
    const [, thrown] = terminate.exec(text) ?? [];
    if (thrown !== undefined) {
      const [, said] = what.exec(next) ?? [];
      const message = said === undefined ? thrown : `${thrown}: ${said}`;
      const to = said === undefined ? index + 1 : index + 2;
      return [
        { problem: { tool: 'c++', kind: 'exception', message, places: [], line: index }, from: index, to },
      ];
    }
    const [, line, file] = fortranPlace.exec(text) ?? [];
    const [, message] = fortranError.exec(next) ?? [];
    if (line === undefined || file === undefined || message === undefined) return [];
    return [
      {
        problem: {
          tool: 'fortran',
          kind: 'exception',
          message,
          places: placeOf(file, line),
          line: index + 1,
        },
        from: index,
        to: backtraceEnd(lines, index + 2),
      },
    ];
  });
}

function backtraceEnd(lines: readonly string[], start: number): number {
  let index = start;
  while (/^(?:$|Error termination\. Backtrace:|#\d+ |\s+at )/.test(lines[index] ?? 'the end')) index++;
  return index;
}
