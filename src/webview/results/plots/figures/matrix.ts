import { manyPoints } from '../cloud.ts';
import type { Figure, FigureInput, Marks, Part } from '../figure.ts';
import { colourBar, filled, legendOf, roomyAxis } from '../parts.ts';
import { type CloudParts, cloudOf } from '../points.ts';
import { sampleOf } from '../sample.ts';
import type { Values } from '../values.ts';

/** Each of them is drawn in every plot. */
const mostRows = 10_000;

/** Every column against every other one. */
export function matrixFigure(whole: FigureInput): Figure | undefined {
  const { palette, selection, slots, texts } = whole;
  const input = { ...whole, rows: sampleOf(whole.rows, mostRows, selection.has) };
  const axes = (slots.axes ?? []).flatMap((key) => input.values(key) ?? []);
  if (axes.length < 2) return undefined;
  const colour = input.values(slots.colour);
  const size = axes.length - 1;
  const hasBar = colour?.kind === 'numbers';
  const grids: Part[] = [];
  const xAxis: Part[] = [];
  const yAxis: Part[] = [];
  const series: Part[] = [];
  const marks = new Map<string, Marks>();
  const hides: NonNullable<CloudParts['hide']>[] = [];
  const columns: { readonly x: Values; readonly y: Values }[] = [];
  let groups: CloudParts['groups'] = [];
  let missing = 0;
  const [left, right, top, bottom] = [8, hasBar ? 12 : 2, 5, 9];
  const width = (100 - left - right) / size;
  const height = (100 - top - bottom) / size;
  // The lower triangle: what is above would be the same again.
  for (let line = 0; line < size; line++) {
    for (let column = 0; column <= line; column++) {
      const [x, y] = [axes[column], axes[line + 1]];
      if (x === undefined || y === undefined) continue;
      const grid = grids.length;
      const isLowest = line === size - 1;
      grids.push({
        left: `${left + column * width}%`,
        top: `${top + line * height}%`,
        width: `${width - 1.2}%`,
        height: `${height - 1.8}%`,
        outerBoundsMode: 'none',
        show: true,
        borderColor: palette.faint,
      });
      const small = {
        gridIndex: grid,
        splitNumber: 3,
        splitLine: { show: false },
        axisTick: { show: false },
      };
      const label = { fontSize: palette.fontSize - 1 };
      xAxis.push(
        roomyAxis(x, input, {
          ...small,
          ...(isLowest ? {} : { name: '' }),
          nameGap: 24,
          axisLabel: { ...label, show: isLowest },
        }),
      );
      yAxis.push(
        roomyAxis(y, input, {
          ...small,
          ...(column === 0 ? {} : { name: '' }),
          nameGap: 38,
          axisLabel: { ...label, show: column === 0 },
        }),
      );
      const cloud = cloudOf(
        {
          x,
          y,
          colour,
          size: undefined,
          id: `${column}-${line}`,
          grid,
          pixels: 6,
          most: manyPoints / (size * size),
        },
        input,
      );
      series.push(...cloud.series);
      for (const [id, of] of cloud.marks) marks.set(id, of);
      columns.push({ x, y });
      groups = cloud.groups;
      if (cloud.hide !== undefined) hides.push(cloud.hide);
      missing = Math.max(missing, cloud.missing);
    }
  }
  return {
    option: {
      grid: grids,
      xAxis,
      yAxis,
      legend: {
        ...legendOf(groups, input),
        left: 'right',
        right: 24,
        top: 12,
        orient: 'vertical',
        type: 'plain',
      },
      ...(hasBar ? { visualMap: { ...colourBar(colour, input), top: 24, itemHeight: 120 } } : {}),
      series,
    },
    marks,
    grids: columns,
    axes: [],
    hide: (names) => {
      for (const hide of hides) hide(names);
    },
    notes: [
      ...(input.rows.length < whole.rows.length
        ? [filled(texts.sampled, input.rows.length, whole.rows.length)]
        : []),
      ...(missing > 0 ? [filled(texts.missing, missing)] : []),
    ],
  };
}
