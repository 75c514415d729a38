import { describe, expect, test } from 'vitest';
import { parseSweepFile } from '../../../../src/core/sweepFile/parseSweepFile.ts';
import { fileOf, problemsOf, runsOfSpace, soundExcept } from './problems.ts';

const everything = `name: lander
cmd: [python3, lander.py, --mass, "\${mass}"]   # a comment
parameters:
  mass: [900, 1000, 1100]
  thrust: {values: [1.4, 1.6]}
method: grid
input_files: [lander.py, {path: terrain.csv, linkage: link, rename: data/terrain.csv}]
template_files: [case.in.tmpl -> case.in]
results: {file: out.json, stdout: {cost: "cost: (.*)"}, exit_code: [3]}
metric: {name: cost}
description: A study.
output_path: results/lander
runner: {max_parallel: 8}
env: {OMP_NUM_THREADS: "1"}
timeout: 30s
debug: "Python: lander"
problem_matcher: '^(?<file>\\S+) @(?<line>\\d+)$'
`;

describe('a sound sweep file', () => {
  test('says everything that is written in it', () => {
    const { space, ...rest } = fileOf(everything);
    expect(runsOfSpace(space)).toEqual(
      [900, 1000, 1100].flatMap((mass) => [1.4, 1.6].map((thrust) => ({ mass, thrust }))),
    );
    expect(rest).toEqual({
      name: 'lander',
      cmd: ['python3', 'lander.py', '--mass', '${mass}'],
      inputFiles: [
        { path: 'lander.py', linkage: 'shared', rename: undefined },
        { path: 'terrain.csv', linkage: 'link', rename: 'data/terrain.csv' },
      ],
      templateFiles: [{ path: 'case.in.tmpl', name: 'case.in', keepsUnknown: false }],
      results: { files: ['out.json'], stdout: { cost: 'cost: (.*)' }, stderr: {}, exitCode: [3] },
      metric: { name: 'cost', goal: 'minimize' },
      description: 'A study.',
      program: undefined,
      outputPath: 'results/lander',
      runner: { type: 'local', maxParallel: 8, options: {} },
      env: { OMP_NUM_THREADS: '1' },
      policy: { timeout: { ms: 30_000 } },
      debug: 'Python: lander',
      recordEnv: [],
      problemMatchers: [String.raw`^(?<file>\S+) @(?<line>\d+)$`],
    });
  });

  test('has a default for everything but the command and what varies', () => {
    const { space, ...rest } = fileOf('cmd: [ls]\nruns: [{a: 1}, {b: null}]\n');
    expect(runsOfSpace(space)).toEqual([{ a: 1 }, { b: null }]);
    expect(rest).toEqual({
      name: 'lander',
      cmd: ['ls'],
      inputFiles: [],
      templateFiles: [],
      results: undefined,
      metric: undefined,
      description: undefined,
      program: undefined,
      outputPath: undefined,
      runner: { type: 'local', maxParallel: undefined, options: {} },
      env: {},
      policy: {},
      debug: undefined,
      recordEnv: [],
      problemMatchers: [],
    });
  });

  test.each([
    ['/home/ada/lander/sweep.yaml', 'lander'],
    ['/home/ada/lander/sweep.yml', 'lander'],
    ['/home/ada/lander/descent.sweep.yaml', 'descent'],
    ['/home/ada/lander/descent.yml', 'descent'],
    ['/sweep.yaml', 'sweep'],
    ['/home/ada/...sweep.yaml', 'sweep'],
    ['C:\\Users\\ada\\lander\\sweep.yaml', 'lander'],
  ])('at %s is called %s unless it says otherwise', (path, name) => {
    expect(fileOf(soundExcept(), path).name).toBe(name);
    expect(fileOf(soundExcept('name: mars'), path).name).toBe('mars');
  });

  test('keeps numbers and truth values of a command as they are written', () => {
    const { cmd, env } = fileOf(
      soundExcept('cmd: [x, 0.10, 0x1F, 010, true, 1e3, -5]', 'env: {A: 1.50, B: false}'),
    );
    expect(cmd).toEqual(['x', '0.10', '0x1F', '010', 'true', '1e3', '-5']);
    expect(env).toEqual({ A: '1.50', B: 'false' });
  });

  test('reads scalars as YAML 1.2 does', () => {
    const { space } = fileOf(
      soundExcept('parameters: {mass: [010, on, 1_000, 0o17, 2020-01-01, ~, "1", 0x10]}'),
    );
    expect(runsOfSpace(space).map(({ mass }) => mass)).toEqual([
      10,
      'on',
      '1_000',
      15,
      '2020-01-01',
      null,
      '1',
      16,
    ]);
  });

  test('may have a byte order mark, Windows line breaks, anchors and nested values', () => {
    const text = '\uFEFFcmd: [ls]\r\nparameters:\r\n  a: &a [1, {x: [2]}]\r\n  b: *a\r\n';
    expect(runsOfSpace(fileOf(text).space)).toEqual([
      { a: 1, b: 1 },
      { a: 1, b: { x: [2] } },
      { a: { x: [2] }, b: 1 },
      { a: { x: [2] }, b: { x: [2] } },
    ]);
  });

  test.each([
    ['0.5', 500],
    ['90', 90_000],
    ['"90"', 90_000],
    ['30s', 30_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['1h 30 min', 5_400_000],
    ['250ms', 250],
    ['1.5 hours', 5_400_000],
    ['0.1ms', 1],
    ['60 days', 5_184_000_000],
  ])('takes the timeout %s for %d ms', (written, ms) => {
    expect(fileOf(soundExcept(`timeout: ${written}`)).policy).toEqual({ timeout: { ms } });
  });

  test('may rename an input in a roundabout way', () => {
    const { inputFiles } = fileOf(
      soundExcept('input_files: [{path: a, rename: ./x//y/../z/}, {path: ../b, linkage: copy}]'),
    );
    expect(inputFiles).toEqual([
      { path: 'a', linkage: 'shared', rename: 'x/z' },
      { path: '../b', linkage: 'copy', rename: undefined },
    ]);
  });
});

describe('a problem', () => {
  test.each<[string, string, string[]]>([
    ['an empty file', '', ['not-a-mapping at ""']],
    ['a file of comments', '# nothing\n', ['not-a-mapping at ""']],
    ['a list', '- a\n- b\n', ['not-a-mapping at "- a"']],
    ['a text', 'hello', ['not-a-mapping at "hello"']],
    ['an unclosed bracket', 'cmd: [a, b\nparameters: {a: [1]}\n', ['syntax at "p"']],
    ['a tab', 'parameters:\n\ta: [1]\n', ['syntax at "\\t"']],
    ['a second colon', 'cmd: a: b\n', ['syntax at "a"']],
    ['a second document', 'cmd: [a]\n---\ncmd: [b]\n', ['syntax at "-"']],
    ['a tag', soundExcept('name: !!python/name x'), ['syntax at "!!python/name"']],
    [
      'an unknown anchor',
      soundExcept('input_files: [*.csv]'),
      ['syntax at "*.csv", repaired by "\\"*.csv\\""'],
    ],
    ['an alias of what it is in', 'cmd: &c [*c]\n', ['syntax at "*c"']],
    ['a merge key', soundExcept('runner: {<<: {max_parallel: 1}}'), ['syntax at "<<"']],
    ['a key twice', soundExcept('name: a', 'name: b'), ['duplicate-key at "name"']],
    ['a parameter twice', soundExcept('parameters: {mass: [1], mass: [2]}'), ['duplicate-key at "mass"']],
    ['__proto__', soundExcept('parameters: {mass: [1], __proto__: [2]}'), ['invalid-value at "__proto__"']],
  ])('of syntax: %s', (_, text, problems) => expect(problemsOf(text)).toEqual(problems));

  test.each<[string, string, string[]]>([
    [
      'a misspelled section',
      'cmd: [a]\nparamters: {a: [1]}\n',
      ['unknown-key at "paramters", repaired by "parameters"'],
    ],
    ['a misspelled command', 'cdm: [a]\nparameters: {a: [1]}\n', ['unknown-key at "cdm", repaired by "cmd"']],
    [
      'other capitals',
      soundExcept('outputPath: x'),
      ['unknown-key at "outputPath", repaired by "output_path"'],
    ],
    ['a key from elsewhere', soundExcept('colour: red'), ['unknown-key at "colour"']],
    [
      'a misspelled setting',
      soundExcept('runner: {max_paralel: 2}'),
      ['unknown-key at "max_paralel", repaired by "max_parallel"'],
    ],
    [
      'a misspelled values',
      soundExcept('parameters: {mass: {vales: [1]}}'),
      ['unknown-key at "vales", repaired by "values"'],
    ],
    ['no command', 'parameters: {a: [1]}\n', ['missing-key at "parameters"']],
    ['nothing to vary', 'cmd: [a]\n', ['missing-key at "cmd"']],
    ['an input without path', soundExcept('input_files: [{linkage: copy}]'), ['missing-key at "linkage"']],
    ['an empty input', soundExcept('input_files:', '  - {}'), ['missing-key at "{}"']],
  ])('of keys: %s', (_, text, problems) => expect(problemsOf(text)).toEqual(problems));

  test.each<[string, string[]]>([
    [
      'cmd: python3 x.py ${mass}',
      ['wrong-type at "python3 x.py ${mass}", repaired by "[python3, x.py, \\"${mass}\\"]"'],
    ],
    ['cmd: "a b"', ['wrong-type at "\\"a b\\"", repaired by "[a, b]"']],
    ['cmd: {a: b}', ['wrong-type at "{a: b}"']],
    ['cmd:', ['wrong-type at "cmd"']],
    ['cmd: [a, null]', ['wrong-type at "null", repaired by "\\"null\\""']],
    ['cmd: [a, [b]]', ['wrong-type at "[b]"']],
    ['parameters: {mass: 900}', ['wrong-type at "900", repaired by "[900]"']],
    ['parameters: {mass: {values: 900}}', ['wrong-type at "900", repaired by "[900]"']],
    ['parameters: {mass}', ['wrong-type at "mass"']],
    ['runner: 4', ['wrong-type at "4"']],
    ['runner: {max_parallel: four}', ['wrong-type at "four"']],
    ['input_files: a.txt', ['wrong-type at "a.txt", repaired by "[a.txt]"']],
    ['input_files: [3]', ['wrong-type at "3", repaired by "\\"3\\""']],
    ['input_files: [{path: 3}]', ['wrong-type at "3", repaired by "\\"3\\""']],
    ['name: 2024', ['wrong-type at "2024", repaired by "\\"2024\\""']],
    ['env: [A=1]', ['wrong-type at "[A=1]"']],
    ['env:\n  - A\n  - B', ['wrong-type at "env"']],
    ['timeout: [1]', ['wrong-type at "[1]"']],
    ['debug: [Python]', ['wrong-type at "[Python]"']],
    ['problem_matcher: {a: 1}', ['wrong-type at "{a: 1}"']],
  ])('of types: %s', (line, problems) => expect(problemsOf(soundExcept(line))).toEqual(problems));

  test.each<[string, string[]]>([
    ['cmd: []', ['invalid-value at "[]"']],
    ['cmd: [""]', ['invalid-value at "[\\"\\"]"']],
    ['method: gird', ['invalid-value at "gird", repaired by "grid"']],
    ['runner: {max_parallel: 0}', ['invalid-value at "0"']],
    ['runner: {max_parallel: 2.5}', ['invalid-value at "2.5"']],
    ['runner: {max_parallel: 1e300}', ['invalid-value at "1e300"']],
    ['input_files: [{path: a, linkage: lnk}]', ['invalid-value at "lnk", repaired by "link"']],
    ['input_files: ["", ~/a]', ['invalid-value at "\\"\\""', 'invalid-value at "~/a"']],
    ['output_path: ~/out', ['invalid-value at "~/out"']],
    ['name: a/b', ['invalid-value at "a/b"']],
    ['name: ..', ['invalid-value at ".."']],
    ['name: ""', ['invalid-value at "\\"\\""']],
    ['name: "a: b"', ['invalid-value at "\\"a: b\\""']],
    ['name: con', ['invalid-value at "con"']],
    ['env: {1A: x}', ['invalid-value at "1A"']],
    ['env: {"A B": x}', ['invalid-value at "\\"A B\\""']],
    ['env: {MULTIRUN_RUN: x}', ['reserved-name at "MULTIRUN_RUN"']],
    [
      'parameters: {mass: [1], "a b": [1], 2x: [1], a..b: [1]}',
      [
        'invalid-parameter-name at "\\"a b\\""',
        'invalid-parameter-name at "2x"',
        'invalid-parameter-name at "a..b"',
      ],
    ],
    [
      'parameters: {mass: [.nan, -.inf]}',
      [
        'invalid-value at ".nan", repaired by "\\".nan\\""',
        'invalid-value at "-.inf", repaired by "\\"-.inf\\""',
      ],
    ],
    [
      'parameters: {mass: [18446744073709551615]}',
      ['invalid-value at "18446744073709551615", repaired by "\\"18446744073709551615\\""'],
    ],
    ['debug: " "', ['invalid-value at "\\" \\""']],
    ["problem_matcher: '('", ['invalid-value at "\'(\'"']],
    ["problem_matcher: ['(?<line>x)']", ['invalid-value at "\'(?<line>x)\'"']],
    ['parameters: {mass: ["a\\0b"]}', ['invalid-value at "\\"a\\\\0b\\""']],
    ['env: {A: "\\uD800"}', ['invalid-value at "\\"\\\\uD800\\""']],
    ...['0', '-1', '-5s', 'soon', '""', '5 lightyears', '1h30', '1e300', '.inf'].map(
      (timeout): [string, string[]] => [
        `timeout: ${timeout}`,
        [expect.stringContaining(`invalid-value at ${JSON.stringify(timeout)}`)],
      ],
    ),
  ])('of values: %s', (line, problems) => expect(problemsOf(soundExcept(line))).toEqual(problems));

  test.each<[string, string, string[]]>([
    [
      'an empty list of values',
      soundExcept('parameters: {mass: [], thrust: {values: []}}'),
      ['empty-plan at "mass"', 'empty-plan at "thrust"'],
    ],
    ['no parameters', 'cmd: [a]\nparameters: {}\n', ['empty-plan at "{}"']],
    ['no runs', 'cmd: [a]\nruns: []\n', ['empty-plan at "[]"']],
    [
      'lists of different lengths',
      soundExcept('method: zip', 'parameters: {mass: [1, 2], a: [1], b: [3, 4], c: {values: [1, 2, 3]}}'),
      ['zip-lengths at "a"', 'zip-lengths at "c"'],
    ],
    [
      'both ways to say what runs',
      soundExcept('method: zip', 'runs: [{mass: 1}]'),
      ['conflicting-keys at "parameters"', 'conflicting-keys at "method"'],
    ],
    ['a run that is no mapping', 'cmd: [a]\nruns: [{a: 1}, 3]\n', ['wrong-type at "3"']],
    [
      'more runs than can be counted',
      `cmd: [a]\nparameters:\n${Array.from({ length: 30 }, (_, i) => `  p${i}: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\n`).join('')}`,
      ['too-many-runs at "parameters"'],
    ],
  ])('of the plan: %s', (_, text, problems) => expect(problemsOf(text)).toEqual(problems));

  test.each<[string, string, string[]]>([
    ['two with one name', '[a.csv, sub/a.csv]', ['duplicate-input at "sub/a.csv"']],
    [
      'two renamed to one name',
      '[{path: a, rename: x}, {path: b, rename: y/../x}]',
      ['duplicate-input at "y/../x"'],
    ],
    ['one within another', '[data, {path: b, rename: data/b}]', ['duplicate-input at "data/b"']],
    ['one around another', '[{path: b, rename: data/b}, data]', ['duplicate-input at "data"']],
    ['renamed out of the run directory', '[{path: a, rename: ../a}]', ['input-outside at "../a"']],
    [
      'renamed out of it in a roundabout way',
      '[{path: a, rename: x/../../a}]',
      ['input-outside at "x/../../a"'],
    ],
    ['renamed to the run directory', '[{path: a, rename: x/..}]', ['input-outside at "x/.."']],
    ['renamed to an absolute path', '[{path: a, rename: /a}]', ['input-outside at "/a"']],
    ['renamed to a path on a drive', '[{path: a, rename: "C:a"}]', ['input-outside at "\\"C:a\\""']],
    ['renamed with a backslash', '[{path: a, rename: "..\\\\a"}]', ['invalid-value at "\\"..\\\\\\\\a\\""']],
    ['a path without a name', '[..]', ['input-outside at ".."']],
    ['a name of the run directory', '[sub/params.json]', ['reserved-name at "sub/params.json"']],
    [
      'a folder of the run directory',
      '[{path: a, rename: attempts/1/a}]',
      ['reserved-name at "attempts/1/a"'],
    ],
    ['that name elsewhere', '[{path: a, rename: data/params.json}]', []],
  ])('of inputs: %s', (_, list, problems) =>
    expect(problemsOf(soundExcept(`input_files: ${list}`))).toEqual(problems),
  );

  test('of one section hides none of another', () => {
    const text = 'cmd: [a, "${mas}"]\nparameters: {mass: 900}\nmethod: grdi\ntimeout: never\nfoo: 1\n';
    expect(problemsOf(text)).toEqual([
      'unknown-parameter at "${mas}", repaired by "${mass}"',
      'wrong-type at "900", repaired by "[900]"',
      'invalid-value at "grdi", repaired by "grid"',
      'invalid-value at "never"',
      'unknown-key at "foo"',
    ]);
  });

  test('is never told twice of a value that YAML itself could not read', () => {
    expect(problemsOf(soundExcept('runner: {max_parallel: .inf}'))).toHaveLength(1);
  });
});

describe('what an editor asks', () => {
  test('is answered with the places of keys, values, references and inputs', () => {
    const parsed = parseSweepFile(everything, { path: 'sweep.yaml' });
    const textAt = (range: { start: number; end: number } | undefined) =>
      range && everything.slice(range.start, range.end);
    expect(textAt(parsed.rangesOf(['cmd'])?.key)).toBe('cmd');
    expect(textAt(parsed.rangesOf(['cmd', 1])?.value)).toBe('lander.py');
    expect(textAt(parsed.rangesOf(['parameters', 'thrust'])?.key)).toBe('thrust');
    expect(textAt(parsed.rangesOf(['parameters', 'thrust'])?.value)).toBe('{values: [1.4, 1.6]}');
    expect(parsed.rangesOf(['parameters', 'none'])).toBeUndefined();
    expect(parsed.references.map(({ name, range }) => [name, textAt(range)])).toEqual([['mass', '${mass}']]);
    expect(parsed.inputs.map(({ range }) => textAt(range))).toEqual(['lander.py', 'terrain.csv']);
  });
});
