import { median } from 'd3-array';
import { columnKey } from '../../../../core/resultsTable/column.ts';
import { type Figure, type FigureInput, type Mark, type Marks, marksOf } from '../figure.ts';
import { rangesOf } from '../groups.ts';
import { filled, gridRoom, legendOf, numberAxis, percent, roomyAxis } from '../parts.ts';
import { cloudOf } from '../points.ts';
import { distinctValues, type Values } from '../values.ts';

/** More values of a parameter than this are ranges. */
const mostBars = 30;
const ranges = 12;

/** How long runs took over a column, and below it which share of them failed. */
export function outcomeFigure(input: FigureInput): Figure | undefined {
  const { palette, slots, texts } = input;
  const x = input.values(slots.x);
  const duration = input.values(columnKey('run', 'duration_s'));
  const status = input.values(columnKey('run', 'status'));
  if (x === undefined || duration === undefined || status?.kind !== 'categories') return undefined;
  const cloud = cloudOf(
    { x, y: duration, colour: status, size: undefined, id: 'runs', grid: 0, pixels: 8 },
    input,
  );
  const steps = stepsOf(x, input);
  const failed = status.names.indexOf('failure');
  const ended = (row: number) => ['success', 'failure'].includes(status.names[status.at(row)] ?? '');
  const bars: { readonly value: readonly number[]; readonly mark: Mark }[] = [];
  const medians: (readonly [number, number])[] = [];
  for (const { from, to, middle, name, rows } of steps) {
    const middleDuration = median(rows, (row) => duration.at(row));
    if (middleDuration !== undefined && !Number.isNaN(middleDuration)) medians.push([middle, middleDuration]);
    const over = rows.filter(ended);
    if (over.length === 0) continue;
    const failures = over.filter((row) => status.at(row) === failed);
    bars.push({
      value: [from, to, failures.length / over.length],
      mark: {
        rows: failures,
        facts: [
          [x.label, name],
          [texts.failed, filled(texts.failedOf, failures.length, over.length)],
          ...(middleDuration === undefined
            ? []
            : [[texts.medianDuration, `${duration.format(middleDuration)} s`] as const]),
        ],
      },
    });
  }
  const marks: Map<string, Marks> = new Map(cloud.marks);
  marks.set('failures', marksOf(bars.map(({ mark }) => mark)));
  const colour = palette.statuses.failure ?? palette.accent;
  return {
    option: {
      grid: [
        { ...gridRoom, top: 34, bottom: '38%', left: 80, outerBoundsMode: 'none' },
        { ...gridRoom, top: '68%', bottom: 52, left: 80, outerBoundsMode: 'none' },
      ],
      xAxis: [
        roomyAxis(x, input, { name: '', axisLabel: { show: false }, splitLine: { show: false } }),
        roomyAxis(x, input, { gridIndex: 1, splitLine: { show: false } }),
      ],
      yAxis: [
        roomyAxis(duration, input, { nameGap: 50, name: texts.duration }),
        numberAxis(texts.failed, palette, percent, {
          gridIndex: 1,
          min: 0,
          max: 1,
          nameGap: 50,
          splitNumber: 2,
        }),
      ],
      legend: legendOf(cloud.groups, input),
      series: [
        ...cloud.series,
        {
          type: 'line',
          id: 'medians',
          silent: true,
          animation: false,
          z: 2,
          showSymbol: false,
          color: palette.foreground,
          lineStyle: { width: 1.5, opacity: 0.7 },
          data: x.kind === 'categories' ? [] : medians,
        },
        {
          type: 'custom',
          zlevel: 0,
          id: 'failures',
          xAxisIndex: 1,
          yAxisIndex: 1,
          animation: false,
          clip: true,
          color: colour,
          encode: { x: [0, 1], y: 2 },
          data: bars.map(({ value }) => value),
          renderItem: barRenderer(x, colour),
        },
      ],
    },
    marks,
    grids: [
      { x, y: duration },
      { x, y: undefined },
    ],
    axes: [],
    ...(cloud.hide === undefined ? {} : { hide: cloud.hide }),
    notes: cloud.missing > 0 ? [filled(texts.missing, cloud.missing)] : [],
  };
}

interface Step {
  readonly from: number;
  readonly to: number;
  readonly middle: number;
  readonly name: string;
  readonly rows: readonly number[];
}

function stepsOf(x: Values, input: FigureInput): Step[] {
  const rows = input.rows.filter((row) => !Number.isNaN(x.at(row)));
  if (x.kind === 'numbers' && distinctValues(x, rows, mostBars) === undefined) {
    return rangesOf(x, rows, input.palette, ranges).map(({ name, rows: members }) => {
      let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (const row of members) {
        from = Math.min(from, x.at(row));
        to = Math.max(to, x.at(row));
      }
      const middle = x.isLog ? Math.sqrt(from * to) : (from + to) / 2;
      return { from, to, middle, name: name.replace(`${x.label} `, ''), rows: members };
    });
  }
  const byValue = Map.groupBy(rows, (row) => x.at(row));
  return [...byValue]
    .sort(([a], [b]) => a - b)
    .map(([at, members]) => ({ from: at, to: at, middle: at, name: x.format(at), rows: members }));
}

/** A bar from one value to another; around a single value it is as wide as suits the axis. */
function barRenderer(x: Values, fill: string) {
  return (
    { coordSys }: { readonly coordSys: { readonly width: number } },
    api: { value(dimension: number): number; coord(point: readonly number[]): readonly [number, number] },
  ) => {
    const [left, top] = api.coord([api.value(0), api.value(2)]);
    const [right, bottom] = api.coord([api.value(1), 0]);
    const least = x.kind === 'categories' ? (0.5 * coordSys.width) / x.names.length : 10;
    const missing = Math.max(0, Math.min(least, 60) - (right - left));
    return {
      type: 'rect',
      shape: { x: left - missing / 2, y: top, width: right - left + missing, height: bottom - top },
      style: { fill, opacity: 0.85 },
    };
  };
}
