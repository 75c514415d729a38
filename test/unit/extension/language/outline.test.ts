import { expect, test } from 'vitest';
import { readUnfinishedYaml } from '../../../../src/core/sweepFile/readYaml.ts';
import { type OutlineEntry, outlineOf } from '../../../../src/extension/language/outline.ts';

function outline(text: string): string[] {
  const root = readUnfinishedYaml(text);
  const lines = (entries: readonly OutlineEntry[], indent: string): string[] =>
    entries.flatMap(({ name, detail, kind, children }) => [
      `${indent}${name} (${kind}) ${detail}`.trimEnd(),
      ...lines(children, `${indent}  `),
    ]);
  return lines(root === undefined ? [] : outlineOf(root), '');
}

test('the outline of a sweep file lists its keys with what they hold', () => {
  expect(
    outline(
      'name: lander\ncmd: [python3, lander.py]\nparameters:\n  mass: [900, 1000]\n  deep:\n    values: [1]\ntimeout: 30\nruns:\n  - {a: 1}\n  - b: true\n',
    ),
  ).toEqual([
    'name (text) lander',
    'cmd (list) python3, lander.py',
    'parameters (mapping)',
    '  mass (list) 900, 1000',
    '  deep (mapping)',
    '    values (list) 1',
    'timeout (number) 30',
    'runs (list)',
    '  [0] (mapping)',
    '    a (number) 1',
    '  [1] (mapping)',
    '    b (boolean) true',
  ]);
});

test('each name of an outline lies within its part', () => {
  const text = 'cmd:\n  - a\nparameters:\n  mass:\nname:\n';
  const root = readUnfinishedYaml(text);
  const check = (entries: readonly OutlineEntry[]): void => {
    for (const { range, nameRange, children } of entries) {
      expect(range.start).toBeLessThanOrEqual(nameRange.start);
      expect(range.end).toBeGreaterThanOrEqual(nameRange.end);
      check(children);
    }
  };
  check(root === undefined ? [] : outlineOf(root));
});
