import { describe, expect, test } from 'vitest';
import { placesInLine } from '../../../../src/core/failures/placesInLine.ts';

/** What is linked in a line, and what to. */
function links(text: string): string[] {
  return placesInLine(text).map(({ start, end, file, line, column }) =>
    [text.slice(start, end), '→', file, ...[line, column].filter((number) => number !== undefined)].join(' '),
  );
}

describe('a line of a log names', () => {
  test.each([
    [
      '  File "/home/ada/my sim/a.py", line 87, in guide',
      ['/home/ada/my sim/a.py", line 87 → /home/ada/my sim/a.py 87'],
    ],
    [
      '    at work (file:///home/ada/lib.mjs:3:22)',
      ['file:///home/ada/lib.mjs:3:22 → file:///home/ada/lib.mjs 3 22'],
    ],
    ['    at async /home/ada/a b.js:5:1', ['b.js:5:1 → b.js 5 1', '/home/ada/a → /home/ada/a'].reverse()],
    ['bad.c:3:33: error: expected', ['bad.c:3:33 → bad.c 3 33']],
    ["ld.c:3: undefined reference to `foo'", ['ld.c:3 → ld.c 3']],
    ['src/a.ts(1,14): error TS2322', ['src/a.ts(1,14) → src/a.ts 1 14']],
    [' --> src/main.rs:2:18', ['src/main.rs:2:18 → src/main.rs 2 18']],
    ['At line 122 of file scf.f90', ['122 of file scf.f90 → scf.f90 122']],
    ['   @ Main ~/sim/solve.jl:3', ['~/sim/solve.jl:3 → ~/sim/solve.jl 3']],
    [
      'wrote out/flight.csv, then [/tmp/b.png].',
      ['out/flight.csv → out/flight.csv', '/tmp/b.png → /tmp/b.png'],
    ],
    [String.raw`C:\sim\a.py:12: boom`, [String.raw`C:\sim\a.py:12 → C:\sim\a.py 12`]],
  ])('%s', (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  test.each([
    'see https://example.org/a/b.html:3',
    'at 12:30:45 1.5 m/s and/or 2/3',
    'version 1.2.3, node.js rules',
    'loss 0.25e-3 (best 0.1)',
    '================',
  ])('no file: %s', (text) => {
    expect(links(text)).toEqual([]);
  });
});
