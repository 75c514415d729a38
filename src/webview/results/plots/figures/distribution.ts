import type { Interval } from '../../selection.ts';
import { boxSummary, ecdf, histogramBorders } from '../data/distribution.ts';
import {
  type Figure,
  type FigureInput,
  type Mark,
  type Marks,
  marksFrom,
  marksOf,
  type Part,
  rowMarks,
} from '../figure.ts';
import { type Group, groupsOf } from '../groups.ts';
import { mixed } from '../palette.ts';
import { axisOf, filled, gridRoom, legendOf, numberAxis, percent, shortNumber, wordAxis } from '../parts.ts';
import { selectedPoints } from '../points.ts';
import type { Numbers } from '../values.ts';

/** A column of numbers with the rows that have one, in groups. */
interface Distribution {
  readonly value: Numbers;
  readonly groups: readonly Group[];
  readonly notes: readonly string[];
}

function distributionOf(input: FigureInput): Distribution | undefined {
  const value = input.values(input.slots.value);
  if (value?.kind !== 'numbers') return undefined;
  const rows = input.rows.filter((row) => !Number.isNaN(value.at(row)));
  const missing = input.rows.length - rows.length;
  return {
    value,
    groups: groupsOf(input.values(input.slots.group), { ...input, rows }),
    notes: missing > 0 ? [filled(input.texts.missing, missing)] : [],
  };
}

/** How many runs have which values; groups stand on each other. */
export function histogramFigure(input: FigureInput): Figure | undefined {
  const distribution = distributionOf(input);
  if (distribution === undefined) return undefined;
  const { value, groups, notes } = distribution;
  const { palette, selection, texts } = input;
  const scaled = (row: number) => (value.isLog ? Math.log10(value.at(row)) : value.at(row));
  const unscaled = (border: number) => (value.isLog ? 10 ** border : border);
  const borders = histogramBorders(groups.flatMap(({ rows }) => rows.map(scaled)));
  const bars: Interval[] = borders.slice(1).map((to, bar) => [borders[bar] as number, to]);
  const heights = new Float64Array(bars.length);
  const isSelecting = selection.rows().length > 0;
  const series: Part[] = [];
  const marks = new Map<string, Marks>();
  for (const group of groups) {
    const members = Map.groupBy(group.rows, (row) => barOf(borders, scaled(row)));
    const items: { readonly value: readonly number[]; readonly mark: Mark }[] = [];
    for (const [bar, [from, to]] of bars.entries()) {
      const rows = members.get(bar) ?? [];
      if (rows.length === 0) continue;
      const bottom = heights[bar] as number;
      const top = bottom + rows.length;
      heights[bar] = top;
      const selected = isSelecting ? rows.filter(selection.has).length : rows.length;
      const range = `${value.format(unscaled(from))} – ${value.format(unscaled(to))}`;
      items.push({
        value: [unscaled(from), unscaled(to), bottom, top, bottom + selected],
        mark: {
          rows,
          facts: [[value.label, range], ...(group.name === '' ? [] : [[texts.group, group.name] as const])],
        },
      });
    }
    const id = `bars:${group.id}`;
    marks.set(id, marksOf(items.map(({ mark }) => mark)));
    series.push({
      type: 'custom',
      zlevel: 0,
      id,
      ...(group.name === '' ? {} : { name: group.name }),
      color: group.colour,
      animation: false,
      clip: true,
      encode: { x: [0, 1], y: [2, 3] },
      data: items.map((item) => item.value),
      renderItem: barRenderer(group.colour, mixed(group.colour, palette.background, 0.3)),
    });
  }
  return {
    option: {
      grid: { ...gridRoom, top: input.slots.group === undefined ? gridRoom.top : 34 },
      xAxis: axisOf(value, palette, { splitLine: { show: false } }),
      yAxis: numberAxis(texts.runs, palette, shortNumber, { minInterval: 1, nameGap: 36 }),
      legend: { ...legendOf(groups, input), selectedMode: false },
      series,
    },
    marks,
    grids: [{ x: value, y: undefined }],
    axes: [],
    notes,
  };
}

function barOf(borders: readonly number[], number: number): number {
  let low = 0;
  let high = borders.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((borders[middle] as number) <= number) low = middle;
    else high = middle;
  }
  return low;
}

interface Api {
  value(dimension: number): number;
  coord(point: readonly number[]): readonly [number, number];
}

/** A bar of which the lower part, the selected runs, has the full colour. */
function barRenderer(colour: string, faded: string) {
  return (_: unknown, api: Api) => {
    const [left, right] = [api.value(0), api.value(1)];
    const part = (from: number, to: number, fill: string) => {
      const [x, y] = api.coord([left, to]);
      const [end, bottom] = api.coord([right, from]);
      const gap = end - x > 4 ? 1 : 0;
      return {
        type: 'rect',
        shape: { x: x + gap / 2, y, width: Math.max(1, end - x - gap), height: bottom - y },
        style: { fill },
        emphasis: { style: { opacity: 0.85 } },
      };
    };
    const [bottom, top, selected] = [api.value(2), api.value(3), api.value(4)];
    return {
      type: 'group',
      children: [
        ...(selected > bottom ? [part(bottom, selected, colour)] : []),
        ...(top > selected ? [part(selected, top, faded)] : []),
      ],
    };
  };
}

/** Which share of the runs has at most which value. */
export function ecdfFigure(input: FigureInput): Figure | undefined {
  const distribution = distributionOf(input);
  if (distribution === undefined) return undefined;
  const { value, groups, notes } = distribution;
  const { palette, texts } = input;
  const marks = new Map<string, Marks>();
  const series = groups.map((group): Part => {
    const steps = ecdf(
      group.rows.map((row) => value.at(row)),
      1000,
    );
    const id = `ecdf:${group.id}`;
    marks.set(
      id,
      marksFrom(steps, ({ at, share }) => ({
        rows: group.rows.filter((row) => value.at(row) === at),
        facts: [
          [value.label, value.format(at)],
          [`≤ ${value.format(at)}`, percent(share)],
        ],
      })),
    );
    return {
      type: 'line',
      id,
      ...(group.name === '' ? {} : { name: group.name }),
      step: 'end',
      showSymbol: steps.length <= 40,
      symbol: 'circle',
      symbolSize: 5,
      animation: false,
      data: steps.map(({ at, share }) => [at, share]),
      color: group.colour,
      lineStyle: { width: 2 },
    };
  });
  // On the axis: where a run stands on the curves depends on its group.
  const selected = selectedPoints(input, value, { at: () => 0 });
  marks.set('selected', selected.marks);
  return {
    option: {
      grid: { ...gridRoom, top: input.slots.group === undefined ? gridRoom.top : 34 },
      xAxis: axisOf(value, palette),
      yAxis: numberAxis(texts.share, palette, percent, { min: 0, max: 1, nameGap: 42 }),
      legend: legendOf(groups, input),
      series: [...series, selected.series],
    },
    marks,
    grids: [{ x: value, y: undefined }],
    axes: [],
    tooltip: 'axis',
    notes,
  };
}

/** Quartiles and outliers, a box for each group. */
export function boxFigure(input: FigureInput): Figure | undefined {
  const distribution = distributionOf(input);
  if (distribution === undefined) return undefined;
  const { value, groups, notes } = distribution;
  const { palette, texts } = input;
  const boxes = groups.flatMap((group) => {
    const summary = boxSummary(group.rows.map((row) => value.at(row)));
    return summary === undefined ? [] : [{ group, summary }];
  });
  const by = input.values(input.slots.group);
  const outliers = boxes.flatMap(({ group, summary }, box) =>
    summary.outliers.map((place) => ({ box, row: group.rows[place] as number })),
  );
  const f = value.format;
  const boxOf = new Float64Array(input.model.table.size).fill(Number.NaN);
  for (const [box, { group }] of boxes.entries()) for (const row of group.rows) boxOf[row] = box;
  const selected = selectedPoints(input, { at: (row) => boxOf[row] ?? Number.NaN }, value);
  return {
    option: {
      grid: gridRoom,
      xAxis: wordAxis(
        by?.label ?? '',
        palette,
        boxes.map(({ group }) => (by === undefined ? '' : group.name.replace(`${by.label} `, ''))),
      ),
      yAxis: axisOf(value, palette, { nameGap: 36 }),
      series: [
        {
          type: 'boxplot',
          id: 'boxes',
          animation: false,
          boxWidth: [12, 60],
          data: boxes.map(({ group, summary }) => ({
            value: [summary.low, summary.firstQuartile, summary.median, summary.thirdQuartile, summary.high],
            itemStyle: {
              color: mixed(group.colour, palette.background, 0.3),
              borderColor: group.colour,
              borderWidth: 1.5,
            },
          })),
        },
        {
          type: 'scatter',
          id: 'outliers',
          animation: false,
          symbolSize: 7,
          data: outliers.map(({ box, row }) => ({
            value: [box, value.at(row)],
            itemStyle: { color: boxes[box]?.group.colour },
          })),
        },
        selected.series,
      ],
    },
    marks: new Map([
      [
        'boxes',
        marksOf(
          boxes.map(({ group, summary }) => ({
            rows: group.rows,
            facts: [
              ...(group.name === '' ? [] : [[texts.group, group.name] as const]),
              [texts.median, f(summary.median)],
              [texts.quartiles, `${f(summary.firstQuartile)} – ${f(summary.thirdQuartile)}`],
              [texts.whiskers, `${f(summary.low)} – ${f(summary.high)}`],
            ],
          })),
        ),
      ],
      ['outliers', rowMarks(outliers.map(({ row }) => row))],
      ['selected', selected.marks],
    ]),
    grids: [{ x: undefined, y: value }],
    axes: [],
    notes,
  };
}
