import { describe, expect, test } from 'vitest';
import { suggestionsAt } from '../../../../src/extension/language/completion.ts';

/** What is suggested where a text has a "|". */
function at(marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return suggestionsAt(text, offset, () => [
    { name: 'mass', documentation: 'three values' },
    { name: 'opt.lr', documentation: '' },
  ]);
}

function labels(marked: string): string[] {
  return at(marked)?.items.map(({ label }) => label) ?? [];
}

describe('keys', () => {
  test('are suggested at the top of an empty file, the needed one first', () => {
    expect(labels('|')[0]).toBe('cmd');
    expect(labels('|')).toEqual(
      expect.arrayContaining(['name', 'parameters', 'method', 'runner', 'timeout']),
    );
  });

  test('are suggested in a line of its own between other keys', () => {
    expect(labels('cmd: [a]\n|\nparameters:\n  a: [1]\n')).toContain('method');
    expect(labels('cmd: [a]\nme|\nparameters:\n  a: [1]\n')).toContain('method');
  });

  test('are not suggested twice', () => {
    expect(labels('cmd: [a]\n|')).not.toContain('cmd');
  });

  test('are suggested only where they go together with what is there', () => {
    expect(labels('cmd: [a]\n|')).toEqual(expect.arrayContaining(['parameters', 'runs']));
    expect(labels('cmd: [a]\n|\nparameters: {a: [1]}\n')).not.toContain('runs');
    const normal = labels('cmd: [a]\nparameters:\n  x: {distribution: normal, |}\n');
    expect(normal).toEqual(expect.arrayContaining(['mu', 'sigma', 'when']));
    expect(normal).not.toEqual(expect.arrayContaining(['lambda']));
    expect(labels('cmd: [a]\nparameters:\n  x: {values: [1, 2], |}\n')).not.toContain('min');
  });

  test('are suggested at any level', () => {
    expect(labels('runner:\n  |\n')).toEqual(['type', 'max_parallel']);
    expect(labels('runner:\n  ma|\ncmd: [a]')).toContain('max_parallel');
    expect(labels('input_files:\n  - |')).toEqual(['path', 'linkage', 'rename']);
    expect(labels('input_files:\n  - path: a.csv\n    |')).toEqual(['linkage', 'rename']);
    expect(labels('parameters:\n  mass:\n    |')).toContain('values');
  });

  test('are suggested within brackets, also while these are open', () => {
    expect(labels('runner: {|}')).toEqual(['type', 'max_parallel']);
    expect(labels('runner: {type: slurm, |}')).toEqual(
      expect.arrayContaining(['partition', 'time', 'setup']),
    );
    expect(labels('input_files: [{path: a.csv, |}]')).toEqual(['linkage', 'rename']);
    expect(labels('input_files: [{path: a.csv, l|')).toEqual(['linkage', 'rename']);
  });

  test('bring their colon, and brackets where a list follows', () => {
    const insert = (marked: string, name: string) =>
      at(marked)?.items.find(({ label }) => label === name)?.insert;
    expect(insert('|', 'cmd')).toBe('cmd: [$0]');
    expect(insert('|', 'runner')).toBe('runner:\n  $0');
    expect(insert('{|}', 'runner')).toBe('runner: {$0}');
    expect(insert('|', 'timeout')).toBe('timeout: $0');
    expect(insert('cm|: [a]', 'cmd')).toBe('cmd');
  });

  test('say what they mean, with their default and an example', () => {
    const key = at('runner:\n  |')?.items.find(({ label }) => label === 'max_parallel');
    expect(key?.documentation).toMatch(/^How many runs may run at the same time\. Default 4;/);
    const cmd = at('|')?.items.find(({ label }) => label === 'cmd');
    expect(cmd?.documentation).toContain('```yaml\ncmd: [python3, lander.py, --mass, "${mass}"]\n```');
  });

  test('are not suggested where a person writes a value, a comment, or a name of their own', () => {
    expect(labels('cmd: |')).toEqual([]);
    expect(labels('# |')).toEqual([]);
    expect(labels('cmd: [a] # |')).toEqual([]);
    expect(labels('parameters:\n  |')).toEqual([]);
    expect(labels('env:\n  |')).toEqual([]);
  });
});

describe('values', () => {
  test('are those that a key can have', () => {
    expect(labels('method: |')).toEqual(expect.arrayContaining(['grid', 'zip']));
    expect(labels('method: z|\ncmd: [a]')).toContain('zip');
    expect(labels('method: "z|"')).toContain('zip');
    expect(labels('method:\n  |')).toContain('zip');
    expect(labels('input_files:\n  - path: a\n    linkage: |')).toEqual(['copy', 'shared', 'link']);
  });

  test('say what they mean', () => {
    const zip = at('method: |')?.items.find(({ label }) => label === 'zip');
    expect(zip?.documentation).toBe('The first values of all, then the second ones.');
  });

  test('are examples where anything can be written', () => {
    expect(labels('timeout: |')).toEqual(['30s', '5m', '90', '300%']);
  });
});

describe('parameters', () => {
  test('are suggested behind "${", and the brace is closed', () => {
    const found = at('cmd: [echo, "--mass=${m|"]');
    expect(found?.items.slice(0, 2).map(({ label, insert }) => [label, insert])).toEqual([
      ['mass', 'mass}'],
      ['opt.lr', 'opt.lr}'],
    ]);
    expect(found?.typed).toEqual({ start: 22, end: 23 });
  });

  test('replace the name that stands there, and leave a closed brace as it is', () => {
    const found = at('cmd: [echo, "${m|ess}"]');
    expect(found?.items[0]?.insert).toBe('mass');
    expect(found?.word).toEqual({ start: 15, end: 19 });
  });

  test('are not suggested behind a literal "${{"', () => {
    expect(labels('cmd: [echo, "${{|"]')).toEqual([]);
    expect(labels('cmd: [echo, "${mass}|"]')).toEqual([]);
  });
});

test('parameters are suggested within expressions', () => {
  const found = at('parameters:\n  fuel:\n    when: solver == 1 && ma|');
  expect(found?.items.map(({ insert }) => insert)).toEqual(['mass', 'opt.lr']);
  expect(found?.typed).toEqual({ start: 45, end: 47 });
  expect(labels('exclude:\n  - |')).toContain('mass');
  expect(labels('exclude: |')).toContain('mass');
  expect(labels('derived:\n  ratio: |')).toContain('mass');
});

describe('files', () => {
  test('are asked for where a path is written, folder by folder', () => {
    expect(at('input_files:\n  - |')?.files).toMatchObject({ folder: '' });
    expect(at('input_files: [a, data/te|]')?.files).toEqual({
      folder: 'data/',
      typed: { start: 22, end: 24 },
      word: { start: 22, end: 24 },
    });
    expect(at('input_files:\n  - path: "|"')?.files).toMatchObject({ folder: '' });
    expect(at('cmd: [|]')?.files).toBeUndefined();
  });
});
