import { mix } from './permutation.ts';
import { randomStream } from './random.ts';

/** Binary digits that one word of random bits scrambles: a tree of so many levels has 31 nodes, a bit each. */
const levels = 5;

/** The words of such trees that stand above each other in 32 digits. */
const trees = Math.ceil(32 / levels);

/**
 * Scrambles coordinates in one dimension by nested uniform scrambling: each binary digit is turned over or not, as a coin
 * of its own says for the digits before it. It keeps the balance of a net, makes each point uniform in [0, 1), and the
 * error of a mean fall with n^-3/2.
 *
 * `scramble(word)` takes the 32 digits of a coordinate and returns a number in [0, 1), a multiple of 2^-53: the digits after
 * the 32nd are coins as well.
 *
 * Source: A. B. Owen, "Randomly permuted (t,m,s)-nets and (t,s)-sequences", Monte Carlo and Quasi-Monte Carlo Methods in
 * Scientific Computing (1995). The coins are not stored but hashed from the digits before them, as in B. Burley, "Practical
 * hash-based Owen scrambling", JCGT 9 (2020); not with its hash, but with one that draws each coin for itself.
 */
export function owenScramble(seed: number, stream: string): (word: number) => number {
  const random = randomStream(seed, stream);
  const keys = Int32Array.from({ length: trees + 1 }, (_, tree) => random.wordAt(tree));
  return (word) => {
    let scrambled = 0;
    for (let tree = 0; tree < trees; tree++) {
      const before = 32 - levels * tree;
      const prefix = before === 32 ? 0 : word >>> before;
      const coins = mix(prefix ^ (keys[tree] as number));
      let node = 1;
      const last = Math.max(0, before - levels);
      for (let digit = before - 1; digit >= last; digit--) {
        const bit = (word >>> digit) & 1;
        scrambled |= (bit ^ ((coins >>> node) & 1)) << digit;
        node = 2 * node + bit;
      }
    }
    const tail = mix(word ^ (keys[trees] as number)) >>> 11;
    return ((scrambled >>> 0) * 2 ** 21 + tail) * 2 ** -53;
  };
}
