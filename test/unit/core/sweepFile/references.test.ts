import { expect, test } from 'vitest';
import { fileOf, problemsOf } from './problems.ts';

const parameters = 'parameters: {mass: [1], thrust: [2]}\n';

test.each<[string, string, string[]]>([
  ['a plain word', 'cmd:\n  - a\n  - --x=${mas}', ['unknown-parameter at "${mas}", repaired by "${mass}"']],
  ['single quotes', "cmd: [a, 'it''s ${foo}']", ['unknown-parameter at "${foo}"']],
  ['double quotes with escapes', 'cmd: [a, "\\t\\"${foo}"]', ['unknown-parameter at "${foo}"']],
  [
    'a block',
    'cmd:\n  - a\n  - |  # not ${this}\n    ${mass}\n    ${foo}',
    ['unknown-parameter at "${foo}"'],
  ],
  [
    'a folded block',
    'cmd:\n  - a\n  - >-\n    x ${mass}\n    y ${foo} ${bar}',
    ['unknown-parameter at "${foo}"', 'unknown-parameter at "${bar}"'],
  ],
  ['quotes over several lines', 'cmd: [a, "x\n  ${foo}\n  y"]', ['unknown-parameter at "${foo}"']],
  ['escapes that hide it', 'cmd: [a, "\\x24{foo}"]', ['unknown-parameter at "\\"\\\\x24{foo}\\""']],
  ['the second of two', 'cmd: [a, "${mass}${foo}"]', ['unknown-parameter at "${foo}"']],
  ['a literal before it', 'cmd: [a, "${{ ${foo}"]', ['unknown-parameter at "${foo}"']],
  ['the environment', 'cmd: [a]\nenv: {A: "${foo}"}', ['unknown-parameter at "${foo}"']],
  ['an alias of another word', 'cmd: [a, &x "${foo}", *x]', ['unknown-parameter at "${foo}"']],
])('a name that is no parameter is found in %s', (_, text, problems) => {
  expect(problemsOf(`${text}\n${parameters}`)).toEqual(problems);
});

test.each<[string, string[]]>([
  ['"${"', ['invalid-template at "${"']],
  ['"${}"', ['invalid-template at "${}"']],
  ['"${a b}"', ['invalid-template at "${a b}"']],
  ['"${mass:.3f}"', []],
  ['"${mass:}"', []],
  ['"${mass:.3q}"', ['invalid-template at "${mass:.3q}"']],
  ['"${mas:.3f}"', ['unknown-parameter at "${mas:.3f}", repaired by "${mass:.3f}"']],
  ['"${envvar:HOME}/x"', []],
  ['"${envvar:a b}"', ['invalid-template at "${envvar:a b}"']],
  ['"${args}"', []],
  ['"--config=${args_json_file}"', []],
  ['"--all=${args}"', ['invalid-template at "${args}"']],
  ['"${program}"', ['unknown-parameter at "${program}"']],
  ['"${x${mass}"', ['invalid-template at "${"']],
  ['"${HOME:-/tmp}"', ['invalid-template at "${HOME:-/tmp}"']],
  ['"$mass $ {mass} $$ {}"', []],
  ['"${{"', []],
])('the word %s has its problems', (word, problems) => {
  expect(problemsOf(`cmd: [a, ${word}]\n${parameters}`)).toEqual(problems);
});

test('a parameter that nothing takes is no problem, since programs read their parameters themselves', () => {
  expect(problemsOf(`cmd: [a]\n${parameters}`)).toEqual([]);
});

test('a name must be in every run of a list', () => {
  expect(problemsOf('cmd: [x, "${a}", "${b}", "${c}"]\nruns: [{a: 1, b: 1}, {a: 2}]\n')).toEqual([
    'unknown-parameter at "${b}"',
    'unknown-parameter at "${c}"',
  ]);
});

test('a misspelled "parameters" does not make every name a second problem', () => {
  expect(problemsOf('cmd: [x, "${mass}"]\nparamters: {mass: [1]}\n')).toEqual([
    'unknown-key at "paramters", repaired by "parameters"',
  ]);
});

test('names have letters of any language, and dots', () => {
  expect(
    fileOf('cmd: [x, "${größe}", "${opt.lr}", "${質量}"]\nparameters: {größe: [1], opt.lr: [2], 質量: [3]}\n')
      .cmd,
  ).toHaveLength(4);
});

test.each([
  ['cmd: [a, ${mass}]', '${mass}'],
  ['cmd: [a, --x=${mass}.csv, b]', '--x=${mass}.csv'],
  ['cmd: [a]\nenv: {A: ${mass}}', '${mass}'],
])('in %s, where YAML takes the brace for a mapping, quotes are asked for', (text, word) => {
  expect(problemsOf(`${text}\n${parameters}`)).toEqual([
    `syntax at ${JSON.stringify(word)}, repaired by ${JSON.stringify(JSON.stringify(word))}`,
  ]);
});
