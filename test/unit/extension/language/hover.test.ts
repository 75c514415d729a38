import { describe, expect, test } from 'vitest';
import { readUnfinishedYaml } from '../../../../src/core/sweepFile/readYaml.ts';
import { schemaHover } from '../../../../src/extension/language/hover.ts';

/** What is told where a text has a "|", and the text that it is told of. */
function at(marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const root = readUnfinishedYaml(text);
  const found = root && schemaHover(root, offset);
  return found && { text: text.slice(found.range.start, found.range.end), markdown: found.markdown };
}

describe('a hover', () => {
  test('tells what a key means, at any level', () => {
    expect(at('cm|d: [a]')).toEqual({
      text: 'cmd',
      markdown: expect.stringMatching(/^\*\*cmd\*\*\n\nThe command of each run/),
    });
    expect(at('runner:\n  max_|parallel: 3')?.markdown).toContain('at the same time');
    expect(at('input_files: [{path: a, link|age: copy}]')?.markdown).toContain('a copy of its own');
  });

  test('gives an example of a key', () => {
    expect(at('time|out: 3')?.markdown).toContain('```yaml\ntimeout: 30s\ntimeout: 5m\n```');
  });

  test('tells what a fixed value means', () => {
    expect(at('method: zi|p')).toEqual({
      text: 'zip',
      markdown: '**zip**\n\nThe first values of all, then the second ones.',
    });
  });

  test('says nothing of what people name themselves, of unknown keys, and of blank space', () => {
    expect(at('parameters:\n  ma|ss: [1]')).toBeUndefined();
    expect(at('name: lan|der')).toBeUndefined();
    expect(at('parametres|: 1')).toBeUndefined();
    expect(at('cmd: [a]\n\n|\nname: a')).toBeUndefined();
  });
});
