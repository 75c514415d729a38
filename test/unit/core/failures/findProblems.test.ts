import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { decisiveProblems, findProblems, logLines } from '../../../../src/core/failures/findProblems.ts';
import { customMatcher, matcherProblem } from '../../../../src/core/failures/matchers/custom.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';

const logs = new URL('../../../fixtures/logs/', import.meta.url);

/** The problems that decide, as "message | innermost place | next place …". */
function problemsOf(text: string, own: Parameters<typeof findProblems>[1] = []): string[] {
  return decisiveProblems(findProblems(logLines(text), own)).map(({ message, places }) =>
    [
      message,
      ...places.map(({ file, line, column, function: inFunction }) =>
        [`${file}:${line}`, ...(column === undefined ? [] : [column])]
          .join(':')
          .concat(inFunction === undefined ? '' : ` in ${inFunction}`),
      ),
    ].join(' | '),
  );
}

function recorded(name: string): string {
  return readFileSync(new URL(`${name}.log`, logs), 'utf8');
}

describe('a log tells what ended the program, and where:', () => {
  test.each([
    [
      'python-chained',
      [
        "RuntimeError: cannot load 'b' from 0x7f2a1c at step 12 | /home/ada/sim/chain.py:8 in main | /home/ada/sim/chain.py:10 in <module>",
      ],
    ],
    ['python-bare-assertion', ['AssertionError | /home/ada/sim/assert.py:1 in <module>']],
    ['python-syntax', ['SyntaxError: invalid syntax | /home/ada/sim/syn.py:1']],
    ['python-multiline', ['E: first line | /home/ada/sim/multi.py:2 in <module>']],
    [
      'python-exception-group',
      [
        'ExceptionGroup: several (2 sub-exceptions) | /home/ada/sim/group.py:2 in f | /home/ada/sim/group.py:3 in <module>',
      ],
    ],
    [
      'node-esm-cause',
      [
        'RangeError: step 0.25 is too large | file:///home/ada/sim/lib.mjs:3:22 in work | file:///home/ada/sim/main.mjs:3:3 in main | file:///home/ada/sim/main.mjs:5:1',
      ],
    ],
    [
      'node-cjs',
      [
        "TypeError: Cannot read properties of null (reading 'x') | /home/ada/sim/cjs.cjs:2:8 in f | /home/ada/sim/cjs.cjs:4:1 in Object.<anonymous>",
      ],
    ],
    ['node-syntax', ['SyntaxError: Function statements require a function name | /home/ada/sim/nsyn.js:1']],
    ['node-thrown-text', ['a plain text | /home/ada/sim/nstr.js:1']],
    [
      'node-missing-module',
      ["Error: Cannot find module './missing.js' | /home/ada/sim/nreq.cjs:1:1 in Object.<anonymous>"],
    ],
    [
      'node-assertion-diff',
      [
        'AssertionError [ERR_ASSERTION]: Expected values to be strictly deep-equal: | /home/ada/sim/nass.cjs:1:40 in Object.<anonymous>',
      ],
    ],
    ['rust-panic', ['panicked: index out of bounds: the len is 0 but the index is 1 | p.rs:3:21']],
    ['rustc', ['error[E0308]: mismatched types | c.rs:2:18']],
    [
      'julia',
      [
        'DomainError with -1.0: sqrt was called with a negative real argument but will only return a complex result if called with a complex argument. Try sqrt(Complex(x)). | ./math.jl:33 in throw_complex_domainerror(f::Symbol, x::Float64) | ./math.jl:567 in sqrt | /home/ada/sim/solve.jl:3 in solve(dt::Float64) | /home/ada/sim/solve.jl:6 in top-level scope | /home/ada/sim/solve.jl:6',
      ],
    ],
    [
      'julia-1.5',
      [
        'BoundsError: attempt to access 3-element Array{Int64,1} at index [4] | ./array.jl:809 in getindex(::Array{Int64,1}, ::Int64) | /home/ada/sim/solve.jl:2 in last_but(::Int64) | /home/ada/sim/solve.jl:5 in top-level scope | /home/ada/sim/solve.jl:5',
      ],
    ],
    [
      'gcc',
      [
        'error: expected ‘,’ or ‘;’ before ‘printf’ | bad.c:3:33',
        'error: ‘y’ undeclared (first use in this function) | bad.c:3:57',
      ],
    ],
    ['gcc-linker', ["undefined reference to `foo' | /home/ada/sim/ld.c:3"]],
    [
      'clang',
      [
        "error: expected ';' at end of declaration | bad.c:3:33",
        "fatal error: 'missing.h' file not found | bad.c:1:10",
      ],
    ],
    [
      'tsc',
      [
        "error TS2322: Type 'string' is not assignable to type 'number'. | a.ts:1:14",
        "error TS7006: Parameter 'x' implicitly has an 'any' type. | a.ts:2:19",
      ],
    ],
    [
      'tsc-pretty',
      [
        "error TS2322: Type 'string' is not assignable to type 'number'. | a.ts:1:14",
        "error TS7006: Parameter 'x' implicitly has an 'any' type. | a.ts:2:19",
      ],
    ],
    ['glibc-assertion', ["Assertion `n > 3' failed | as.c:3 in main"]],
    ['cpp-terminate', ['std::runtime_error: bad dt 0.25']],
    ['gcc-address-sanitizer', ['AddressSanitizer: heap-buffer-overflow | /home/ada/sim/asan.c:4 in main']],
    [
      'fortran',
      ["Index '16' of dimension 1 of array 'iorder' above upper bound of 10 | /home/ada/sim/scf.f90:122"],
    ],
  ])('%s', (name, expected) => {
    expect(problemsOf(recorded(name))).toEqual(expected);
  });

  test('what Python on this machine writes', async () => {
    await using folder = await temporaryDirectory();
    const program = folder.at('fail.py');
    await writeFile(program, 'def f(x):\n    return 1 / x\n\n\nf(0)\n');
    expect(problemsOf(await stderrOf('python3', [program]))).toEqual([
      `ZeroDivisionError: division by zero | ${program}:2 in f | ${program}:5 in <module>`,
    ]);
  });

  test('what Node on this machine writes', async () => {
    await using folder = await temporaryDirectory();
    const program = folder.at('fail.mjs');
    await writeFile(program, 'const f = (x) => {\n  throw new RangeError(`bad ${x}`);\n};\nf(1);\n');
    expect(problemsOf(await stderrOf(process.execPath, [program]))).toEqual([
      `RangeError: bad 1 | file://${program}:2:9 in f | file://${program}:4:1`,
    ]);
  });

  test('through what a launcher puts in front of each line', () => {
    const text = recorded('python-bare-assertion').replace(/^/gm, '[rank0]: ');
    expect(problemsOf(text)).toEqual(['AssertionError | /home/ada/sim/assert.py:1 in <module>']);
  });

  test('the last exception, when others were logged before', () => {
    expect(problemsOf(recorded('python-multiline') + recorded('python-bare-assertion'))).toEqual([
      'AssertionError | /home/ada/sim/assert.py:1 in <module>',
    ]);
  });

  test('a stack that the program printed itself', () => {
    expect(
      problemsOf('starting\nTypeError: x is not a function\n    at run (/home/ada/sim/a.js:7:3)\n'),
    ).toEqual(['TypeError: x is not a function | /home/ada/sim/a.js:7:3 in run']);
  });
});

describe('a place that no known tool wrote', () => {
  test('counts as file:line:col with what follows', () => {
    expect(problemsOf('solver: input/mesh.inp:12:7: node 4 is missing\n')).toEqual([
      'node 4 is missing | input/mesh.inp:12:7',
    ]);
  });

  test.each([
    'at 12:30:45 all was well',
    'warning: mesh.inp:3:1 is odd',
    'see http://localhost:8080:12:1',
    'ratio a:1:2',
  ])('is not %j', (line) => {
    expect(problemsOf(`${line}\n`)).toEqual([]);
  });
});

describe('a regular expression of the sweep file', () => {
  const pattern = String.raw`^ERR (?<file>\S+) @(?<line>\d+)(?:/(?<column>\d+))?: (?<message>.*)$`;

  test('finds what only its author knows, before all others', () => {
    expect(
      problemsOf('ERR deck.inp @7/3: bad card\nERR deck.inp @9: no end\n', [customMatcher(pattern)]),
    ).toEqual(['bad card | deck.inp:7:3', 'no end | deck.inp:9']);
  });

  test('may leave the message to the whole line', () => {
    expect(
      problemsOf('deck.inp(7) oops\n', [customMatcher(String.raw`(?<file>\S+)\((?<line>\d+)\)`)]),
    ).toEqual(['deck.inp(7) oops | deck.inp:7']);
  });

  test.each([
    [pattern, undefined],
    ['(', /^this is no regular expression/],
    ['(?<line>\\d+)', /needs a group \(\?<file>…\)/],
    ['(?<file>\\w*)(?<line>\\d*)', /finds something in an empty line/],
  ])('%j is judged before it is used', (text, problem) => {
    if (problem === undefined) expect(matcherProblem(text)).toBeUndefined();
    else expect(matcherProblem(text)).toMatch(problem);
  });
});

test('hostile logs come to an end', () => {
  const lines = [
    'a/'.repeat(5000),
    '('.repeat(9000),
    ' '.repeat(9000),
    '    at '.repeat(2000),
    'File "'.repeat(2000),
  ];
  const text = Array.from({ length: 64 }, (_, i) => lines[i % lines.length]).join('\n');
  expect(findProblems(logLines(text))).toEqual([]);
});

test('lines are read without colours, and progress bars by their last state', () => {
  expect(logLines('\u001b[31mred\u001b[0m\r\n 10%\r 20%\r 100%\nend')).toEqual(['red', ' 100%', 'end']);
});

async function stderrOf(command: string, args: readonly string[]): Promise<string> {
  const failure = await promisify(execFile)(command, args).catch((error: unknown) => error);
  return (failure as { stderr: string }).stderr;
}
