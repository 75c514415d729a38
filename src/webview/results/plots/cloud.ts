import type { Values } from './values.ts';

/** From so many points on they are painted as one picture, and are all of one size. */
export const manyPoints = 5000;

/** A cloud of points, one for each run. */
export interface Cloud {
  readonly x: Values;
  readonly y: Values;
  readonly colour: Values | undefined;
  readonly size: Values | undefined;
  /** Tells the series of a cloud apart from those of others in the same figure. */
  readonly id: string;
  /** The place of its grid and axes. */
  readonly grid: number;
  /** The size of a point, in pixels. */
  readonly pixels: number;
  /** From so many points on they are painted as a picture. */
  readonly most?: number;
}
