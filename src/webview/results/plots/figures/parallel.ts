import { type Figure, type FigureInput, type Part, rowMarks } from '../figure.ts';
import { groupsOf } from '../groups.ts';
import { translucent } from '../palette.ts';
import { axisOf, colourBar, filled, legendOf } from '../parts.ts';
import { colouring } from '../points.ts';
import { sampleOf } from '../sample.ts';

/** More lines than this cover each other, and take longer to draw than a person waits. */
export const mostLines = 2000;

/** A line for each run through its values, with a region to mark on each axis. */
export function parallelFigure(input: FigureInput): Figure | undefined {
  const { palette, selection, slots, texts, rows } = input;
  const axes = (slots.axes ?? []).flatMap((key) => input.values(key) ?? []);
  if (axes.length < 2) return undefined;
  const colour = input.values(slots.colour);
  const drawn = sampleOf(rows, mostLines, selection.has);
  const selected = drawn.filter((row) => selection.has(row));
  const isSelecting = selection.rows().length > 0;
  const colourOf = colouring(colour, input);
  const groups = colour?.kind === 'categories' ? groupsOf(colour, { ...input, rows: drawn }) : [];
  const opacity = drawn.length > 500 ? 0.35 : 0.6;
  const line = (row: number, width: number, shade: number) => ({
    value: axes.map(({ at }) => {
      const value = at(row);
      return Number.isNaN(value) ? '-' : value;
    }),
    lineStyle: { color: colourOf(row), width, opacity: shade },
  });
  const series = (id: string, of: Uint32Array | readonly number[], width: number, shade: number): Part => ({
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
  const hasBar = colour?.kind === 'numbers';
  return {
    option: {
      parallel: { left: 60, right: hasBar ? 150 : 70, top: groups.length > 0 ? 66 : 48, bottom: 24 },
      parallelAxis: axes.map((values, dim) => ({
        ...axisOf(values, palette, {
          nameLocation: 'end',
          nameGap: 14,
          axisLabel: { color: palette.foreground, textBorderColor: palette.background, textBorderWidth: 3 },
        }),
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
        series('runs', drawn, 1.2, isSelecting ? 0.07 : opacity),
        ...(selected.length > 0 ? [series('selected', selected, 1.6, 0.9)] : []),
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
    marks: new Map([
      ['runs', rowMarks(drawn)],
      ['selected', rowMarks(selected)],
    ]),
    grids: [],
    axes,
    notes: drawn.length < rows.length ? [filled(texts.sampled, drawn.length, rows.length)] : [],
  };
}
