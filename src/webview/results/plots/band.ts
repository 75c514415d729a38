import { min } from 'd3-array';
import { confidence, type MeanInterval } from './data/interval.ts';
import type { FigureInput, Part } from './figure.ts';
import type { Group } from './groups.ts';
import { percent } from './parts.ts';
import type { Values } from './values.ts';

/** A mean with its interval at a place of the x axis. */
export interface BandPoint extends MeanInterval {
  readonly x: number;
}

/** A line through means with its band. */
export interface Band {
  /** The id of the line's series. */
  readonly id: string;
  readonly group: Group;
  readonly points: readonly BandPoint[];
  readonly hasSymbols: boolean;
  /** Intervals of fewer runs are cut rather than that they make everything else small. */
  readonly leastRuns: number;
  /** Whether the y axis is logarithmic. */
  readonly isLog: boolean;
}

/** The interval of two runs says nothing, and is left out. */
export const fewest = 3;

/** The series of a band. */
export function bandOf({ id, group, points, hasSymbols, leastRuns, isLog }: Band): readonly Part[] {
  // Below 0 a logarithmic axis has no place: the band ends a magnitude below the means.
  const bottom = isLog ? (min(points, ({ mean }) => mean) ?? 1) / 10 : Number.NEGATIVE_INFINITY;
  const ends = points.map(({ x, count, mean, low, high }) =>
    count < fewest ? { x, count, low: mean, high: mean } : { x, count, low: Math.max(low, bottom), high },
  );
  const first = points.slice(0, 1).map(({ x, mean }) => [x, mean]);
  return [
    {
      type: 'custom',
      zlevel: 0,
      id: `${id}:band`,
      silent: true,
      clip: true,
      animation: false,
      z: 1,
      // The first item draws the whole band; the others are there for the extent of the axes.
      data: [
        ...first,
        ...ends.filter(({ count }) => count >= leastRuns).map(({ x, low }) => [x, low]),
        ...ends.filter(({ count }) => count >= leastRuns).map(({ x, high }) => [x, high]),
      ],
      encode: { x: 0, y: 1 },
      renderItem: (
        { dataIndex }: { readonly dataIndex: number },
        { coord }: { coord(point: readonly number[]): readonly number[] },
      ) => {
        if (dataIndex !== 0) return { type: 'group', children: [] };
        const outline = [
          ...ends.map(({ x, high }) => coord([x, high])),
          ...ends.toReversed().map(({ x, low }) => coord([x, low])),
        ];
        return {
          type: 'polygon',
          shape: { points: outline },
          style: { fill: group.colour, opacity: 0.18 },
        };
      },
    },
    {
      type: 'line',
      id,
      ...(group.name === '' ? {} : { name: group.name }),
      animation: false,
      z: 2,
      color: group.colour,
      lineStyle: { width: 2 },
      symbol: 'circle',
      symbolSize: 6,
      showSymbol: hasSymbols,
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
