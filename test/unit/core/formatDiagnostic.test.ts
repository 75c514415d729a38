import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../../src/core/diagnostic.ts';
import { formatDiagnostic } from '../../../src/core/formatDiagnostic.ts';
import { parseSweepFile } from '../../../src/core/sweepFile/parseSweepFile.ts';

/** Prints a diagnostic at the text between « and ». */
function print(marked: string, more: Partial<Diagnostic> = {}, colors = false): string {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const text = marked.replace('«', '').replace('»', '');
  const diagnostic: Diagnostic = {
    code: 'syntax',
    severity: 'error',
    message: 'what happened',
    range: { start, end },
    ...more,
  };
  return formatDiagnostic(diagnostic, { path: 'a.yaml', text, colors });
}

describe('a diagnostic in a terminal', () => {
  test('shows where, what, and the line with the range underlined', () => {
    expect(print('cmd: [a]\n«paramters»: 1\n')).toBe(
      `
a.yaml:2:1: error: what happened [syntax]
  2 | paramters: 1
    | ~~~~~~~~~`.trimStart(),
    );
  });

  test('may be a warning', () => {
    expect(print('«a»', { severity: 'warning', code: 'unknown-key' })).toBe(
      `
a.yaml:1:1: warning: what happened [unknown-key]
  1 | a
    | ~`.trimStart(),
    );
  });

  test('has a mark for an empty range, also at the end of the text', () => {
    expect(print('«»')).toBe('a.yaml:1:1: error: what happened [syntax]\n  1 |\n    | ~');
    expect(print('a:«»\n')).toBe('a.yaml:1:3: error: what happened [syntax]\n  1 | a:\n    |   ~');
    expect(print('a:\n«»')).toBe('a.yaml:2:1: error: what happened [syntax]\n  2 |\n    | ~');
  });

  test('is right behind tabs, wide characters and combined ones', () => {
    expect(print('\ta:\t«b»\tc')).toBe(
      `
a.yaml:1:5: error: what happened [syntax]
  1 |     a:  b   c
    |         ~`.trimStart(),
    );
    expect(print('質量: «👩‍🚀é漢»!')).toBe(
      `
a.yaml:1:5: error: what happened [syntax]
  1 | 質量: 👩‍🚀é漢!
    |       ~~~~~`.trimStart(),
    );
  });

  test('underlines each of a few lines without their indentation, and tells that there are more', () => {
    expect(print('a: «{\r\n  b: 1,\r\n  c: 2 }»\r\nd: 3')).toBe(
      `
a.yaml:1:4: error: what happened [syntax]
  1 | a: {
    |    ~
  2 |   b: 1,
    |   ~~~~~
  3 |   c: 2 }
    |   ~~~~~~`.trimStart(),
    );
    expect(print(`${'\n'.repeat(8)}«${'a: 1\n'.repeat(6)}»`)).toBe(
      `
a.yaml:9:1: error: what happened [syntax]
   9 | a: 1
     | ~~~~
  10 | a: 1
     | ~~~~
  11 | a: 1
     | ~~~~
  12 | a: 1
     | ~~~~
     | …`.trimStart(),
    );
  });

  test('cuts a long line around the place', () => {
    const printed = print(`${'x'.repeat(5000)}«HERE»${'y'.repeat(5000)}`);
    expect(printed).toBe(
      `
a.yaml:1:5001: error: what happened [syntax]
  1 | …${'x'.repeat(60)}HERE${'y'.repeat(96)}…
    |  ${' '.repeat(60)}~~~~`.trimStart(),
    );
  });

  test('lets nothing through that could change the terminal', () => {
    const printed = print('a: "\u001B[2J«\u0007»\u009B\u202E"', { message: 'the \u001B[31mred\nmessage' });
    expect(printed).toBe(
      `
a.yaml:1:9: error: the ␛[31mred␊message [syntax]
  1 | a: "␛[2J␇��"
    |         ~`.trimStart(),
    );
  });

  test('has colours when asked', () => {
    const esc = '\u001B';
    expect(print('«a»', {}, true)).toBe(
      `${esc}[1ma.yaml:1:1${esc}[22m: ${esc}[31m${esc}[1merror${esc}[22m${esc}[39m: what happened ${esc}[2m[syntax]${esc}[22m\n` +
        `  ${esc}[2m1 |${esc}[22m a\n  ${esc}[2m  |${esc}[22m ${esc}[31m~${esc}[39m`,
    );
  });

  test('of any range in any text has an underline as wide as what it underlines, below it', () => {
    const unit = fc.constantFrom('a', ' ', '\t', '漢', 'é', '🚀', '\n', '\r\n', '\u001B', '\u0300');
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 30 }), fc.nat(40), fc.nat(10), (units, from, length) => {
        const text = units.join('');
        const start = Math.min(from, text.length);
        const end = Math.min(start + length, text.length);
        const diagnostic = {
          code: 'syntax',
          severity: 'error',
          message: 'm',
          range: { start, end },
        } as const;
        const [, ...lines] = formatDiagnostic(diagnostic, { path: 'a', text }).split('\n');
        for (let index = 0; index + 1 < lines.length; index += 2) {
          // An empty range may stand one place behind the line.
          expect(stringWidth(lines[index + 1] ?? '')).toBeLessThanOrEqual(
            stringWidth(lines[index] ?? '') + 20,
          );
          expect(lines[index + 1]).toMatch(/^ +\| +~+$/);
        }
      }),
    );
  });
});

test('the messages of sweep files say what happened, where, and what to do', () => {
  const text = `cmd: [python3, lander.py, "\${mas}", "\${HOME:?x}", null]
paramters: {mass: 1}
parameters:
  mass: 900
  thrust: [1, 2]
  "a b": [.nan]
method: zpi
input_files: [data, {path: x, rename: data/../../y}, {path: sub/data}, exit]
env: {MULTIRUN_RUN: 1}
runner: {max_parallel: 0}
timeout: soon
timeout: 3
`;
  const { diagnostics } = parseSweepFile(text, { path: 'sweep.yaml' });
  expect(
    diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, { path: 'sweep.yaml', text })).join('\n'),
  ).toMatchInlineSnapshot(`
    "sweep.yaml:1:28: error: "\${mas}" names no parameter; did you mean "mass"? [unknown-parameter]
      1 | cmd: [python3, lander.py, "\${mas}", "\${HOME:?x}", null]
        |                            ~~~~~~
    sweep.yaml:1:38: error: "\${HOME:?x}": the format "?x" is none of Python's; examples are .3f, >10, 05d and .2e; a literal "\${" is written "\${{" [invalid-template]
      1 | cmd: [python3, lander.py, "\${mas}", "\${HOME:?x}", null]
        |                                      ~~~~~~~~~~
    sweep.yaml:1:51: error: cmd[4]: expected a text, got null; write "null" if a text is meant [wrong-type]
      1 | cmd: [python3, lander.py, "\${mas}", "\${HOME:?x}", null]
        |                                                   ~~~~
    sweep.yaml:2:1: error: unknown key "paramters"; "parameters" stands here already [unknown-key]
      2 | paramters: {mass: 1}
        | ~~~~~~~~~
    sweep.yaml:4:9: error: parameters.mass: expected a list of values, got the number 900; write [900] [wrong-type]
      4 |   mass: 900
        |         ~~~
    sweep.yaml:6:3: error: "a b": a parameter begins with a letter or "_" and goes on with letters, digits, "_", "-" or "." [invalid-parameter-name]
      6 |   "a b": [.nan]
        |   ~~~~~
    sweep.yaml:6:11: error: .nan is no finite number; put it in quotes to pass it as text [invalid-value]
      6 |   "a b": [.nan]
        |           ~~~~
    sweep.yaml:7:9: error: method: expected grid, zip, random, latin_hypercube, sobol, halton, one_at_a_time or list, got "zpi"; did you mean "zip"? [invalid-value]
      7 | method: zpi
        |         ~~~
    sweep.yaml:8:39: error: input_files[1].rename: this leaves the run directory; write a path inside it [input-outside]
      8 | input_files: [data, {path: x, rename: data/../../y}, {path: sub/data}, exit]
        |                                       ~~~~~~~~~~~~
    sweep.yaml:8:61: error: two inputs are called "data" in the run directory; give one of them another name with "rename" [duplicate-input]
      8 | input_files: [data, {path: x, rename: data/../../y}, {path: sub/data}, exit]
        |                                                             ~~~~~~~~
    sweep.yaml:8:72: error: "exit" is a name that each run directory uses itself; give the input another name with "rename" [reserved-name]
      8 | input_files: [data, {path: x, rename: data/../../y}, {path: sub/data}, exit]
        |                                                                        ~~~~
    sweep.yaml:9:7: error: Multirun itself sets the variables that begin with MULTIRUN_; rename "MULTIRUN_RUN" [reserved-name]
      9 | env: {MULTIRUN_RUN: 1}
        |       ~~~~~~~~~~~~
    sweep.yaml:10:24: error: runner.max_parallel: expected a whole number of at least 1, got the number 0 [invalid-value]
      10 | runner: {max_parallel: 0}
         |                        ~
    sweep.yaml:11:10: error: timeout: "soon" is no duration; write a number of seconds, or a text such as 30s, 5m or 1h30m [invalid-value]
      11 | timeout: soon
         |          ~~~~
    sweep.yaml:12:1: error: the key "timeout" stands here twice; remove one of them [duplicate-key]
      12 | timeout: 3
         | ~~~~~~~"
  `);
});
