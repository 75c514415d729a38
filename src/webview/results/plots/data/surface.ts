import { contours } from 'd3-contour';
import Delaunator from 'delaunator';

/** A point of a surface. */
export interface SurfacePoint {
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

/** Many points of a surface, as columns. */
export interface SurfaceColumns {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly value: Float64Array;
}

/** Sums over points that become one. */
interface Sum {
  x: number;
  y: number;
  value: number;
  count: number;
}

/** Points at equal places are one, with the mean of their values; undefined where there are more than `most` places. */
export function averaged({ x, y, value }: SurfaceColumns, most: number): SurfacePoint[] | undefined {
  const known = new Map<number, Map<number, number>>();
  const places: Sum[] = [];
  for (let point = 0; point < x.length; point++) {
    const [left, up] = [x[point] as number, y[point] as number];
    let column = known.get(left);
    if (column === undefined) {
      column = new Map();
      known.set(left, column);
    }
    const place = column.get(up);
    if (place === undefined) {
      if (places.length >= most) return undefined;
      column.set(up, places.length);
      places.push({ x: left, y: up, value: value[point] as number, count: 1 });
    } else {
      const sum = places[place] as Sum;
      sum.value += value[point] as number;
      sum.count++;
    }
  }
  return places.map((place) => ({ x: place.x, y: place.y, value: place.value / place.count }));
}

/** Into how many parts each axis is divided for so many runs: about three runs a cell, were they spread evenly. */
export function cellsFor(count: number): number {
  return Math.min(20, Math.max(4, Math.round(Math.sqrt(count / 3))));
}

/** One point for all points of each of `size` by `size` equal squares of the unit square, with the means of all that they have. */
export function gathered({ x, y, value }: SurfaceColumns, size: number): SurfacePoint[] {
  const square = (share: number) => Math.min(size - 1, Math.floor(share * size));
  const sums = new Map<number, Sum>();
  for (let point = 0; point < x.length; point++) {
    const [left, up, height] = [x[point] as number, y[point] as number, value[point] as number];
    const place = square(left) * size + square(up);
    const sum = sums.get(place);
    if (sum === undefined) sums.set(place, { x: left, y: up, value: height, count: 1 });
    else {
      sum.x += left;
      sum.y += up;
      sum.value += height;
      sum.count++;
    }
  }
  return Array.from(sums.values(), (sum) => ({
    x: sum.x / sum.count,
    y: sum.y / sum.count,
    value: sum.value / sum.count,
  }));
}

/** A surface in squares, row by row from the least y; NaN outside the points' convex hull. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array;
}

/**
 * The surface through points that are in the unit square, linear over the triangles of their Delaunay triangulation, on
 * `size` by `size` squares that cover it.
 */
export function rasterOf(points: readonly SurfacePoint[], size: number): Raster {
  const values = new Float64Array(size * size).fill(Number.NaN);
  const { triangles } = Delaunator.from(
    [...points],
    ({ x }) => x,
    ({ y }) => y,
  );
  for (let corner = 0; corner < triangles.length; corner += 3) {
    const [a, b, c] = [0, 1, 2].map((place) => points[triangles[corner + place] as number] as SurfacePoint);
    if (a !== undefined && b !== undefined && c !== undefined) fillTriangle(values, size, a, b, c);
  }
  return { width: size, height: size, values };
}

/** Gives the squares whose middles are in a triangle its values, by barycentric coordinates. */
function fillTriangle(
  values: Float64Array,
  size: number,
  a: SurfacePoint,
  b: SurfacePoint,
  c: SurfacePoint,
): void {
  const area = (b.y - c.y) * (a.x - c.x) + (c.x - b.x) * (a.y - c.y);
  if (area === 0) return;
  const slack = 1e-9;
  const [left, right] = squaresBetween(Math.min(a.x, b.x, c.x), Math.max(a.x, b.x, c.x), size);
  const [bottom, top] = squaresBetween(Math.min(a.y, b.y, c.y), Math.max(a.y, b.y, c.y), size);
  for (let row = bottom; row <= top; row++) {
    for (let column = left; column <= right; column++) {
      const x = middleOf(column, size);
      const y = middleOf(row, size);
      const first = ((b.y - c.y) * (x - c.x) + (c.x - b.x) * (y - c.y)) / area;
      const second = ((c.y - a.y) * (x - c.x) + (a.x - c.x) * (y - c.y)) / area;
      const third = 1 - first - second;
      if (first < -slack || second < -slack || third < -slack) continue;
      values[row * size + column] = first * a.value + second * b.value + third * c.value;
    }
  }
}

/** The middles of the outer squares are the borders of the unit square, so that the surface reaches them. */
function middleOf(square: number, size: number): number {
  return square / (size - 1);
}

function squaresBetween(from: number, to: number, size: number): readonly [number, number] {
  return [Math.max(0, Math.floor(from * (size - 1))), Math.min(size - 1, Math.ceil(to * (size - 1)))];
}

/** Where a surface is at least as high as a level: rings in the unit square, holes turning the other way. */
export interface Level {
  readonly value: number;
  readonly rings: readonly (readonly (readonly [x: number, y: number])[])[];
}

/** Areas of fewer squares of the raster than this are specks, which are nothing but their own outline. */
const leastArea = 2;

/** The areas above each level, by marching squares; later ones lie on earlier ones. */
export function levelsOf({ width, height, values }: Raster, levels: readonly number[]): Level[] {
  const scaled = (place: number, count: number) => Math.min(1, Math.max(0, (place - 0.5) / (count - 1)));
  return contours()
    .size([width, height])
    .thresholds([...levels])([...values])
    .map(({ value, coordinates }) => ({
      value,
      rings: coordinates.flatMap((polygon) =>
        polygon
          .filter((ring) => areaOf(ring) >= leastArea)
          .map((ring) => ring.map(([x = 0, y = 0]) => [scaled(x, width), scaled(y, height)] as const)),
      ),
    }));
}

/** The area within a ring, by the shoelace formula. */
function areaOf(ring: readonly (readonly number[])[]): number {
  let twice = 0;
  for (const [place, [x = 0, y = 0]] of ring.entries()) {
    const [nextX = 0, nextY = 0] = ring[(place + 1) % ring.length] ?? [];
    twice += x * nextY - nextX * y;
  }
  return Math.abs(twice) / 2;
}
