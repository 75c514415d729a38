import { type Cloud, manyPoints } from './cloud.ts';
import type { FigureInput, Marks, Part } from './figure.ts';
import { rowMarks } from './figure.ts';
import { categoryColour, type Group, groupsOf } from './groups.ts';
import { picturedCloud } from './manyPoints.ts';
import { gradientColour, mixed } from './palette.ts';
import { extentOf } from './parts.ts';
import { type Look, pictureOf, type Scale } from './raster/pointPicture.ts';
import { rgbOf } from './shades.ts';
import type { Values } from './values.ts';

/** What a cloud adds to a figure. */
export interface CloudParts {
  readonly series: readonly Part[];
  readonly marks: readonly (readonly [id: string, marks: Marks])[];
  /** What a legend tells apart. */
  readonly groups: readonly Pick<Group, 'name' | 'colour'>[];
  /** How many rows have no place. */
  readonly missing: number;
  /** Hides groups by their names, where the legend cannot do it by itself. */
  hide?(names: ReadonlySet<string>): void;
}

/** The series of a cloud: those that are selected stand out, over the others. */
export function cloudOf(cloud: Cloud, input: FigureInput): CloudParts {
  const { x, y, colour } = cloud;
  const placed = input.rows.filter((row) => !Number.isNaN(x.at(row)) && !Number.isNaN(y.at(row)));
  const parts = placed.length > (cloud.most ?? manyPoints) ? picturedParts : drawnParts;
  const groups = colour?.kind === 'categories' ? groupsOf(colour, { ...input, rows: placed }) : [];
  const missing = input.rows.length - placed.length;
  return { ...parts(cloud, placed, groups, input), groups, missing };
}

type Parts = Pick<CloudParts, 'series' | 'marks' | 'hide'>;

/** Many points, as a picture. */
function picturedParts(
  cloud: Cloud,
  placed: Uint32Array,
  groups: readonly Group[],
  input: FigureInput,
): Parts {
  const points = picturedCloud(cloud, placed, cloud.most ?? manyPoints, input);
  const { series, marks, hide } = pictureOf(points, input.easel);
  return {
    // A name in the legend is a series' name.
    series: [series, ...groups.map(({ name, colour }) => namedSeries(cloud, name, colour))],
    marks: [[points.id, marks]],
    hide,
  };
}

function namedSeries({ id, grid }: Cloud, name: string, color: string): Part {
  return {
    type: 'scatter',
    id: `${id}:legend:${name}`,
    name,
    color,
    xAxisIndex: grid,
    yAxisIndex: grid,
    data: [],
  };
}

/** Few points, each as it is. */
function drawnParts(cloud: Cloud, placed: Uint32Array, groups: readonly Group[], input: FigureInput): Parts {
  const { x, y } = cloud;
  const { palette, selection } = input;
  const colourOf = colouring(cloud.colour, input);
  const sizeOf = sizing(cloud, placed);
  const isSelecting = selection.rows().length > 0;
  const item = (row: number, more: Part = {}): unknown => ({
    value: [x.at(row), y.at(row), row],
    symbolSize: sizeOf(row),
    itemStyle: { color: colourOf(row), ...more },
  });
  const common = {
    type: 'scatter',
    xAxisIndex: cloud.grid,
    yAxisIndex: cloud.grid,
    animation: false,
    progressive: 0,
    symbolSize: cloud.pixels,
  };
  // Words have a series each, and with it a place in the legend; what is rare lies above what is frequent, and is seen.
  const layers =
    cloud.colour?.kind === 'categories'
      ? groups.toSorted((a, b) => b.rows.length - a.rows.length)
      : groupsOf(undefined, { ...input, rows: placed });
  const series: Part[] = layers.map((group) => ({
    ...common,
    id: `${cloud.id}:${group.id}`,
    ...(group.name === '' ? {} : { name: group.name }),
    data: Array.from(group.rows, (row) => item(row)),
    itemStyle: {
      color: isSelecting ? mixed(group.colour, palette.background, 0.45) : group.colour,
      opacity: isSelecting ? 0.35 : 0.8,
    },
    emphasis: { itemStyle: { opacity: 1, borderColor: palette.foreground, borderWidth: 1.5 } },
  }));
  const marks: [string, Marks][] = layers.map(({ id, rows }) => [`${cloud.id}:${id}`, rowMarks(rows)]);
  const selected = isSelecting ? placed.filter((row) => selection.has(row)) : new Uint32Array(0);
  if (selected.length > 0) {
    const id = `${cloud.id}:selected`;
    series.push({
      ...common,
      id,
      z: 3,
      data: Array.from(selected, (row) => item(row, { borderColor: palette.foreground, borderWidth: 0.5 })),
      itemStyle: { color: palette.accent, opacity: 1 },
    });
    marks.push([id, rowMarks(selected)]);
  }
  return { series, marks };
}

/** Points that all look alike. */
export interface PlainPoints {
  readonly id: string;
  readonly z?: number;
  readonly x: Scale;
  readonly y: Scale;
  /** Those that have a place. */
  readonly rows: Uint32Array;
  /** How they are drawn where they are few. */
  readonly drawn: Part;
  /** How they are painted where they are many. */
  readonly painted: Look;
}

/** The series of points that all look alike, on the first axes of a figure. */
export function plainPoints(
  { id, z = 2, x, y, rows, drawn, painted }: PlainPoints,
  { easel }: FigureInput,
): { readonly series: Part; readonly marks: Marks } {
  if (rows.length > manyPoints) {
    const looks = new Uint16Array(rows.length);
    return pictureOf({ id, grid: 0, z, x, y, rows, looks, allLooks: [painted] }, easel);
  }
  const data = Array.from(rows, (row) => [x.at(row), y.at(row)]);
  const series = { type: 'scatter', id, z, animation: false, progressive: 0, ...drawn, data };
  return { series, marks: rowMarks(rows) };
}

/** The selected runs as points in a figure whose marks stand for several runs each; a run without a place is left out. */
export function selectedPoints(input: FigureInput, x: Scale, y: Scale) {
  const { rows, selection, palette } = input;
  const isPlaced = (row: number) => !Number.isNaN(x.at(row)) && !Number.isNaN(y.at(row));
  return plainPoints(
    {
      id: 'selected',
      z: 5,
      x,
      y,
      rows: rows.filter((row) => selection.has(row) && isPlaced(row)),
      drawn: {
        symbolSize: 7,
        itemStyle: {
          color: palette.foreground,
          borderColor: palette.background,
          borderWidth: 1,
          opacity: 0.9,
        },
      },
      painted: { colour: rgbOf(palette.foreground), opacity: 0.6, diameter: 3 },
    },
    input,
  );
}

/** The colour of a row. */
export function colouring(
  values: Values | undefined,
  { palette, rows }: FigureInput,
): (row: number) => string {
  if (values === undefined) return () => palette.accent;
  if (values.kind === 'categories') return (row) => categoryColour(values, values.at(row), palette);
  const [min, max] = extentOf(values, rows);
  return (row) => {
    const value = values.isLog ? Math.log10(values.at(row)) : values.at(row);
    return Number.isNaN(value)
      ? palette.line
      : gradientColour(palette.gradient, (value - min) / (max - min || 1));
  };
}

/** The size of a row's point, in pixels: areas are in proportion to how far the number is from the least one. */
function sizing({ size, pixels }: Cloud, rows: Uint32Array): (row: number) => number {
  if (size === undefined || size.kind !== 'numbers') return () => pixels;
  const [min, max] = extentOf(size, rows);
  const [least, greatest] = [pixels * 0.5, pixels * 2.6];
  return (row) => {
    const value = size.isLog ? Math.log10(size.at(row)) : size.at(row);
    if (Number.isNaN(value)) return least;
    return Math.sqrt(least ** 2 + ((value - min) / (max - min || 1)) * (greatest ** 2 - least ** 2));
  };
}
