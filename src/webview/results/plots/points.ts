import type { FigureInput, Marks, Part } from './figure.ts';
import { rowMarks } from './figure.ts';
import { categoryColour, type Group, groupsOf, rangesOf } from './groups.ts';
import { gradientColour, mixed } from './palette.ts';
import { extentOf } from './parts.ts';
import type { Values } from './values.ts';

/** From so many points on they are drawn as one shape of one size for each colour, which takes a hundredth of the time. */
export const manyPoints = 5000;
const colourRanges = 12;

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
  /** From so many points on they are drawn as shapes. */
  readonly most?: number;
}

/** What a cloud adds to a figure. */
export interface CloudParts {
  readonly series: readonly Part[];
  readonly marks: readonly (readonly [id: string, marks: Marks])[];
  /** What a legend tells apart. */
  readonly groups: readonly Pick<Group, 'name' | 'colour'>[];
  /** How many rows have no place. */
  readonly missing: number;
}

/** The series of a cloud: those that are selected stand out, over the others. */
export function cloudOf(cloud: Cloud, input: FigureInput): CloudParts {
  const { x, y } = cloud;
  const { palette, selection } = input;
  const placed = input.rows.filter((row) => !Number.isNaN(x.at(row)) && !Number.isNaN(y.at(row)));
  const isMany = placed.length > (cloud.most ?? manyPoints);
  const colourOf = colouring(cloud.colour, input);
  const sizeOf = isMany ? () => cloud.pixels : sizing(cloud, placed);
  const isSelecting = selection.rows().length > 0;
  const item = (row: number, more: Part = {}): unknown => {
    const value = [x.at(row), y.at(row), row];
    if (isMany) return value;
    return { value, symbolSize: sizeOf(row), itemStyle: { color: colourOf(row), ...more } };
  };
  const common = {
    type: 'scatter',
    xAxisIndex: cloud.grid,
    yAxisIndex: cloud.grid,
    animation: false,
    // Large shapes are fast enough, and ECharts 6.1 loses points where it draws them piece by piece.
    progressive: 0,
  };
  const groups = groupsToDraw(cloud.colour, { ...input, rows: placed }, isMany);
  const series: Part[] = groups.map((group) => ({
    ...common,
    id: `${cloud.id}:${group.id}`,
    ...(group.name === '' ? {} : { name: group.name }),
    data: group.rows.map((row) => item(row)),
    symbolSize: isMany ? Math.max(2, cloud.pixels / 2) : cloud.pixels,
    large: isMany,
    largeThreshold: 1,
    itemStyle: {
      color: isSelecting ? mixed(group.colour, palette.background, 0.45) : group.colour,
      opacity: isSelecting ? 0.35 : isMany ? 0.6 : 0.8,
    },
    emphasis: { itemStyle: { opacity: 1, borderColor: palette.foreground, borderWidth: 1.5 } },
  }));
  const marks: [string, Marks][] = groups.map(({ id, rows }) => [`${cloud.id}:${id}`, rowMarks(rows)]);
  const selected = isSelecting ? placed.filter((row) => selection.has(row)) : new Uint32Array(0);
  if (selected.length > 0) {
    const id = `${cloud.id}:selected`;
    series.push({
      ...common,
      id,
      z: 3,
      data: Array.from(selected, (row) => item(row, { borderColor: palette.foreground, borderWidth: 0.5 })),
      symbolSize: isMany ? Math.max(3, cloud.pixels / 2) : cloud.pixels,
      large: isMany,
      largeThreshold: 1,
      itemStyle: { color: palette.accent, opacity: 1 },
    });
    marks.push([id, rowMarks(selected)]);
  }
  const named = cloud.colour?.kind === 'categories' ? groupsOf(cloud.colour, { ...input, rows: placed }) : [];
  return { series, marks, groups: named, missing: input.rows.length - placed.length };
}

/** The selected runs as points in a figure whose marks stand for several runs each; a run without a place is left out. */
export function selectedPoints(
  { rows, selection, palette }: FigureInput,
  placeOf: (row: number) => readonly [x: number, y: number],
): { readonly series: Part; readonly marks: Marks } {
  const placed = rows.filter((row) => selection.has(row) && !placeOf(row).some(Number.isNaN));
  return {
    marks: rowMarks(placed),
    series: {
      type: 'scatter',
      id: 'selected',
      animation: false,
      progressive: 0,
      z: 5,
      large: placed.length > manyPoints,
      symbolSize: 7,
      itemStyle: { color: palette.foreground, borderColor: palette.background, borderWidth: 1, opacity: 0.9 },
      data: Array.from(placed, (row) => placeOf(row)),
    },
  };
}

/** Words have a series each, and with it a place in the legend; many points of one colour are one series. */
function groupsToDraw(colour: Values | undefined, input: FigureInput, isMany: boolean): readonly Group[] {
  // What is rare lies above what is frequent, and is seen.
  if (colour?.kind === 'categories')
    return groupsOf(colour, input).toSorted((a, b) => b.rows.length - a.rows.length);
  if (colour !== undefined && isMany) return rangesOf(colour, input.rows, input.palette, colourRanges);
  return groupsOf(undefined, input);
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
