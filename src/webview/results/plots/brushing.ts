import type { Brush, Interval } from '../selection.ts';
import type { BrushGrid, Figure, Part } from './figure.ts';
import type { Values } from './values.ts';

/** A region that was marked in a grid, as ECharts tells of it. */
export interface BrushArea {
  readonly brushType: string;
  readonly panelId?: string;
  readonly coordRange?: readonly unknown[];
}

/** The id by which ECharts knows a grid. */
export const gridId = (place: number): string => `grid-${place}`;

/** What can be marked in a figure's grids: a rectangle, or a range where only one axis has a column; undefined for nothing. */
export function brushTypeOf(grids: readonly BrushGrid[]): 'rect' | 'lineX' | 'lineY' | undefined {
  if (grids.some(({ x, y }) => x !== undefined && y !== undefined)) return 'rect';
  if (grids.some(({ x }) => x !== undefined)) return 'lineX';
  return grids.some(({ y }) => y !== undefined) ? 'lineY' : undefined;
}

/** The numbers of the steps of an axis. */
type Steps = (from: number, to: number) => Interval;

/** The columns that were marked by a region of a grid. */
export function brushesOf(
  { brushType, panelId, coordRange = [] }: BrushArea,
  { grids }: Figure,
): Map<string, Brush> {
  const place = grids.findIndex((_, index) => panelId?.endsWith(gridId(index)));
  const grid = grids[Math.max(0, place)];
  const brushes = new Map<string, Brush>();
  if (grid === undefined) return brushes;
  const ranges = (brushType === 'rect' ? coordRange : [coordRange]) as readonly Interval[];
  const [x, y] = brushType === 'lineY' ? [undefined, ranges[0]] : ranges;
  const { steps } = grid;
  const numbersOf = (values: Values, [from, to]: Interval, of: Steps | undefined): Interval =>
    values.kind === 'categories' || of === undefined
      ? [from, to]
      : of(Math.min(from, to), Math.max(from, to));
  if (grid.x !== undefined && x !== undefined) {
    brushes.set(grid.x.key, brushOf(grid.x, [numbersOf(grid.x, x, steps?.x)]));
  }
  if (grid.y !== undefined && y !== undefined) {
    brushes.set(grid.y.key, brushOf(grid.y, [numbersOf(grid.y, y, steps?.y)]));
  }
  return brushes;
}

/** What intervals on an axis mark of its column. */
export function brushOf(values: Values, intervals: readonly Interval[]): Brush {
  const sorted = intervals.map(([a, b]): Interval => [Math.min(a, b), Math.max(a, b)]);
  if (values.kind === 'numbers') return { kind: 'intervals', intervals: sorted };
  const marked = values.cells.filter((_, place) => sorted.some(([from, to]) => place >= from && place <= to));
  return { kind: 'values', values: marked };
}

/** The rows whose values are in all that is marked. */
export function rowsIn(
  rows: Uint32Array,
  brushes: ReadonlyMap<string, Brush>,
  values: (key: string) => Values | undefined,
): Uint32Array {
  const tests = [...brushes].flatMap(([key, brush]) => {
    const column = values(key);
    return column === undefined ? [] : [testOf(column, brush)];
  });
  return rows.filter((row) => tests.every((passes) => passes(row)));
}

function testOf(values: Values, brush: Brush): (row: number) => boolean {
  if (brush.kind === 'values') {
    const cells = values.kind === 'categories' ? values.cells : [];
    const places = new Set(brush.values.map((value) => cells.indexOf(value)));
    return (row) => places.has(values.at(row));
  }
  return (row) => {
    const value = values.at(row);
    return brush.intervals.some(([from, to]) => value >= from && value <= to);
  };
}

/** The regions of a figure's first grid that shows all that is marked, for ECharts to draw. */
export function areasOf({ grids }: Figure, brushes: ReadonlyMap<string, Brush>): readonly Part[] {
  const keys = [...brushes.keys()];
  const place = grids.findIndex(
    ({ x, y }) => keys.length > 0 && keys.every((key) => key === x?.key || key === y?.key),
  );
  const grid = grids[place];
  const brushType = brushTypeOf(grids);
  // Cells show by themselves which of them are selected.
  if (grid === undefined || brushType === undefined || grid.steps !== undefined) return [];
  const [x, y] = [intervalOf(grid.x, brushes), intervalOf(grid.y, brushes)];
  const at = { brushType, xAxisIndex: place, yAxisIndex: place };
  if (brushType === 'lineX') return x === undefined ? [] : [{ ...at, coordRange: x }];
  if (brushType === 'lineY') return y === undefined ? [] : [{ ...at, coordRange: y }];
  return x === undefined || y === undefined ? [] : [{ ...at, coordRange: [x, y] }];
}

/** The intervals that are marked on an axis. */
export function intervalsOf(values: Values, brush: Brush | undefined): readonly Interval[] {
  if (brush === undefined) return [];
  if (brush.kind === 'intervals') return brush.intervals;
  if (values.kind === 'numbers') return [];
  const places = brush.values.map((value) => values.cells.indexOf(value)).filter((place) => place >= 0);
  return places.length === 0 ? [] : [[Math.min(...places) - 0.25, Math.max(...places) + 0.25]];
}

function intervalOf(values: Values | undefined, brushes: ReadonlyMap<string, Brush>): Interval | undefined {
  return values === undefined ? undefined : intervalsOf(values, brushes.get(values.key))[0];
}
