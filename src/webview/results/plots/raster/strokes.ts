import { blend, type Ink, type Pixels } from './blend.ts';

/** How a line looks. */
export interface Stroke {
  readonly ink: Ink;
  /** In pixels. */
  readonly width: number;
}

/** Lines from the left to the right of a picture, which all have their corners at the same distances. */
export interface Lines {
  /** How many corners a line has. */
  readonly corners: number;
  /** The pixels between one corner and the next, and before the first one. */
  readonly step: number;
  readonly start: number;
  /** The heights of all corners in pixels from above, line by line; NaN where a line has none. */
  readonly y: Float32Array;
  /** The place of each line's stroke. */
  readonly strokes: Uint16Array;
}

/** So many lines are painted in a step, which takes about a millisecond. */
const stepSize = 20;

/** Paints lines, the later ones over the earlier ones; step by step. */
export function* paintLines(pixels: Pixels, lines: Lines, looks: readonly Stroke[]): Generator<void> {
  for (let line = 0; line < lines.strokes.length; line++) {
    if (line % stepSize === stepSize - 1) yield;
    const look = looks[lines.strokes[line] ?? 0];
    if (look === undefined) continue;
    for (const [x, y, toX, toY] of partsOf(lines, line)) paintPart(pixels, x, y, toX, toY, look);
  }
}

/** The straight parts of a line; what has no height is passed by. */
function* partsOf(
  { corners, start, step, y }: Lines,
  line: number,
): Generator<readonly [number, number, number, number]> {
  let before = -1;
  for (let corner = 0; corner < corners; corner++) {
    const height = y[line * corners + corner] as number;
    if (Number.isNaN(height)) continue;
    if (before >= 0) {
      yield [start + before * step, y[line * corners + before] as number, start + corner * step, height];
    }
    before = corner;
  }
}

/** Covers the pixels of a straight line, softly at its edges: column by column, or line by line where it is steep. */
function paintPart(
  { width, height, data }: Pixels,
  x: number,
  y: number,
  toX: number,
  toY: number,
  { ink, width: thickness }: Stroke,
): void {
  const isSteep = Math.abs(toY - y) > Math.abs(toX - x);
  const [a, b, toA, toB] = isSteep ? [y, x, toY, toX] : [x, y, toX, toY];
  const [least, greatest] = [Math.min(a, toA), Math.max(a, toA)];
  const slope = toA === a ? 0 : (toB - b) / (toA - a);
  // How far the line reaches on the other axis, from its middle.
  const reach = (thickness / 2) * Math.hypot(1, slope);
  const [along, across] = isSteep ? [height, width] : [width, height];
  const [strideA, strideB] = isSteep ? [4 * width, 4] : [4, 4 * width];
  const last = Math.min(along - 1, Math.ceil(greatest) - 1);
  for (let at = Math.max(0, Math.floor(least)); at <= last; at++) {
    const middle = b + slope * (Math.min(greatest, Math.max(least, at + 0.5)) - a);
    const end = Math.min(across - 1, Math.floor(middle + reach));
    for (let other = Math.max(0, Math.floor(middle - reach)); other <= end; other++) {
      const covered = Math.min(other + 1, middle + reach) - Math.max(other, middle - reach);
      blend(data, at * strideA + other * strideB, ink, covered);
    }
  }
}

/** The uppermost line within `reach` pixels of a place; undefined where there is none. */
export function lineAt(lines: Lines, [x, y]: readonly [number, number], reach: number): number | undefined {
  for (let line = lines.strokes.length - 1; line >= 0; line--) {
    for (const [fromX, fromY, toX, toY] of partsOf(lines, line)) {
      if (x < fromX || x > toX) continue;
      const slope = (toY - fromY) / (toX - fromX);
      if (Math.abs(fromY + slope * (x - fromX) - y) <= reach * Math.hypot(1, slope)) return line;
    }
  }
  return undefined;
}
