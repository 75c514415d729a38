import { randomStream } from './random.ts';

/**
 * A random order of the integers from 0 to `size` - 1, chosen by `seed` and `stream`, in which each place is found by
 * itself: `permutation(...)(index)` takes the same short time for any size up to 2^53, and no memory.
 *
 * Every order of a few integers is as likely as any other, as far as a chi-square test can see.
 *
 * A Feistel network over pairs of numbers, whose few values past the end are sent through again until they fall inside: the
 * generalized Feistel cipher with cycle walking of J. Black and P. Rogaway, "Ciphers with arbitrary finite domains", CT-RSA
 * (2002).
 */
export function permutation(seed: number, stream: string, size: number): (index: number) => number {
  const columns = Math.ceil(Math.sqrt(size));
  const rows = Math.ceil(size / columns);
  // The fewer values a half can take, the fewer ways there are to move the other half, and the more rounds it takes.
  const rounds = size < 4096 ? 24 : 8;
  const random = randomStream(seed, stream);
  const keys = Int32Array.from({ length: rounds }, (_, round) => random.wordAt(round));
  const pass = (index: number): number => {
    let column = index % columns;
    let row = Math.floor(index / columns);
    for (let round = 0; round < rounds; round += 2) {
      column += scale(mix(row ^ (keys[round] as number)), columns);
      if (column >= columns) column -= columns;
      row += scale(mix(column ^ (keys[round + 1] as number)), rows);
      if (row >= rows) row -= rows;
    }
    return row * columns + column;
  };
  return (index) => {
    let place = pass(index);
    while (place >= size) place = pass(place);
    return place;
  };
}

/** A random word as an integer from 0 to `count` - 1, for a count far below 2^32. */
function scale(word: number, count: number): number {
  return Math.floor(word * count * 2 ** -32);
}

/**
 * A bijection of 32-bit words in which every bit of the input changes about half of the output's: the finalizer of
 * MurmurHash3 (A. Appleby, public domain). The result is unsigned.
 */
export function mix(word: number): number {
  let x = word ^ (word >>> 16);
  x = Math.imul(x, 0x85ebca6b);
  x ^= x >>> 13;
  x = Math.imul(x, 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
