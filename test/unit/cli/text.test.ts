import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { cut, harmless, lastLines, paramsText } from '../../../src/cli/text.ts';
import { temporaryDirectory } from '../../rig/temporaryDirectory.ts';

describe('text of an unknown program', () => {
  test.each([
    ['plain\ttext\n', 'plain\ttext\n'],
    ['\u001B[31mred\u001B[0m', 'red'],
    ['\u001B]8;;http://evil\u0007link\u001B]8;;\u0007', 'link'],
    ['\u001B]0;title\u0007x', 'x'],
    ['a\r\nb', 'a\nb'],
    ['10%\r50%\r100%\nnext', '100%\nnext'],
    ['bell\u0007 back\b\u009B2J\u202Eoverride', 'bell backoverride'],
  ])('%j becomes %j', (text, shown) => expect(harmless(text)).toBe(shown));

  test('never holds a control character but line breaks and tabs', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
        expect(harmless(text)).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/);
      }),
    );
  });
});

test('a cut text is as wide as it may be, and says that it was cut', () => {
  expect(cut('abcdef', 6)).toBe('abcdef');
  expect(cut('abcdefg', 6)).toBe('abcde…');
  expect(cut('安全な高原', 6)).toBe('安全…');
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.integer({ min: 1, max: 30 }),
      (text, width) => {
        expect(stringWidth(cut(text, width))).toBeLessThanOrEqual(width);
      },
    ),
  );
});

test('parameters are told on one line', () => {
  expect(paramsText({ a: 1, b: 'x\ny', c: null, d: [1] }, ['a', 'b', 'd', 'none'])).toBe('a=1, b=x y, d=[1]');
  expect(paramsText({ a: 'x'.repeat(1e6) }, ['a'])).toBe(`a=${'x'.repeat(29)}…`);
});

test('the last lines of a long file are read, and of a missing one none', async () => {
  await using directory = await temporaryDirectory();
  const path = directory.at('stderr.log');
  writeFileSync(path, `${'ä'.repeat(100_000)}\n\nlast but one\n  last  \n`);
  expect(await lastLines(path, 5)).toEqual(['last but one', '  last']);
  writeFileSync(path, 'no line break');
  expect(await lastLines(path, 5)).toEqual(['no line break']);
  expect(await lastLines(directory.at('none'), 5)).toEqual([]);
});
