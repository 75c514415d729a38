/** Fewer durations say little about the next one. */
const fewest = 3;
/** A timeout that is a share of a very short median would end runs for the noise of the machine; in ms. */
export const shortestTimeoutMs = 1000;

/** The median of the durations so far. */
export interface MedianDuration {
  add(durationMs: number): void;
  /** So many percent of the median, in ms, at least {@link shortestTimeoutMs}; undefined before the third duration. */
  percent(percent: number): number | undefined;
}

/** Keeps the median of a growing number of durations, in ms. */
export function medianDuration(durations: Iterable<number> = []): MedianDuration {
  const sorted = Float64Array.from(durations).sort();
  // A typed array moves its elements in one piece: inserting into 100,000 takes some microseconds.
  let values = new Float64Array(Math.max(64, sorted.length * 2));
  values.set(sorted);
  let { length } = sorted;
  return {
    add(durationMs) {
      if (length === values.length) {
        const larger = new Float64Array(length * 2);
        larger.set(values);
        values = larger;
      }
      let low = 0;
      let high = length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((values[middle] as number) <= durationMs) low = middle + 1;
        else high = middle;
      }
      values.copyWithin(low + 1, low, length);
      values[low] = durationMs;
      length += 1;
    },
    percent(percent) {
      if (length < fewest) return undefined;
      const upper = values[length >>> 1] as number;
      const median = length % 2 === 1 ? upper : ((values[(length >>> 1) - 1] as number) + upper) / 2;
      return Math.max(shortestTimeoutMs, Math.round((median * percent) / 100));
    },
  };
}
