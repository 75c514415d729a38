import { manyPoints } from '../cloud.ts';
import type { Figure, FigureInput } from '../figure.ts';
import { colourBar, filled, gridRoom, legendOf, roomyAxis } from '../parts.ts';
import { cloudOf } from '../points.ts';

/** Any column against any other. */
export function scatterFigure(input: FigureInput): Figure | undefined {
  const { slots, texts } = input;
  const x = input.values(slots.x);
  const y = input.values(slots.y);
  if (x === undefined || y === undefined) return undefined;
  const colour = input.values(slots.colour);
  const size = input.values(slots.size);
  const cloud = cloudOf({ x, y, colour, size, id: 'runs', grid: 0, pixels: 9 }, input);
  const hasBar = colour?.kind === 'numbers';
  return {
    option: {
      grid: {
        ...gridRoom,
        top: cloud.groups.length > 0 ? 34 : gridRoom.top,
        right: hasBar ? 96 : gridRoom.right,
      },
      xAxis: roomyAxis(x, input),
      yAxis: roomyAxis(y, input, { nameGap: 36 }),
      legend: legendOf(cloud.groups, input),
      ...(hasBar ? { visualMap: colourBar(colour, input) } : {}),
      series: cloud.series,
    },
    marks: new Map(cloud.marks),
    grids: [{ x, y }],
    axes: [],
    ...(cloud.hide === undefined ? {} : { hide: cloud.hide }),
    notes: [
      ...(cloud.missing > 0 ? [filled(texts.missing, cloud.missing)] : []),
      ...(size !== undefined && input.rows.length - cloud.missing > manyPoints ? [texts.noSizes] : []),
    ],
  };
}
