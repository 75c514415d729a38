/** A point by its two values, less being better for both, and its row. */
export interface ParetoPoint {
  readonly x: number;
  readonly y: number;
  readonly row: number;
}

/**
 * Pareto's front: the points that no other point beats, being at least as good in both values and better in one; by x,
 * ascending. Points that are equal are all in it. Takes n · log n steps, of the points that may be in it alone.
 */
export function paretoFront(points: readonly ParetoPoint[]): ParetoPoint[] {
  const sorted = candidates(points).sort((a, b) => a.x - b.x || a.y - b.y);
  const front: ParetoPoint[] = [];
  for (const point of sorted) {
    const best = front.at(-1);
    const isEqual = best !== undefined && best.x === point.x && best.y === point.y;
    if (best === undefined || point.y < best.y || isEqual) front.push(point);
  }
  return front;
}

const stripCount = 1024;

/** The points but for those that a point beats which is far enough from them to be found without sorting. */
function candidates(points: readonly ParetoPoint[]): ParetoPoint[] {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x } of points) {
    if (x < min) min = x;
    if (x > max) max = x;
  }
  const scale = stripCount / (max - min);
  if (!Number.isFinite(scale)) return [...points];
  const stripOf = ({ x }: ParetoPoint) => Math.min(stripCount - 1, Math.floor((x - min) * scale));
  // The least y of all strips to the left of each one.
  const leastBefore = new Float64Array(stripCount + 1).fill(Number.POSITIVE_INFINITY);
  for (const point of points) {
    const after = stripOf(point) + 1;
    if (point.y < (leastBefore[after] as number)) leastBefore[after] = point.y;
  }
  for (let strip = 1; strip <= stripCount; strip++) {
    leastBefore[strip] = Math.min(leastBefore[strip] as number, leastBefore[strip - 1] as number);
  }
  return points.filter((point) => point.y < (leastBefore[stripOf(point)] as number));
}
