import { type Block, philox } from './philox.ts';

/** The largest seed: seeds are the integers from 0 to this. */
export const largestSeed = Number.MAX_SAFE_INTEGER;

const twoTo32 = 2 ** 32;
const twoTo26 = 2 ** 26;
const twoToMinus53 = 2 ** -53;

/**
 * A uniform random number in [0, 1), a multiple of 2^-53. It depends on its arguments alone: the same on every machine, in
 * whatever order numbers are asked for. Different seeds, streams and indexes give numbers that are independent of each
 * other.
 *
 * `seed` is an integer from 0 to {@link largestSeed}, `stream` any text (a parameter's name, so that a new parameter does
 * not change the values of the others), `index` an integer from 0 to 2^53-1.
 */
export function uniformAt(seed: number, stream: string, index: number): number {
  return randomStream(seed, stream).uniformAt(index);
}

/** The random numbers of one seed and one name, each by its index. */
export interface RandomStream {
  /** A number in [0, 1), a multiple of 2^-53. */
  uniformAt(index: number): number;
  /** 32 random bits, as an unsigned integer. */
  wordAt(index: number): number;
}

/**
 * The random numbers that {@link uniformAt} gives for `seed` and `stream`; faster when many are asked for.
 *
 * The key of the generator is the seed; its counter is the index beside the hash of the stream's name. Throws a RangeError
 * for a seed that is none.
 */
export function randomStream(seed: number, stream: string): RandomStream {
  if (!(Number.isSafeInteger(seed) && seed >= 0)) {
    throw new RangeError(`a seed is an integer from 0 to ${largestSeed}, not ${seed}`);
  }
  const key0 = seed | 0;
  const key1 = Math.floor(seed / twoTo32) | 0;
  const hash = fnv1a(stream);
  const hashLow = Number(hash & 0xffffffffn) | 0;
  const hashHigh = Number(hash >> 32n) | 0;
  const block: Block = new Int32Array(4);
  const drawAt = (index: number) => {
    block[0] = index;
    block[1] = Math.floor(index / twoTo32);
    block[2] = hashLow;
    block[3] = hashHigh;
    philox(block, key0, key1);
  };
  return {
    uniformAt(index) {
      drawAt(index);
      const high = (block[0] as number) >>> 5;
      const low = (block[1] as number) >>> 6;
      return (high * twoTo26 + low) * twoToMinus53;
    },
    wordAt(index) {
      drawAt(index);
      return (block[0] as number) >>> 0;
    },
  };
}

const utf8 = new TextEncoder();

/**
 * The 64-bit FNV-1a hash of a text's UTF-8 bytes.
 *
 * Source: G. Fowler, L. C. Noll, K.-P. Vo and D. Eastlake, "The FNV non-cryptographic hash algorithm" (RFC 9923).
 */
export function fnv1a(text: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of utf8.encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash;
}
