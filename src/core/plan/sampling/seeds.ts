import { permutation } from './permutation.ts';

/** How many seeds there are for runs: each fits what C, Fortran, Java and NumPy take for a seed, a signed 32-bit integer. */
const seedCount = 2 ** 31;

/**
 * Seeds for the runs of a sweep, from 0 to 2^31-1, chosen by the sweep's seed. A run's seed depends on its index alone, and
 * no two of the first 2^31 runs have the same.
 */
export function runSeeds(seed: number): (index: number) => number {
  const place = permutation(seed, 'run seeds', seedCount);
  return (index) => place(index % seedCount);
}
