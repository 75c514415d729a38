import { expect, test } from 'vitest';
import { parseSweepFile } from '../../../../src/core/sweepFile/parseSweepFile.ts';
import { fileOf, problemsOf, soundExcept } from './problems.ts';

const parameters = 'parameters: {mass: [1]}\n';

/** Each problem with its message; for what must be told in words. */
function messagesOf(text: string): string[] {
  return parseSweepFile(text, { path: '/a/sweep.yaml' }).diagnostics.map(({ message }) => message);
}

test.each<[string, string[]]>([
  ['', ['missing-key at "parameters"']],
  ['cdm: [ls]\n', ['unknown-key at "cdm", repaired by "cmd"']],
  ['interpreter: python3\n', ['missing-key at "interpreter"']],
  [
    'cmd: [ls]\nprogram: a.py\ncommand: [b]\n',
    ['conflicting-keys at "program"', 'conflicting-keys at "command"'],
  ],
  ['command: ["${program}", x]\n', ['missing-key at "\\"${program}\\""']],
  ['command: [ls, "${args}"]\n', []],
  ['program: a.py\n', []],
  ['program: a.py\ncommand: []\n', ['invalid-value at "[]"']],
  ['program: a.py\ncommand: ["x${args}"]\n', ['invalid-template at "${args}"']],
  ['program: a.py\ncommand: ["${env}/x"]\n', ['invalid-template at "${env}"']],
  [
    'program: a.py\ncommand: ["${env}", "${args}", "${mass}", "${mas}"]\n',
    ['unknown-parameter at "${mas}", repaired by "${mass}"'],
  ],
  ['program: 3\n', ['wrong-type at "3", repaired by "\\"3\\""']],
  ['program: a.py\ninterpreter: []\n', ['wrong-type at "[]"']],
  ['program: a.py\ncommand: python a.py\n', ['wrong-type at "python a.py", repaired by "[python, a.py]"']],
])('a file with %j has its problems', (text, problems) => {
  expect(problemsOf(text + parameters)).toEqual(problems);
});

test('a parameter may have the name of a macro; in "command" the macros that say what is run come first', () => {
  const text =
    'program: a.py\ncommand: ["${env}", "${program}", "--e=${args}"]\nparameters: {env: [1], args: [2]}\n';
  expect(problemsOf(text)).toEqual([]);
  const { references } = parseSweepFile(text, { path: '/a/sweep.yaml' });
  expect(references.map(({ name }) => name)).toEqual(['args']);
});

test('a description is kept', () => {
  expect(fileOf(`cmd: [ls]\nproject: a\ndescription: c\n${parameters}`).description).toBe('c');
});

test.each<[string, string[]]>([
  ['results: {file: out.json}', []],
  ['results: {file: [a.json, b.csv, c/d.tsv, e.yaml, f.yml, g.jsonl, h.ndjson]}', []],
  ['results: {}', ['results: say where they come from by "file", "stdout", "stderr" or "exit_code"']],
  [
    'results: {file: out.dat}',
    [
      'results.file: results are read from files that end with .json, .jsonl, .ndjson, .csv, .tsv, .yaml, .yml',
    ],
  ],
  [
    'results: {file: ../out.json}',
    ['results.file: results are read from the run directory; write a relative path inside it'],
  ],
  [
    'results: {file: /out.json}',
    ['results.file: results are read from the run directory; write a relative path inside it'],
  ],
  [
    'results: {file: results.json}',
    [
      'results.file: "results.json" is a file of Multirun itself; what a program prints is searched by "stdout" and "stderr"',
    ],
  ],
  ['results: {file: a\\b.json}', ['results.file: folders are separated by "/" on every system']],
  [
    'results: {stdout: {a: "("}}',
    ['results.stdout.a: no regular expression that can be used: missing closing ): `(`'],
  ],
  [
    'results: {stdout: {a: "(x)(y)"}}',
    [
      'results.stdout.a: no regular expression that can be used: it has 2 groups, and a result is one; write (?:…) for the others',
    ],
  ],
  [
    'results: {stderr: {a: "x(?=y)"}}',
    [
      'results.stderr.a: no regular expression that can be used: invalid or unsupported Perl syntax: `(?=`; lookaround and backreferences are left out, so that no expression takes for ever',
    ],
  ],
  [
    'results: {stdout: [a]}',
    ['results.stdout: expected a mapping from results to regular expressions, got a list'],
  ],
  [
    'results: {exit_code: yes}',
    ['results.exit_code: expected true, or a list of exit codes, got a string; write [yes]'],
  ],
  [
    'results: {exit_code: [256]}',
    ['results.exit_code[0]: expected an exit code, from 0 to 255, got the number 256'],
  ],
  ['results: {fiel: a.json}', ['unknown key "fiel"; did you mean "file"?']],
  ['metric: {name: loss}', []],
  [
    'metric: {name: loss, goal: minimise}',
    ['metric.goal: expected minimize or maximize, got "minimise"; did you mean "minimize"?'],
  ],
  ['metric: {goal: minimize}', ['metric: the key "name" is missing']],
  ['metric: loss', ['metric: expected a mapping, got a string']],
  [
    'metric: {name: acc, goal: maximize, target: 0.9}',
    ['a sweep does not end when a run reaches this: all of its runs are run'],
  ],
])('%s is told', (line, messages) => {
  expect(messagesOf(soundExcept(line))).toEqual(messages);
});

const byItself =
  'write each word by itself, such as [python3, train.py, --lr, "${lr}"]; where a shell is needed, [sh, -c, …]';

test.each([
  ['echo ${mass}', 'write [echo, "${mass}"]'],
  [
    '"python3 train.py  --lr=${mass} - http://a:1"',
    'write [python3, train.py, "--lr=${mass}", "-", "http://a:1"]',
  ],
  ['ls', 'write [ls]'],
  ['echo ${mass} | wc', byItself],
  ['\'echo "a b"\'', byItself],
  ['|\n  echo a\n  echo b', byItself],
])('a command as one text, %s, is told how to be a list', (command, advice) => {
  expect(messagesOf(`cmd: ${command}\n${parameters}`)).toEqual([
    `cmd: expected a list of words, got a string; ${advice}`,
  ]);
});

test('a text elsewhere is one value, whatever spaces it has', () => {
  expect(messagesOf('cmd: [a]\nparameters: {mass: hello world}\n')).toEqual([
    'parameters.mass: expected a list of values, got a string; write [hello world]',
  ]);
});
