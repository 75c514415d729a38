import { describe, expect, test } from 'vitest';
import { philox } from '../../../../../src/core/plan/sampling/philox.ts';
import { fnv1a, largestSeed, randomStream, uniformAt } from '../../../../../src/core/plan/sampling/random.ts';

test.each([
  // tests/kat_vectors of Random123: counter, key, output.
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
])('Philox gives the known answers of its authors for the counter %j', (counter, [key0, key1], answer) => {
  const block = Int32Array.from(counter);
  philox(block, key0 as number, key1 as number);
  expect([...block].map((word) => word >>> 0)).toEqual(answer);
});

test.each([
  ['', 0xcbf29ce484222325n],
  ['a', 0xaf63dc4c8601ec8cn],
  ['foobar', 0x85944171f73967e8n],
])('FNV-1a gives the known hash of "%s"', (text, hash) => {
  expect(fnv1a(text)).toBe(hash);
});

describe('a random number', () => {
  test('depends on seed, stream and index, and on nothing else', () => {
    const at = randomStream(7, 'mass').uniformAt;
    const forwards = Array.from({ length: 100 }, (_, index) => at(index));
    const backwards = Array.from({ length: 100 }, (_, index) => uniformAt(7, 'mass', 99 - index)).reverse();
    expect(forwards).toEqual(backwards);
    expect(new Set(forwards).size).toBe(100);
    expect(uniformAt(7, 'mass', 0)).not.toBe(uniformAt(7, 'thrust', 0));
    expect(uniformAt(7, 'mass', 0)).not.toBe(uniformAt(8, 'mass', 0));
  });

  test('uses every bit of a large seed and a large index', () => {
    const numbers = [
      uniformAt(largestSeed, 'x', 0),
      uniformAt(largestSeed - 1, 'x', 0),
      uniformAt(largestSeed - 2 ** 32, 'x', 0),
      uniformAt(0, 'x', largestSeed),
      uniformAt(0, 'x', largestSeed - 1),
      uniformAt(0, 'x', largestSeed - 2 ** 32),
    ];
    expect(new Set(numbers).size).toBe(6);
  });

  test.each([-1, 0.5, 2 ** 53, Number.NaN])('is refused for the seed %d', (seed) => {
    expect(() => uniformAt(seed, 'x', 0)).toThrow(RangeError);
  });
});
