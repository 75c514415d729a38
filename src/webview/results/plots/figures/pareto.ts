import { type ParetoPoint, paretoFront } from '../data/pareto.ts';
import type { Figure, FigureInput } from '../figure.ts';
import { rowMarks } from '../figure.ts';
import { colourBar, filled, gridRoom, legendOf, roomyAxis } from '../parts.ts';
import { cloudOf } from '../points.ts';
import { remembered } from '../remembered.ts';
import type { Numbers } from '../values.ts';

/** Two results against each other, with the runs that no other run beats in both. */
export function paretoFigure(input: FigureInput): Figure | undefined {
  const { palette, slots, texts, rows } = input;
  const x = input.values(slots.x);
  const y = input.values(slots.y);
  if (x?.kind !== 'numbers' || y?.kind !== 'numbers') return undefined;
  const colour = input.values(slots.colour);
  const hasBar = colour?.kind === 'numbers';
  const cloud = cloudOf({ x, y, colour, size: undefined, id: 'runs', grid: 0, pixels: 8 }, input);
  const directions = [x, y].map(({ key }) => (input.isMaximized(key) ? 'most' : 'least'));
  const front = remembered(rows, `front of ${directions}`, [x, y], () => frontOf(x, y, input));
  const goal = (key: string, label: string) =>
    `${label} (${input.isMaximized(key) ? texts.more : texts.less})`;
  return {
    option: {
      grid: {
        ...gridRoom,
        top: cloud.groups.length > 0 ? 34 : gridRoom.top,
        right: hasBar ? 96 : gridRoom.right,
      },
      xAxis: roomyAxis(x, input, { name: goal(x.key, x.label) }),
      yAxis: roomyAxis(y, input, { name: goal(y.key, y.label), nameGap: 36 }),
      legend: legendOf(cloud.groups, input),
      ...(hasBar ? { visualMap: colourBar(colour, input) } : {}),
      series: [
        ...cloud.series,
        {
          type: 'line',
          id: 'front',
          animation: false,
          z: 4,
          // What lies above the steps is beaten by a run of the front.
          step: 'end',
          symbol: 'circle',
          symbolSize: 10,
          color: palette.foreground,
          lineStyle: { width: 1.5, color: palette.foreground },
          itemStyle: { color: palette.background, borderColor: palette.foreground, borderWidth: 2 },
          data: front.map(({ row }) => [x.at(row), y.at(row)]),
        },
      ],
    },
    marks: new Map([...cloud.marks, ['front', rowMarks(front.map(({ row }) => row))]]),
    grids: [{ x, y }],
    axes: [],
    ...(cloud.hide === undefined ? {} : { hide: cloud.hide }),
    notes: [
      filled(texts.onFront, front.length),
      ...(cloud.missing > 0 ? [filled(texts.missing, cloud.missing)] : []),
    ],
  };
}

function frontOf(x: Numbers, y: Numbers, { rows, isMaximized }: FigureInput): readonly ParetoPoint[] {
  const [signX, signY] = [isMaximized(x.key) ? -1 : 1, isMaximized(y.key) ? -1 : 1];
  const points: ParetoPoint[] = [];
  for (const row of rows) {
    const point = { x: signX * x.at(row), y: signY * y.at(row), row };
    if (!Number.isNaN(point.x) && !Number.isNaN(point.y)) points.push(point);
  }
  return paretoFront(points);
}
