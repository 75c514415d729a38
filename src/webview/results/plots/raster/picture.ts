import type { Pixels } from './blend.ts';
import type { Canvas, Easel } from './easel.ts';

/** Where a picture is, in pixels of the page. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A picture that is painted anew wherever its frame has become another one. */
export interface Picture {
  /** Begins to paint it; what was being painted before is painted no further. */
  paintIn(frame: Frame, painting: (pixels: Pixels) => Generator<void>): void;
  /** Its item in a series of ECharts' type `custom`. */
  item(frame: Frame): object;
}

/** An empty picture. */
export function createPicture(easel: Easel): Picture {
  const canvas: Canvas = easel.canvas();
  let steps: Generator<void> | undefined;
  return {
    paintIn: ({ width, height }, painting) => {
      const size = [Math.round(width * easel.ratio), Math.round(height * easel.ratio)] as const;
      steps?.return(undefined);
      if (Math.min(...size) <= 0) return;
      steps = painting(canvas.clear(...size));
      easel.carryOut({ steps, show: canvas.show });
    },
    item: ({ left, top, width, height }) => ({
      type: 'image',
      style: { image: canvas.element, x: left, y: top, width, height },
      cursor: 'default',
      emphasisDisabled: true,
    }),
  };
}

/** A frame on whole pixels, which a picture fills without becoming blurred. */
export function wholeFrame(x: number, y: number, width: number, height: number): Frame {
  return { left: Math.round(x), top: Math.round(y), width: Math.round(width), height: Math.round(height) };
}

/** The part of a series that is a picture which all such series have. */
export const pictureSeries = { type: 'custom', zlevel: 0, animation: false } as const;
