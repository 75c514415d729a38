import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addValues, type Chunk, chunkBuilder } from '../../../../src/core/resultsTable/chunk.ts';
import { decodeChunk, encodeChunk } from '../../../../src/core/resultsTable/chunkBytes.ts';

const anyCell = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom('Infinity', 'NaN', 'ü"\\\n'),
);

test('a chunk is the same after it has been bytes, to the last bit', () => {
  const name = fc.oneof(
    fc.constantFrom('a', 'b'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 9 }),
  );
  const runs = fc.array(fc.dictionary(name, anyCell, { maxKeys: 5 }), { maxLength: 20 });
  fc.assert(
    fc.property(runs, (all) => {
      const chunk = chunkOf(all);
      const { buffer } = encodeChunk(chunk);
      expect(decodeChunk(buffer)).toEqual(chunk);
    }),
  );
});

function chunkOf(results: readonly unknown[]): Chunk {
  const builder = chunkBuilder(['parameter', 'result'], results.length);
  for (const [run, values] of results.entries()) {
    builder.run(7 * run);
    addValues(builder, { seed: run }, values);
  }
  return builder.build();
}
