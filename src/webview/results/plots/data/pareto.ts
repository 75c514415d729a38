/** A point by its two values, less being better for both, and its row. */
export interface ParetoPoint {
  readonly x: number;
  readonly y: number;
  readonly row: number;
}

/**
 * Pareto's front: the points that no other point beats, being at least as good in both values and better in one; by x,
 * ascending. Points that are equal are all in it. Takes n · log n steps.
 */
export function paretoFront(points: readonly ParetoPoint[]): ParetoPoint[] {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y);
  const front: ParetoPoint[] = [];
  for (const point of sorted) {
    const best = front.at(-1);
    const isEqual = best !== undefined && best.x === point.x && best.y === point.y;
    if (best === undefined || point.y < best.y || isEqual) front.push(point);
  }
  return front;
}
