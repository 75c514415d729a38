import { type BandPoint, bandOf, fewest, meanFacts } from '../band.ts';
import { meanInterval, runningMean } from '../data/interval.ts';
import {
  type Figure,
  type FigureInput,
  type Mark,
  type Marks,
  marksFrom,
  marksOf,
  type Part,
} from '../figure.ts';
import { groupsOf } from '../groups.ts';
import {
  axisOf,
  extentOf,
  filled,
  gridRoom,
  legendOf,
  numberAxis,
  roomyAxis,
  shortNumber,
} from '../parts.ts';
import { selectedPoints } from '../points.ts';
import { distinctValues, type Values } from '../values.ts';

/** With more different places on the x axis, near ones are one. */
const mostPlaces = 50;

/** The mean of a result over a column, a line for each group, with its confidence band. */
export function linesFigure(input: FigureInput): Figure | undefined {
  const { palette, slots, texts } = input;
  const x = input.values(slots.x);
  const value = input.values(slots.value);
  if (x === undefined || value?.kind !== 'numbers') return undefined;
  const rows = input.rows.filter((row) => !Number.isNaN(x.at(row)) && !Number.isNaN(value.at(row)));
  const groups = groupsOf(input.values(slots.group), { ...input, rows });
  const place = placesOf(x, rows, groups.length);
  const series: Part[] = [];
  const marks = new Map<string, Marks>();
  for (const group of groups) {
    const points: BandPoint[] = [];
    const items: Mark[] = [];
    const members = [...Map.groupBy(group.rows, (row) => place(x.at(row)))].sort(([a], [b]) => a - b);
    for (const [at, runs] of members) {
      const interval = meanInterval(runs.map((row) => value.at(row)));
      if (interval === undefined) continue;
      points.push({ x: at, ...interval });
      items.push({
        rows: runs,
        facts: [
          ...(group.name === '' ? [] : [[texts.group, group.name] as const]),
          [x.label, x.format(at)],
          ...meanFacts(value, interval, input),
        ],
      });
    }
    const id = `line:${group.id}`;
    series.push(
      ...bandOf({
        id,
        group,
        points,
        hasSymbols: points.length <= 60,
        leastRuns: fewest,
        isLog: value.isLog,
      }),
    );
    marks.set(id, marksOf(items));
  }
  const selected = selectedPoints(input, x, value);
  marks.set('selected', selected.marks);
  const missing = input.rows.length - rows.length;
  return {
    option: {
      grid: { ...gridRoom, top: input.slots.group === undefined ? gridRoom.top : 34 },
      xAxis: roomyAxis(x, { palette, rows }),
      yAxis: axisOf(value, palette, { nameGap: 36 }),
      legend: legendOf(groups, input),
      series: [...series, selected.series],
    },
    marks,
    grids: [{ x, y: undefined }],
    axes: [],
    notes: missing > 0 ? [filled(texts.missing, missing)] : [],
  };
}

/** Where a number stands on the x axis: at itself, or in the middle of a range where there are too many of them. */
function placesOf(x: Values, rows: Iterable<number>, groups: number): (value: number) => number {
  const all = [...rows];
  if (x.kind === 'categories' || distinctValues(x, all, mostPlaces) !== undefined) return (value) => value;
  const [min, max] = extentOf(x, all);
  // About ten runs a place, were they spread evenly.
  const ranges = Math.min(25, Math.max(5, Math.round(all.length / groups / 10)));
  const width = (max - min) / ranges || 1;
  return (value) => {
    const scaled = x.isLog ? Math.log10(value) : value;
    // The greatest number belongs to the last range.
    const range = Math.min(ranges - 1, Math.floor((scaled - min) / width));
    const middle = min + (range + 0.5) * width;
    return x.isLog ? 10 ** middle : middle;
  };
}

const mostSteps = 500;

/** The mean of a result over the first runs, more and more of them, with its interval: whether there are enough. */
export function convergenceFigure(input: FigureInput): Figure | undefined {
  const { model, palette, slots, texts } = input;
  const value = input.values(slots.value);
  if (value?.kind !== 'numbers') return undefined;
  const { runOf, sweepOf } = model.table;
  const rows = input.rows
    .filter((row) => !Number.isNaN(value.at(row)))
    .sort((a, b) => (sweepOf[a] ?? 0) - (sweepOf[b] ?? 0) || (runOf[a] ?? 0) - (runOf[b] ?? 0));
  const groups = groupsOf(input.values(slots.group), { ...input, rows });
  const series: Part[] = [];
  const marks = new Map<string, Marks>();
  for (const group of groups) {
    const steps = runningMean(
      group.rows.map((row) => value.at(row)),
      mostSteps,
    ).filter(({ count }) => count > 1);
    const points = steps.map((step) => ({ ...step, x: step.count }));
    // The first means fly far; the axis is for those that follow.
    const leastRuns = Math.max(5, group.rows.length / 25);
    const id = `mean:${group.id}`;
    series.push(...bandOf({ id, group, points, hasSymbols: false, leastRuns, isLog: value.isLog }));
    marks.set(
      id,
      marksFrom(steps, (step) => ({
        rows: group.rows.slice(0, step.count),
        facts: [
          ...(group.name === '' ? [] : [[texts.group, group.name] as const]),
          ...meanFacts(value, step, input),
        ],
      })),
    );
  }
  const missing = input.rows.length - rows.length;
  return {
    option: {
      grid: { ...gridRoom, top: input.slots.group === undefined ? gridRoom.top : 34 },
      xAxis: numberAxis(texts.firstRuns, palette, shortNumber, { min: 0, max: 'dataMax', minInterval: 1 }),
      yAxis: axisOf(value, palette, { nameGap: 36, name: filled(texts.meanOf, value.label) }),
      legend: legendOf(groups, input),
      series,
    },
    marks,
    grids: [],
    axes: [],
    tooltip: 'axis',
    notes: missing > 0 ? [filled(texts.missing, missing)] : [],
  };
}
