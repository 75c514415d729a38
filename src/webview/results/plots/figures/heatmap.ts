import { extent, mean } from 'd3-array';
import type { Interval } from '../../selection.ts';
import { cellsFor } from '../data/surface.ts';
import { type Figure, type FigureInput, type Mark, marksOf } from '../figure.ts';
import { gradientColour } from '../palette.ts';
import { colourBar, extentOf, filled, gridRoom, shortNumber, wordAxis } from '../parts.ts';
import { distinctValues, type Values } from '../values.ts';

/** With more different values than this, an axis of a heatmap has ranges. */
const mostCells = 50;
/** Cells of at most so many have their numbers written in them. */
const mostLabels = 120;

interface CellApi {
  coord(place: readonly number[]): readonly [number, number];
  size(places: readonly number[]): readonly [number, number];
}

/** The mean of a result in each cell of two columns. */
export function heatmapFigure(input: FigureInput): Figure | undefined {
  const { palette, slots, texts, selection } = input;
  const x = input.values(slots.x);
  const y = input.values(slots.y);
  const value = input.values(slots.value);
  if (x === undefined || y === undefined || value?.kind !== 'numbers') return undefined;
  const placed = input.rows.filter((row) => !Number.isNaN(x.at(row)) && !Number.isNaN(y.at(row)));
  const [columns, lines] = [stepsOf(x, placed), stepsOf(y, placed)];
  const cells = Map.groupBy(
    placed,
    (row) => columns.placeOf(x.at(row)) + columns.names.length * lines.placeOf(y.at(row)),
  );
  const isSelecting = selection.rows().length > 0;
  const scaled = (number: number) => (value.isLog ? Math.log10(number) : number);
  const items: { readonly place: readonly [number, number]; readonly mean: number; readonly mark: Mark }[] =
    [];
  for (const [cell, rows] of cells) {
    const average = mean(rows, (row) => value.at(row));
    const place = [cell % columns.names.length, Math.floor(cell / columns.names.length)] as const;
    const facts = [
      [x.label, columns.names[place[0]] ?? ''],
      [y.label, lines.names[place[1]] ?? ''],
      [
        rows.length === 1 ? value.label : filled(texts.meanOf, value.label),
        average === undefined ? '–' : value.format(average),
      ],
    ] as const;
    items.push({ place, mean: average ?? Number.NaN, mark: { rows, facts } });
  }
  const all = items.map((item) => scaled(item.mean)).filter((height) => !Number.isNaN(height));
  const empty = items.length - all.length;
  const [min = 0, max = 1] = extent(all);
  const hasLabels = items.length <= mostLabels && columns.names.length <= 12;
  const axis = ({ label }: Values, names: readonly string[], nameGap: number) =>
    wordAxis(label, palette, names, { nameGap, axisTick: { show: false } });
  return {
    option: {
      grid: { ...gridRoom, right: 110 },
      xAxis: axis(x, columns.names, 26),
      yAxis: axis(y, lines.names, 44),
      visualMap: colourBar(value, input, [min, max]),
      series: [
        {
          type: 'custom',
          zlevel: 0,
          id: 'cells',
          animation: false,
          data: items.map(({ place }) => place),
          renderItem: ({ dataIndex }: { readonly dataIndex: number }, api: CellApi) => {
            const item = items[dataIndex];
            if (item === undefined) return undefined;
            const isFaded = isSelecting && !Array.from(item.mark.rows).some(selection.has);
            const share = (scaled(item.mean) - min) / (max - min || 1);
            // Runs without the result have failed, as a rule.
            const isEmpty = Number.isNaN(item.mean);
            const fill = isEmpty ? palette.faint : gradientColour(palette.gradient, share);
            const text = isEmpty ? '×' : shortNumber(Number(item.mean.toPrecision(3)));
            const ink = isEmpty || isFaded ? palette.foreground : share > 0.55 ? '#000' : '#fff';
            const [x, y] = api.coord(item.place);
            const [width, height] = api.size([1, 1]);
            const gap = items.length > 1500 ? 0 : 1;
            return {
              type: 'rect',
              shape: {
                x: x - width / 2 + gap / 2,
                y: y - height / 2 + gap / 2,
                width: width - gap,
                height: height - gap,
              },
              style: { fill, opacity: isFaded ? 0.25 : 1 },
              emphasis: { style: { stroke: palette.foreground, lineWidth: 2 } },
              ...(hasLabels
                ? {
                    textContent: { style: { text, fill: ink, fontSize: palette.fontSize } },
                    textConfig: { position: 'inside' },
                  }
                : {}),
            };
          },
        },
      ],
    },
    marks: new Map([['cells', marksOf(items.map(({ mark }) => mark))]]),
    grids: [{ x, y, steps: { x: columns.numbers, y: lines.numbers } }],
    axes: [],
    notes: empty > 0 ? [filled(texts.emptyCells, empty)] : [],
  };
}

/** The steps of an axis. */
interface Steps {
  readonly names: readonly string[];
  /** In which one a value stands. */
  placeOf(value: number): number;
  /** The numbers of the steps from one place to another, both included. */
  numbers(from: number, to: number): Interval;
}

function stepsOf(values: Values, rows: Iterable<number>): Steps {
  if (values.kind === 'categories') {
    return { names: values.names, placeOf: (value) => value, numbers: (from, to) => [from, to] };
  }
  const all = [...rows];
  const distinct = distinctValues(values, all, mostCells);
  if (distinct !== undefined) {
    const places = new Map(distinct.map((value, place) => [value, place]));
    const at = (place: number) =>
      distinct[Math.min(distinct.length - 1, Math.max(0, Math.round(place)))] ?? 0;
    return {
      names: distinct.map(values.format),
      placeOf: (value) => places.get(value) ?? 0,
      numbers: (from, to) => [at(from), at(to)],
    };
  }
  const [min, max] = extentOf(values, all);
  const ranges = cellsFor(all.length);
  const width = (max - min) / ranges || 1;
  const scaled = (value: number) => (values.isLog ? Math.log10(value) : value);
  const border = (place: number) => (values.isLog ? 10 ** (min + place * width) : min + place * width);
  return {
    names: Array.from({ length: ranges }, (_, place) =>
      shortNumber(Number(border(place + 0.5).toPrecision(3))),
    ),
    placeOf: (value) => Math.min(ranges - 1, Math.max(0, Math.floor((scaled(value) - min) / width))),
    numbers: (from, to) => [border(Math.round(from)), border(Math.round(to) + 1)],
  };
}
