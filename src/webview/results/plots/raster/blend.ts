/** A picture in pixels, as a canvas has them: red, green, blue and opacity of each, line by line. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** A colour, each channel from 0 to 255 and the opacity from 0 to 1. */
export type Ink = readonly [red: number, green: number, blue: number, opacity: number];

/**
 * Lays a colour over a pixel of which it covers a share, by Porter and Duff's "over" with colours that are not
 * premultiplied; `at` is the place of the pixel's first channel.
 */
export function blend(data: Uint8ClampedArray, at: number, ink: Ink, covered: number): void {
  const over = covered * ink[3];
  if (!(over > 0)) return;
  const both = over + ((data[at + 3] as number) / 255) * (1 - over);
  const share = over / both;
  const kept = 1 - share;
  data[at] = ink[0] * share + (data[at] as number) * kept;
  data[at + 1] = ink[1] * share + (data[at + 1] as number) * kept;
  data[at + 2] = ink[2] * share + (data[at + 2] as number) * kept;
  data[at + 3] = 255 * both;
}
