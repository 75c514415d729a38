import { outcomeAt, sharesOf } from './shares.ts';

/** The largest mean of a Poisson distribution; around it, there are some 10^5 counts to choose from. */
export const largestLambda = 1e8;

/** Counts that are less likely than this, against the likeliest one, lie beyond what a u of 53 bits can reach. */
const leastWeight = 2 ** -64;

/**
 * The inverse of the cumulative distribution function of a Poisson distribution with the mean `lambda`.
 *
 * Each count's weight follows from its neighbour's, beginning at the likeliest count: p(k) = p(k-1) · lambda / k. So there
 * is no exponential that could underflow and no incomplete gamma function; the error of a share is below 10^-11 for the
 * largest mean. Takes time and memory in proportion to the square root of the mean.
 */
export function poissonQuantile(lambda: number): (u: number) => number {
  const likeliest = Math.floor(lambda);
  const below: number[] = [];
  for (let count = likeliest, weight = 1; count > 0; count--) {
    weight *= count / lambda;
    if (weight < leastWeight) break;
    below.push(weight);
  }
  const above: number[] = [];
  for (let count = likeliest + 1, weight = lambda / count; weight >= leastWeight; ) {
    above.push(weight);
    weight *= lambda / ++count;
  }
  const least = likeliest - below.length;
  const shares = sharesOf([...below.reverse(), 1, ...above]);
  return (u) => least + outcomeAt(shares, u);
}
