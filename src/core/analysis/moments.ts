/** The arithmetic mean. */
export function meanOf(numbers: Float64Array): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** The variance of a sample, with n - 1 in the denominator. */
export function varianceOf(numbers: Float64Array): number {
  const mean = meanOf(numbers);
  return numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / (numbers.length - 1);
}

/** Whether all numbers are the same. */
export function isConstant(numbers: Float64Array): boolean {
  return numbers.every((number) => number === numbers[0]);
}

/**
 * How far each number is from the mean, in standard deviations (with n - 1); of numbers that are not all the same. Very large
 * and very small ones neither overflow nor vanish.
 */
export function standardScores(numbers: Float64Array): Float64Array {
  const mean = meanOf(numbers);
  const deviations = numbers.map((number) => number - mean);
  const largest = deviations.reduce((most, deviation) => Math.max(most, Math.abs(deviation)), 0);
  const scaled = deviations.map((deviation) => deviation / largest);
  const sum = scaled.reduce((total, deviation) => total + deviation ** 2, 0);
  return scaled.map((deviation) => deviation / Math.sqrt(sum / (numbers.length - 1)));
}

/** The numbers below and above which shares of `(1 - level) / 2` of them lie; of numbers in any order. */
export function percentileInterval(numbers: Float64Array, level: number): { low: number; high: number } {
  const sorted = numbers.toSorted();
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    const low = sorted[below] as number;
    return low + (place - below) * ((sorted[below + 1] ?? low) - low);
  };
  return { low: at((1 - level) / 2), high: at((1 + level) / 2) };
}
