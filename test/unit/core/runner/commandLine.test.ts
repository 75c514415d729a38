import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commandLine } from '../../../../src/core/runner/commandLine.ts';

test('only what needs quotes has them', () => {
  expect(commandLine(['python3', 'lander.py', '--mass=900', 'a b', '', "it's"])).toBe(
    `python3 lander.py --mass=900 'a b' '' 'it'\\''s'`,
  );
});

test.skipIf(process.platform === 'win32')('a shell reads back exactly the arguments', () => {
  const word = fc
    .string({ unit: 'binary', maxLength: 20 })
    .filter((text) => !text.includes('\0') && text.isWellFormed());
  fc.assert(
    fc.property(fc.array(word, { minLength: 100, maxLength: 200 }), (words) => {
      const line = commandLine(['printf', '%s\\0', ...words]);
      const printed = execFileSync('/bin/sh', ['-c', line], { encoding: 'utf8' });
      expect(printed.split('\0').slice(0, -1)).toEqual(words);
    }),
    { numRuns: 5 },
  );
});
