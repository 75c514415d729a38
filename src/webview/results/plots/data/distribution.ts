import { quantileSorted, ticks } from 'd3-array';

/** What a box plot shows. */
export interface BoxSummary {
  readonly count: number;
  /** The ends of the whiskers: the farthest numbers within 1.5 times the box's height from it (Tukey). */
  readonly low: number;
  readonly firstQuartile: number;
  readonly median: number;
  readonly thirdQuartile: number;
  readonly high: number;
  /** The places, in what was given, of numbers beyond the whiskers. */
  readonly outliers: readonly number[];
}

/** Quartiles as R's type 7 has them (linear between numbers), whiskers as Tukey drew them; undefined without numbers. */
export function boxSummary(numbers: ArrayLike<number>): BoxSummary | undefined {
  const sorted = Float64Array.from(numbers).sort();
  if (sorted.length === 0) return undefined;
  const quartile = (share: number) => quantile(sorted, share);
  const [firstQuartile, median, thirdQuartile] = [quartile(0.25), quartile(0.5), quartile(0.75)];
  const reach = 1.5 * (thirdQuartile - firstQuartile);
  const isInside = (number: number) => number >= firstQuartile - reach && number <= thirdQuartile + reach;
  const outliers: number[] = [];
  for (let place = 0; place < numbers.length; place++) {
    if (!isInside(numbers[place] as number)) outliers.push(place);
  }
  return {
    count: sorted.length,
    low: sorted.find(isInside) as number,
    firstQuartile,
    median,
    thirdQuartile,
    high: sorted.findLast(isInside) as number,
    outliers,
  };
}

/** Linear between the numbers; d3's types forget that it takes typed arrays, too. */
function quantile(sorted: Float64Array, share: number): number {
  return quantileSorted(sorted as unknown as number[], share) as number;
}

/** A step of an empirical distribution function: the share of numbers that are `at` or less. */
export interface EcdfStep {
  readonly at: number;
  readonly share: number;
}

/** The empirical distribution function of numbers, with at most `most` steps, the first and the last one among them. */
export function ecdf(numbers: ArrayLike<number>, most: number): readonly EcdfStep[] {
  const sorted = Float64Array.from(numbers).sort();
  const { length } = sorted;
  const steps: EcdfStep[] = [];
  const every = Math.max(1, length / most);
  let next = 0;
  for (let place = 0; place < length; place++) {
    const isLastOfEqual = place + 1 === length || sorted[place + 1] !== sorted[place];
    if (!isLastOfEqual || (place < next && place + 1 < length)) continue;
    next = Math.max(next + every, place + 1);
    steps.push({ at: sorted[place] as number, share: (place + 1) / length });
  }
  return steps;
}

/**
 * The borders between the bars of a histogram of numbers from `min` to `max`: round numbers, about as many as Freedman and
 * Diaconis ask for (a width of twice the distance of the quartiles over the cube root of the count), 5 to 60. On a
 * logarithmic scale all numbers are logarithms.
 */
export function histogramBorders(numbers: ArrayLike<number>): readonly number[] {
  const sorted = Float64Array.from(numbers).sort();
  const min = sorted[0];
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) return [];
  // Numbers that differ by rounding alone have no round numbers between them.
  const isNarrow = max - min <= Math.max(1e-12 * Math.max(Math.abs(min), Math.abs(max)), 1e-300);
  if (isNarrow) return [min - 0.5, max + 0.5];
  const spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  const width = (2 * spread) / Math.cbrt(sorted.length);
  const count = width > 0 ? Math.ceil((max - min) / width) : Math.ceil(Math.log2(sorted.length)) + 1;
  const inner = ticks(min, max, Math.min(60, Math.max(5, count)));
  const step = (inner[1] ?? max) - (inner[0] ?? min) || max - min;
  const borders = [...inner];
  while ((borders[0] ?? min) > min) borders.unshift((borders[0] as number) - step);
  while ((borders.at(-1) ?? max) <= max) borders.push((borders.at(-1) as number) + step);
  return borders;
}
