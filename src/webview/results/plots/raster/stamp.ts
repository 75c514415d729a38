import { blend, type Ink, type Pixels } from './blend.ts';

/** How a point looks. */
export interface Stamp {
  readonly ink: Ink;
  /** In pixels. */
  readonly diameter: number;
}

/** Points in a picture's pixels; those that are NaN have no place. */
export interface Places {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** The place of each point's stamp. */
  readonly stamps: Uint16Array;
}

/** So many points are painted in a step, which takes about a millisecond. */
const stepSize = 4000;

/** Paints points as discs, the later ones over the earlier ones; step by step. */
export function* paint(
  pixels: Pixels,
  { x, y, stamps }: Places,
  looks: readonly (Stamp | undefined)[],
): Generator<void> {
  const discs = looks.map((stamp) => stamp && discOf(stamp.diameter));
  for (let point = 0; point < x.length; point++) {
    if (point % stepSize === stepSize - 1) yield;
    const place = stamps[point] ?? 0;
    const [stamp, disc] = [looks[place], discs[place]];
    if (stamp === undefined || disc === undefined) continue;
    const left = Math.round((x[point] as number) - disc.width / 2);
    const top = Math.round((y[point] as number) - disc.width / 2);
    if (Number.isNaN(left) || Number.isNaN(top)) continue;
    press(pixels, disc, left, top, stamp.ink);
  }
}

/** A disc on squares: which share of each it covers. */
interface Disc {
  readonly width: number;
  readonly shares: Float32Array;
}

function discOf(diameter: number): Disc {
  const width = Math.max(1, Math.ceil(diameter));
  const shares = new Float32Array(width * width);
  const [middle, radius] = [(width - 1) / 2, Math.max(1, diameter) / 2];
  for (let square = 0; square < shares.length; square++) {
    const distance = Math.hypot((square % width) - middle, Math.floor(square / width) - middle);
    shares[square] = Math.min(1, Math.max(0, radius + 0.5 - distance));
  }
  return { width, shares };
}

function press({ width, height, data }: Pixels, disc: Disc, left: number, top: number, ink: Ink): void {
  for (let line = Math.max(0, -top); line < disc.width && top + line < height; line++) {
    for (let column = Math.max(0, -left); column < disc.width && left + column < width; column++) {
      const at = 4 * ((top + line) * width + left + column);
      blend(data, at, ink, disc.shares[line * disc.width + column] as number);
    }
  }
}

/** The uppermost point within `reach` pixels of a place, among those that are painted; undefined where there is none. */
export function pointAt(
  { x, y, stamps }: Places,
  looks: readonly (Stamp | undefined)[],
  [left, top]: readonly [number, number],
  reach: number,
): number | undefined {
  for (let point = x.length - 1; point >= 0; point--) {
    const across = Math.abs((x[point] as number) - left);
    const down = Math.abs((y[point] as number) - top);
    const isNear = across <= reach && down <= reach && across * across + down * down <= reach * reach;
    if (isNear && looks[stamps[point] ?? 0] !== undefined) return point;
  }
  return undefined;
}
