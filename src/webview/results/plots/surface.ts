import { extent, ticks } from 'd3-array';
import type { Model } from '../model.ts';
import {
  averaged,
  cellsFor,
  gathered,
  type Level,
  levelsOf,
  rasterOf,
  type SurfaceColumns,
} from './data/surface.ts';
import type { FigureInput } from './figure.ts';
import { extentOf } from './parts.ts';
import { sampleOf } from './sample.ts';
import type { Numbers } from './values.ts';

/** A result over two columns of numbers, as areas between heights. All numbers are on the scales of their axes. */
export interface Surface {
  /** The rows that have all three numbers. */
  readonly placed: Uint32Array;
  /** The ends of the axes; the surface is a unit square between them. */
  readonly across: readonly [number, number];
  readonly up: readonly [number, number];
  readonly extent: readonly [number, number];
  /** The lower end of each area, and what is above it. */
  readonly heights: readonly number[];
  readonly levels: readonly Level[];
  readonly hasAreas: boolean;
  /** Whether it is drawn through means of neighbours. */
  readonly isMixed: boolean;
  /** How many of the rows it is drawn from. */
  readonly drawnFrom: number;
}

const rasterSize = 160;
const bands = 10;
/** Triangulating more places takes longer than a person waits. */
const mostPlaces = 20_000;
/** So few places are all drawn as they are. */
const fewPlaces = 40;
/** The mean of so many runs of a place shows what they have in common. */
const severalRuns = 10;

/** The surface of a result over two columns, linear between the runs. */
export function surfaceOf({ model, rows }: FigureInput, x: Numbers, y: Numbers, value: Numbers): Surface {
  const placed = rows.filter((row) => [x, y, value].every(({ at }) => !Number.isNaN(at(row))));
  const [across, up] = [extentOf(x, placed), extentOf(y, placed)];
  const columnsOf = (of: Uint32Array): SurfaceColumns => ({
    x: sharesOf(x, of, across),
    y: sharesOf(y, of, up),
    value: sharesOf(value, of, [0, 1]),
  });
  const all = columnsOf(placed);
  const places = averaged(all, mostPlaces);
  const count = places?.length ?? mostPlaces;
  // Where other parameters vary too, neighbours differ by these, and only means of several runs show the surface.
  const isMixed =
    count > fewPlaces && placed.length < severalRuns * count && variesBeside(model, [x.key, y.key]);
  const sample = places === undefined && !isMixed ? sampleOf(placed, mostPlaces, () => false) : placed;
  const points = isMixed
    ? gathered(all, cellsFor(count))
    : (places ?? averaged(columnsOf(sample), mostPlaces) ?? []);
  const [min = 0, max = 1] = extent(points, (point) => point.value);
  const heights = [min, ...ticks(min, max, bands).filter((height) => height > min && height < max)];
  return {
    placed,
    across,
    up,
    extent: [min, max],
    heights,
    levels: points.length < 3 ? [] : levelsOf(rasterOf(points, rasterSize), heights),
    hasAreas: points.length >= 3,
    isMixed,
    drawnFrom: sample.length,
  };
}

/** Where rows stand between two numbers, which are 0 and 1. */
function sharesOf(
  { isLog, at }: Numbers,
  rows: Uint32Array,
  [from, to]: readonly [number, number],
): Float64Array {
  const result = new Float64Array(rows.length);
  const length = to - from || 1;
  for (const [place, row] of rows.entries()) {
    const number = at(row);
    result[place] = ((isLog ? Math.log10(number) : number) - from) / length;
  }
  return result;
}

/** Whether parameters vary that are none of these. */
function variesBeside(model: Model, keys: readonly string[]): boolean {
  return [...model.table.columns.values()].some(
    (column) => column.kind === 'parameter' && !keys.includes(column.key) && model.facts(column).isVarying,
  );
}
