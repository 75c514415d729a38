/**
 * Points in the unit cube, [0, 1) in each dimension. Any coordinate of any point can be asked for at any time, and depends
 * on nothing but what the set was made with.
 */
export interface PointSet {
  /** The coordinate of a point. Index and dimension are integers from 0; a RangeError says when there is none such. */
  at(index: number, dimension: number): number;
}

/** What the coordinate of a point is asked for with, checked. */
export function checkCoordinate(index: number, dimension: number, points: number, dimensions: number): void {
  if (!(Number.isInteger(index) && index >= 0 && index < points)) {
    throw new RangeError(`no point ${index} in a set of ${points}`);
  }
  if (!(Number.isInteger(dimension) && dimension >= 0 && dimension < dimensions)) {
    throw new RangeError(`no dimension ${dimension} in a cube of ${dimensions}`);
  }
}
