import { nice } from 'd3-array';
import { type Figure, type FigureInput, type Marks, type Part, rowMarks } from '../figure.ts';
import { groupsOf } from '../groups.ts';
import { translucent } from '../palette.ts';
import { axisOf, colourBar, extentOf, filled, legendOf } from '../parts.ts';
import { colouring } from '../points.ts';
import { type LinePicture, linePictureOf } from '../raster/linePicture.ts';
import { sampleOf } from '../sample.ts';
import { rgbOf, shadesOf } from '../shades.ts';
import type { Values } from '../values.ts';

/** More lines than this cover each other, and take longer to draw than a person waits. */
export const mostLines = 2000;

/** From so many lines on they are painted as one picture. */
const manyLines = 500;

/** A line for each run through its values, with a region to mark on each axis. */
export function parallelFigure(input: FigureInput): Figure | undefined {
  const { palette, selection, slots, texts, rows } = input;
  const axes = (slots.axes ?? []).flatMap((key) => input.values(key) ?? []);
  if (axes.length < 2) return undefined;
  const colour = input.values(slots.colour);
  const drawn = sampleOf(rows, mostLines, selection.has);
  const groups = colour?.kind === 'categories' ? groupsOf(colour, { ...input, rows: drawn }) : [];
  const hasBar = colour?.kind === 'numbers';
  const room = { left: 60, right: hasBar ? 150 : 70, top: groups.length > 0 ? 66 : 48, bottom: 24 };
  const isMany = drawn.length > manyLines;
  // Those of all runs, so that they stay where they are when others are drawn.
  const ends = isMany ? axes.map((values) => roundEnds(values, rows)) : [];
  const lines = isMany ? paintedLines(axes, ends, drawn, room, input) : drawnLines(axes, drawn, input);
  return {
    option: {
      parallel: room,
      parallelAxis: axes.map((values, dim) => ({
        ...axisOf(values, palette, {
          nameLocation: 'end',
          nameGap: 14,
          axisLabel: { color: palette.foreground, textBorderColor: palette.background, textBorderWidth: 3 },
        }),
        ...(isMany ? endsOf(values, ends[dim]) : {}),
        id: values.key,
        dim,
        // Its numbers are above the lines.
        z: 20,
        realtime: false,
        splitLine: { show: false },
        nameTruncate: { maxWidth: 120 },
        areaSelectStyle: {
          width: 18,
          borderWidth: 1,
          borderColor: palette.accent,
          color: translucent(palette.accent, 0.25),
        },
      })),
      legend: {
        ...legendOf(groups, input),
        selectedMode: false,
      },
      ...(hasBar ? { visualMap: { ...colourBar(colour, input), right: 16 } } : {}),
      series: [
        ...lines.series,
        // A name in the legend is a series' name.
        ...groups.map(({ name, colour }) => ({
          type: 'parallel',
          id: `legend:${name}`,
          name,
          color: colour,
          data: [],
        })),
      ],
    },
    marks: new Map(lines.marks),
    grids: [],
    axes,
    notes: drawn.length < rows.length ? [filled(texts.sampled, drawn.length, rows.length)] : [],
  };
}

/** The series of lines, with what they stand for. */
interface LineParts {
  readonly series: readonly Part[];
  readonly marks: readonly (readonly [id: string, marks: Marks])[];
}

function drawnLines(axes: readonly Values[], drawn: Uint32Array, input: FigureInput): LineParts {
  const { selection, slots } = input;
  const colourOf = colouring(input.values(slots.colour), input);
  const selected = drawn.filter((row) => selection.has(row));
  const isSelecting = selection.rows().length > 0;
  const line = (row: number, width: number, shade: number) => ({
    value: axes.map(({ at }) => {
      const value = at(row);
      return Number.isNaN(value) ? '-' : value;
    }),
    lineStyle: { color: colourOf(row), width, opacity: shade },
  });
  const series = (id: string, of: Uint32Array, width: number, shade: number): Part => ({
    type: 'parallel',
    id,
    data: Array.from(of, (row) => line(row, width, shade)),
    lineStyle: { opacity: shade },
    // What is marked on axes is a selection as any other.
    activeOpacity: shade,
    inactiveOpacity: shade,
    smooth: 0,
    animation: false,
    progressive: 0,
    emphasis: { lineStyle: { width: 3, opacity: 1 } },
  });
  return {
    series: [
      series('runs', drawn, 1.2, isSelecting ? 0.07 : 0.6),
      ...(selected.length > 0 ? [series('selected', selected, 1.6, 0.9)] : []),
    ],
    marks: [
      ['runs', rowMarks(drawn)],
      ['selected', rowMarks(selected)],
    ],
  };
}

/** The lines as a picture; the selected ones lie over the others. */
function paintedLines(
  axes: readonly Values[],
  ends: readonly (Ends | undefined)[],
  drawn: Uint32Array,
  room: LinePicture['room'],
  input: FigureInput,
): LineParts {
  const { selection, slots } = input;
  const isSelecting = selection.rows().length > 0;
  const { colours, shadeOf } = shadesOf(input.values(slots.colour), input);
  const look = (width: number, opacity: number) =>
    colours.map((colour) => ({ colour: rgbOf(colour), width, opacity }));
  const rows = isSelecting
    ? Uint32Array.of(...drawn.filter((row) => !selection.has(row)), ...drawn.filter(selection.has))
    : drawn;
  const places = axes.map((values, axis) => shareOn(values, ends[axis]));
  const { series, marks } = linePictureOf(
    {
      id: 'runs',
      room,
      axes: axes.length,
      rows,
      shares: Float32Array.from(
        { length: rows.length * axes.length },
        (_, at) => places[at % axes.length]?.(rows[Math.floor(at / axes.length)] as number) ?? Number.NaN,
      ),
      looks: Uint16Array.from(
        rows,
        (row) => shadeOf(row) + (isSelecting && selection.has(row) ? colours.length : 0),
      ),
      allLooks: isSelecting ? [...look(1.2, 0.07), ...look(1.6, 0.9)] : look(1.2, 0.35),
    },
    input.easel,
  );
  return { series: [series], marks: [['runs', marks]] };
}

/** The ends of an axis of numbers, on its scale. */
type Ends = readonly [number, number];

/** Round ends around the numbers of rows; words need none. */
function roundEnds(values: Values, rows: Uint32Array): Ends | undefined {
  if (values.kind === 'categories') return undefined;
  const [min, max] = extentOf(values, rows);
  if (values.isLog) return [Math.floor(min), Math.max(Math.ceil(max), Math.floor(min) + 1)];
  if (min === max) return [min - (Math.abs(min) / 2 || 1), max + (Math.abs(max) / 2 || 1)];
  return nice(min, max, 5);
}

/** The ends of an axis, for ECharts: where it draws no lines, it has no data that would tell them. */
function endsOf(values: Values, ends: Ends | undefined): Part {
  if (values.kind === 'categories' || ends === undefined) return {};
  const [min, max] = ends.map((end) => (values.isLog ? 10 ** end : end));
  return { min, max };
}

/** Where a row stands on an axis: from 0 at its lower end to 1; words are in the middle of their parts of it. */
function shareOn(values: Values, [min, max]: Ends = [0, 1]): (row: number) => number {
  if (values.kind === 'categories') return (row) => (values.at(row) + 0.5) / values.names.length;
  return (row) => ((values.isLog ? Math.log10(values.at(row)) : values.at(row)) - min) / (max - min);
}
