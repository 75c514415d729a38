import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { deviation, mean } from 'd3-array';

/** A mean with the interval that holds the true mean with the level's probability. */
export interface MeanInterval {
  readonly count: number;
  readonly mean: number;
  /** The ends of the interval; both the mean where there is but one number. */
  readonly low: number;
  readonly high: number;
}

/** The level of all intervals that are drawn. */
export const confidence = 0.95;

/**
 * The mean of numbers with its interval by Student's t-distribution: mean ± t(n−1) · s / √n, with the standard deviation
 * of the sample. Undefined without numbers.
 */
export function meanInterval(numbers: readonly number[], level = confidence): MeanInterval | undefined {
  const average = mean(numbers);
  if (average === undefined) return undefined;
  const half = halfWidth(numbers.length, deviation(numbers) ?? 0, level);
  return { count: numbers.length, mean: average, low: average - half, high: average + half };
}

/** The mean of the first numbers with its interval, for some counts up to all of them: at most `points`, the last one always. */
export function runningMean(
  numbers: ArrayLike<number>,
  points: number,
  level = confidence,
): readonly MeanInterval[] {
  const { length } = numbers;
  const step = Math.max(1, length / points);
  const result: MeanInterval[] = [];
  let average = 0;
  // Welford's algorithm: the sum of squares about the mean as it grows.
  let squares = 0;
  let next = 1;
  for (let count = 1; count <= length; count++) {
    const number = numbers[count - 1] as number;
    const delta = number - average;
    average += delta / count;
    squares += delta * (number - average);
    if (count < Math.floor(next) && count !== length) continue;
    next += step;
    const half = halfWidth(count, count > 1 ? Math.sqrt(squares / (count - 1)) : 0, level);
    result.push({ count, mean: average, low: average - half, high: average + half });
  }
  return result;
}

function halfWidth(count: number, standardDeviation: number, level: number): number {
  if (count < 2) return 0;
  return (tQuantile((1 + level) / 2, count - 1) * standardDeviation) / Math.sqrt(count);
}
