import type { PlotsTexts } from '../../../extension/results/plotsTexts.ts';
import type { Model } from '../model.ts';
import type { Interval, Selection } from '../selection.ts';
import type { Slots } from './choices.ts';
import type { Palette } from './palette.ts';
import type { Easel } from './raster/easel.ts';
import type { Values } from './values.ts';

/** What a figure is drawn from. */
export interface FigureInput {
  readonly model: Model;
  /** The rows to draw. */
  readonly rows: Uint32Array;
  readonly selection: Selection;
  readonly slots: Slots;
  /** The values of a column, on the scale that a person has chosen; undefined without a key. */
  values(key: string | undefined): Values | undefined;
  /** Whether more is better of a result. */
  isMaximized(key: string): boolean;
  readonly palette: Palette;
  readonly texts: PlotsTexts;
  /** How what is painted as a picture is painted. */
  readonly easel: Easel;
}

/** A part of an option of ECharts. */
export type Part = Readonly<Record<string, unknown>>;

/** A figure as ECharts draws it, with what its marks stand for. */
export interface Figure {
  readonly option: Part & { readonly series: readonly Part[] };
  /** By the ids of series: what each of their items stands for. Other series are decoration. */
  readonly marks: ReadonlyMap<string, Marks>;
  /** What stands on the axes of each grid in which a person can mark a region. */
  readonly grids: readonly BrushGrid[];
  /** The axes of parallel coordinates. */
  readonly axes: readonly Values[];
  /** Whether the mouse asks for the nearest items along the x axis instead of the one below it. */
  readonly tooltip?: 'axis';
  /** Hides what has these names in the legend, where no series has them. */
  hide?(names: ReadonlySet<string>): void;
  /** What a person must know of what is not drawn, one sentence each. */
  readonly notes: readonly string[];
}

/** The columns on the axes of a grid; an axis without a column cannot be marked. */
export interface BrushGrid {
  readonly x: Values | undefined;
  readonly y: Values | undefined;
  /** Where the axes have steps instead of numbers: the numbers of the steps from one place to another. */
  readonly steps?: {
    x(from: number, to: number): Interval;
    y(from: number, to: number): Interval;
  };
}

/** The items of a series. */
export interface Marks {
  readonly count: number;
  at(index: number): Mark;
  /** Of items that are one picture: which one is at a place of the chart. */
  near?(place: Place): number | undefined;
  /** Of items that are one picture: where one is, which is a place, or a line through several. */
  outline?(index: number): readonly Place[];
}

/** A place of a chart, in pixels from its upper left corner. */
export type Place = readonly [x: number, y: number];

/** What an item stands for. */
export interface Mark {
  readonly rows: ArrayLike<number>;
  /** What it says beside its run or number of runs: names and values. */
  readonly facts?: readonly (readonly [name: string, value: string])[];
}

/** The marks of a series with an item for each row. */
export function rowMarks(rows: ArrayLike<number>): Marks {
  return { count: rows.length, at: (index) => ({ rows: [rows[index] as number] }) };
}

/** The marks of a series whose items stand for several runs each. */
export function marksOf(marks: readonly Mark[]): Marks {
  return { count: marks.length, at: (index) => marks[index] ?? { rows: [] } };
}

/** The marks of a series with an item for each of some things, made when they are asked for. */
export function marksFrom<T>(things: readonly T[], markOf: (thing: T) => Mark): Marks {
  return {
    count: things.length,
    at: (index) => {
      const thing = things[index];
      return thing === undefined ? { rows: [] } : markOf(thing);
    },
  };
}
