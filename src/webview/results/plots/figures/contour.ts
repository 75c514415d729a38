import type { Figure, FigureInput } from '../figure.ts';
import { gradientColour } from '../palette.ts';
import { axisOf, colourBar, filled, gridRoom } from '../parts.ts';
import { plainPoints } from '../points.ts';
import { remembered } from '../remembered.ts';
import { rgbOf } from '../shades.ts';
import { surfaceOf } from '../surface.ts';
import type { Numbers } from '../values.ts';

/** The ends of the axes are the outermost runs, and no round numbers. */
const innerLabels = { showMinLabel: false, showMaxLabel: false };

/** A result over two columns as areas between heights, linear between the runs. */
export function contourFigure(input: FigureInput): Figure | undefined {
  const { palette, slots, texts, selection } = input;
  const x = input.values(slots.x);
  const y = input.values(slots.y);
  const value = input.values(slots.value);
  if (x?.kind !== 'numbers' || y?.kind !== 'numbers' || value?.kind !== 'numbers') return undefined;
  const surface = remembered(input.rows, 'surface', [x, y, value], () => surfaceOf(input, x, y, value));
  const { placed, heights, levels } = surface;
  const [left, right] = surface.across;
  const [bottom, top] = surface.up;
  const [min, max] = surface.extent;
  const dataX = (share: number) => unscaled(x, left + share * (right - left));
  const dataY = (share: number) => unscaled(y, bottom + share * (top - bottom));
  const isSelecting = selection.rows().length > 0;
  const runs = plainPoints(
    {
      id: 'runs',
      x,
      y,
      rows: placed,
      drawn: {
        symbolSize: placed.length > 500 ? 3 : 6,
        itemStyle: {
          color: palette.background,
          borderColor: palette.foreground,
          borderWidth: 0.6,
          opacity: isSelecting ? 0.35 : 0.75,
        },
        emphasis: { itemStyle: { opacity: 1 } },
      },
      painted: { colour: rgbOf(palette.background), opacity: 0.35, diameter: 2 },
    },
    input,
  );
  const selected = plainPoints(
    {
      id: 'selected',
      x,
      y,
      rows: placed.filter((row) => selection.has(row)),
      drawn: {
        symbolSize: placed.length > 500 ? 5 : 9,
        itemStyle: { color: palette.foreground, borderColor: palette.background, borderWidth: 1 },
      },
      painted: { colour: rgbOf(palette.foreground), opacity: 0.6, diameter: 3 },
    },
    input,
  );
  return {
    option: {
      grid: { ...gridRoom, right: 110 },
      xAxis: axisOf(x, palette, {
        axisLabel: innerLabels,
        min: unscaled(x, left),
        max: unscaled(x, right),
        splitLine: { show: false },
      }),
      yAxis: axisOf(y, palette, {
        axisLabel: innerLabels,
        min: unscaled(y, bottom),
        max: unscaled(y, top),
        splitLine: { show: false },
        nameGap: 36,
      }),
      visualMap: colourBar(value, input, [min, max]),
      series: [
        {
          type: 'custom',
          zlevel: 0,
          id: 'levels',
          silent: true,
          animation: false,
          clip: true,
          data: levels.map((_, place) => [dataX(0), dataY(0), place]),
          renderItem: (
            { dataIndex }: { readonly dataIndex: number },
            { coord }: { coord(point: readonly number[]): readonly number[] },
          ) => {
            const level = levels[dataIndex];
            const above = heights[dataIndex + 1] ?? max;
            const share = (((level?.value ?? min) + above) / 2 - min) / (max - min || 1);
            const pathData = (level?.rings ?? [])
              .map(
                (ring) =>
                  `M${ring
                    .map(([a, b]) =>
                      coord([dataX(a), dataY(b)])
                        .map(round)
                        .join(' '),
                    )
                    .join('L')}Z`,
              )
              .join('');
            return {
              type: 'path',
              shape: { pathData },
              style: {
                fill: gradientColour(palette.gradient, share),
                stroke: palette.background,
                lineWidth: 0.6,
                opacity: 1,
              },
            };
          },
        },
        runs.series,
        selected.series,
      ],
    },
    marks: new Map([
      ['runs', runs.marks],
      ['selected', selected.marks],
    ]),
    grids: [{ x, y }],
    axes: [],
    notes: [
      ...(surface.hasAreas ? [] : [texts.tooFew]),
      ...(surface.isMixed ? [texts.gathered] : []),
      ...(surface.drawnFrom < placed.length
        ? [filled(texts.surfaceOf, surface.drawnFrom, placed.length)]
        : []),
      ...(placed.length < input.rows.length
        ? [filled(texts.missing, input.rows.length - placed.length)]
        : []),
    ],
  };
}

function unscaled({ isLog }: Numbers, value: number): number {
  return isLog ? 10 ** value : value;
}

function round(pixel: number): number {
  return Math.round(pixel * 10) / 10;
}
