import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { writeYaml } from '../../../../src/core/sweepFile/writeYaml.ts';

test('what is written is read as the same', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 10 }),
    fc
      .array(fc.constantFrom('a', ':', '\n', '#', ' ', '-', '?', '"', "'", '${', '{', '}', '|', '1', '~'), {
        maxLength: 8,
      })
      .map((parts) => parts.join('')),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.constantFrom(null, true, 1.5, -3, 1e21),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(
        text.filter((key) => key !== '__proto__'),
        tie('value'),
        { maxKeys: 4, noNullPrototype: true },
      ),
    ),
  }));
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('cmd', 'parameters', 'x'), value, { noNullPrototype: true }),
      (written) => {
        expect(parse(writeYaml(written))).toEqual(written);
      },
    ),
    { numRuns: 2000 },
  );
});
