import { confidence, type MeanInterval } from './data/interval.ts';
import type { FigureInput, Part } from './figure.ts';
import { percent } from './parts.ts';
import type { Values } from './values.ts';

/** A mean with its interval at a place of the x axis. */
export interface BandPoint extends MeanInterval {
  readonly x: number;
}

/** The interval of two runs says nothing, and is left out. */
const fewest = 3;

/**
 * A line through means, with a band between the ends of their intervals; the line's id is `id`. Intervals of fewer than
 * `leastRuns` runs, which are wide, are cut rather than that they make everything else small.
 */
export function bandOf(
  id: string,
  name: string,
  colour: string,
  points: readonly BandPoint[],
  showSymbols: boolean,
  leastRuns = fewest,
): readonly Part[] {
  return [
    {
      type: 'custom',
      zlevel: 0,
      id: `${id}:band`,
      silent: true,
      clip: true,
      animation: false,
      z: 1,
      // One item draws the whole band; the others are there for the extent of the axes.
      data: [points[0], ...points.filter(({ count }) => count >= leastRuns)].flatMap((point, place) => {
        if (point === undefined) return [];
        const { x, mean, low, high } = point;
        return place === 0
          ? [[x, mean]]
          : [
              [x, low],
              [x, high],
            ];
      }),
      encode: { x: 0, y: 1 },
      renderItem: (
        { dataIndex }: { readonly dataIndex: number },
        { coord }: { coord(point: readonly number[]): readonly number[] },
      ) => {
        if (dataIndex !== 0) return { type: 'group', children: [] };
        const outline = [
          ...points.map(({ x, high, mean, count }) => coord([x, count < fewest ? mean : high])),
          ...points.toReversed().map(({ x, low, mean, count }) => coord([x, count < fewest ? mean : low])),
        ];
        return { type: 'polygon', shape: { points: outline }, style: { fill: colour, opacity: 0.18 } };
      },
    },
    {
      type: 'line',
      id,
      ...(name === '' ? {} : { name }),
      animation: false,
      z: 2,
      color: colour,
      lineStyle: { width: 2 },
      symbol: 'circle',
      symbolSize: 6,
      showSymbol: showSymbols,
      data: points.map(({ x, mean }) => [x, mean]),
    },
  ];
}

/** What a mean says of itself. */
export function meanFacts(
  value: Values,
  { mean, low, high }: MeanInterval,
  { texts }: FigureInput,
): readonly (readonly [string, string])[] {
  return [
    [texts.mean, value.format(mean)],
    ...(low === high ? [] : [[percent(confidence), `${value.format(low)} – ${value.format(high)}`] as const]),
  ];
}
