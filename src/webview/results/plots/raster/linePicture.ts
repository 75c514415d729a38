import type { Marks, Part, Place } from '../figure.ts';
import { rowMarks } from '../figure.ts';
import type { Easel } from './easel.ts';
import { createPicture, type Frame, pictureSeries, wholeFrame } from './picture.ts';
import { type Lines, lineAt, paintLines } from './strokes.ts';

/** Many lines over axes that stand beside each other at equal distances, painted as one picture. */
export interface LinePicture {
  readonly id: string;
  /** Between the edges of the chart and the axes, in pixels of the page. */
  readonly room: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  readonly axes: number;
  /** The runs in the order in which they are painted. */
  readonly rows: Uint32Array;
  /** Where each run stands on each axis, run by run: from 0 at the lower end to 1; NaN where it has no place. */
  readonly shares: Float32Array;
  /** The place of each run's look. */
  readonly looks: Uint16Array;
  readonly allLooks: readonly LineLook[];
}

/** How some of the lines look. */
export interface LineLook {
  readonly colour: readonly [red: number, green: number, blue: number];
  /** From 0 to 1. */
  readonly opacity: number;
  /** In pixels of the page. */
  readonly width: number;
}

/** How near a line is pointed at, in pixels of the page. */
const reach = 4;

/** Makes the picture of many lines. */
export function linePictureOf(
  { id, room, axes, rows, shares, looks, allLooks }: LinePicture,
  easel: Easel,
): { readonly series: Part; readonly marks: Marks } {
  const { ratio } = easel;
  const picture = createPicture(easel);
  const strokes = allLooks.map(({ colour, opacity, width }) => ({
    ink: [...colour, opacity] as const,
    width: width * ratio,
  }));
  let frame: Frame | undefined;
  let lines: Lines | undefined;
  const linesIn = ({ width, height }: Frame): Lines => ({
    corners: axes,
    start: 0,
    step: (width * ratio) / (axes - 1),
    y: shares.map((share) => (1 - share) * height * ratio),
    strokes: looks,
  });
  const corner = (line: Lines, { left, top }: Frame, place: number): Place => [
    left + ((place % axes) * line.step) / ratio,
    top + (line.y[place] as number) / ratio,
  ];
  return {
    series: {
      ...pictureSeries,
      id,
      coordinateSystem: 'none',
      data: [0],
      renderItem: (_: unknown, api: { getWidth(): number; getHeight(): number }) => {
        const { left, right, top, bottom } = room;
        const [width, height] = [api.getWidth() - left - right, api.getHeight() - top - bottom];
        frame = wholeFrame(left, top, Math.max(0, width), Math.max(0, height));
        const painted = linesIn(frame);
        lines = painted;
        picture.paintIn(frame, (pixels) => paintLines(pixels, painted, strokes));
        return picture.item(frame);
      },
    },
    marks: {
      ...rowMarks(rows),
      near: ([x, y]) => {
        if (frame === undefined || lines === undefined) return undefined;
        return lineAt(lines, [(x - frame.left) * ratio, (y - frame.top) * ratio], reach * ratio);
      },
      outline: (index) => {
        const [known, where] = [lines, frame];
        if (known === undefined || where === undefined) return [];
        return Array.from({ length: axes }, (__, axis) => corner(known, where, index * axes + axis)).filter(
          ([, y]) => !Number.isNaN(y),
        );
      },
    },
  };
}
