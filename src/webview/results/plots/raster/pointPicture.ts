import type { Marks, Part, Place } from '../figure.ts';
import { rowMarks } from '../figure.ts';
import type { Easel } from './easel.ts';
import { createPicture, type Frame, pictureSeries, wholeFrame } from './picture.ts';
import { type Places, paint, pointAt, type Stamp } from './stamp.ts';

/** Many points, one for each run, that are painted as one picture: what a chart would draw one by one takes too long. */
export interface PointPicture {
  readonly id: string;
  readonly grid: number;
  readonly z?: number;
  readonly x: Scale;
  readonly y: Scale;
  /** The runs in the order in which they are painted. */
  readonly rows: Uint32Array;
  /** The place of each run's look. */
  readonly looks: Uint16Array;
  readonly allLooks: readonly Look[];
}

/** Where runs stand on an axis. */
export interface Scale {
  at(row: number): number;
  /** Whether the axis is logarithmic. */
  readonly isLog?: boolean;
}

/** How some of the points look. */
export interface Look {
  readonly colour: readonly [red: number, green: number, blue: number];
  /** From 0 to 1; of points that cover each other many times it becomes less, so that it is seen where there are more. */
  readonly opacity: number;
  readonly isSolid?: boolean;
  /** In pixels of the page. */
  readonly diameter: number;
  /** The name in the legend by which a person shows and hides them. */
  readonly name?: string;
}

/** What a picture adds to a figure. */
export interface PictureParts {
  readonly series: Part;
  readonly marks: Marks;
  /** Hides the points of some names. */
  hide(names: ReadonlySet<string>): void;
}

/** The least distance at which a point is pointed at, in pixels of the page. */
const leastReach = 4;

/** Makes the picture of many points. */
export function pictureOf(points: PointPicture, easel: Easel): PictureParts {
  const { rows, looks, allLooks } = points;
  const { ratio } = easel;
  let hidden: ReadonlySet<string> = new Set();
  let frame: Frame | undefined;
  let coord: Coord | undefined;
  let places: Places | undefined;
  let stamps: readonly (Stamp | undefined)[] = [];
  const covered = coverage(points);
  const [x, y] = [lineOf(points.x, rows), lineOf(points.y, rows)];
  const picture = createPicture(easel);
  const reach = Math.max(leastReach, ...allLooks.map(({ diameter }) => diameter / 2 + 1));

  const stampsFor = ({ width, height }: Frame): (Stamp | undefined)[] => {
    const thinning = 1 / Math.max(1, Math.sqrt(covered / (width * height)));
    return allLooks.map(({ colour, opacity, isSolid, diameter, name }) => {
      if (name !== undefined && hidden.has(name)) return undefined;
      const share = isSolid === true ? opacity : Math.max(0.12, opacity * thinning);
      return { ink: [...colour, share], diameter: diameter * ratio };
    });
  };
  const draw = () => {
    if (frame === undefined || coord === undefined) return;
    const [where, look] = [placesIn(frame, coord, x, y, looks, ratio), stampsFor(frame)];
    [places, stamps] = [where, look];
    picture.paintIn(frame, (pixels) => paint(pixels, where, look));
  };

  return {
    series: {
      ...pictureSeries,
      z: points.z ?? 2,
      id: points.id,
      xAxisIndex: points.grid,
      yAxisIndex: points.grid,
      encode: { x: 0, y: 1 },
      // The picture is one item, which lies on the axes where its first point does.
      data: Array.from(rows.subarray(0, 1), (row) => [points.x.at(row), points.y.at(row)]),
      renderItem: ({ coordSys }: { readonly coordSys: Rect }, api: { readonly coord: Coord }) => {
        frame = wholeFrame(coordSys.x, coordSys.y, coordSys.width, coordSys.height);
        coord = api.coord;
        draw();
        return picture.item(frame);
      },
    },
    marks: {
      ...rowMarks(rows),
      near: ([across, down]) => {
        if (frame === undefined || places === undefined) return undefined;
        const place = [(across - frame.left) * ratio, (down - frame.top) * ratio] as const;
        return pointAt(places, stamps, place, reach * ratio);
      },
      outline: (index): readonly Place[] => {
        const [left, top] = [places?.x[index], places?.y[index]];
        if (frame === undefined || left === undefined || top === undefined) return [];
        return [[frame.left + left / ratio, frame.top + top / ratio]];
      },
    },
    hide: (names) => {
      hidden = names;
      draw();
    },
  };
}

type Coord = (point: readonly number[]) => readonly number[];

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How many pixels of the page the points would cover, were none of them over another. */
function coverage({ looks, allLooks }: PointPicture): number {
  const areas = allLooks.map(({ diameter }) => (Math.PI / 4) * diameter ** 2);
  return looks.reduce((sum, look) => sum + (areas[look] ?? 0), 0);
}

/** The numbers of runs as they stand on an axis, which is linear in them. */
interface Line {
  readonly scaled: Float64Array;
  /** Two different ones of which the chart is asked. */
  readonly from: number;
  readonly to: number;
  /** What stands there. */
  readonly fromValue: number;
  readonly toValue: number;
}

function lineOf({ at, isLog = false }: Scale, rows: Uint32Array): Line {
  const scaled = new Float64Array(rows.length);
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (let place = 0; place < rows.length; place++) {
    const value = at(rows[place] as number);
    const number = isLog ? Math.log10(value) : value;
    scaled[place] = number;
    if (number < from) from = number;
    if (number > to) to = number;
  }
  if (!(from < to)) to = from + 1;
  const unscaled = (value: number) => (isLog ? 10 ** value : value);
  return { scaled, from, to, fromValue: unscaled(from), toValue: unscaled(to) };
}

/** Where points are in a picture. */
function placesIn(
  { left, top }: Frame,
  coord: Coord,
  x: Line,
  y: Line,
  stamps: Uint16Array,
  ratio: number,
): Places {
  const [startX = 0, startY = 0] = coord([x.fromValue, y.fromValue]);
  const [endX = 0, endY = 0] = coord([x.toValue, y.toValue]);
  return {
    x: along(x, (startX - left) * ratio, (endX - left) * ratio),
    y: along(y, (startY - top) * ratio, (endY - top) * ratio),
    stamps,
  };
}

function along({ scaled, from, to }: Line, start: number, end: number): Float32Array {
  const slope = (end - start) / (to - from);
  const result = new Float32Array(scaled.length);
  for (let place = 0; place < result.length; place++) {
    result[place] = start + slope * ((scaled[place] as number) - from);
  }
  return result;
}
