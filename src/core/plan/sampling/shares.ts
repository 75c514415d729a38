/** Weights of consecutive outcomes, added up: each entry is the sum of its own weight and of all before it. */
export type Shares = Float64Array;

/** Adds weights up. */
export function sharesOf(weights: Iterable<number>): Shares {
  let sum = 0;
  return Float64Array.from(weights, (weight) => {
    sum += weight;
    return sum;
  });
}

/**
 * Which outcome `u`, in [0, 1), falls on: the first one whose share reaches over u times the sum of all weights. An outcome
 * without weight is never met.
 */
export function outcomeAt(shares: Shares, u: number): number {
  const share = u * (shares[shares.length - 1] as number);
  let low = 0;
  let high = shares.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((shares[middle] as number) > share) high = middle;
    else low = middle + 1;
  }
  return low;
}
