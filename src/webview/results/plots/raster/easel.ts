import type { Pixels } from './blend.ts';
import type { Work } from './turns.ts';

/** How and when pictures in a figure are painted. */
export interface Easel {
  /** The pixels of a picture in a pixel of the page. */
  readonly ratio: number;
  /** Something to paint a picture on, still without a size. */
  canvas(): Canvas;
  carryOut(work: Work): void;
}

/** What a picture is painted on. */
export interface Canvas {
  /** As a chart takes it for an image. */
  readonly element: unknown;
  /** Gives it a size and makes it empty: pixels that are shown by {@link show} when they have been painted. */
  clear(width: number, height: number): Pixels;
  show(): void;
}
