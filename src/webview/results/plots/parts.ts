import type { FigureInput, Part } from './figure.ts';
import type { Palette } from './palette.ts';
import type { Values } from './values.ts';

/** Room around the data; ECharts itself keeps room for the labels of axes. */
export const gridRoom = { left: 16, right: 28, top: 20, bottom: 12 } as const;

/** An axis for a column's values; `more` is said of it besides. */
export function axisOf(values: Values, palette: Palette, more: Part = {}): Part {
  const type =
    values.kind === 'categories'
      ? { type: 'category', data: values.names }
      : { type: values.isLog ? 'log' : 'value', scale: true };
  const format = (value: string | number) =>
    values.kind === 'categories' ? String(value) : tick(values, Number(value));
  return axis(values.label, palette, format, { ...type, ...more });
}

/** An axis that keeps points off its ends; those are no round numbers, and have no labels. */
export function roomyAxis(
  values: Values,
  { palette, rows }: Pick<FigureInput, 'palette' | 'rows'>,
  { axisLabel, ...more }: Part = {},
): Part {
  if (values.kind === 'categories') return axisOf(values, palette, { axisLabel, ...more });
  const [min, max] = extentOf(values, rows);
  const room = (max - min || Math.abs(max) || 1) * 0.04;
  const unscaled = (value: number) => (values.isLog ? 10 ** value : value);
  return axisOf(values, palette, {
    min: unscaled(min - room),
    max: unscaled(max + room),
    axisLabel: { showMinLabel: false, showMaxLabel: false, ...(axisLabel as Part | undefined) },
    ...more,
  });
}

/** An axis of numbers that are no column: of counts, of shares. */
export function numberAxis(
  name: string,
  palette: Palette,
  format: (value: number) => string,
  more: Part = {},
): Part {
  return axis(name, palette, (value) => format(Number(value)), { type: 'value', ...more });
}

/** An axis of words. */
export function wordAxis(name: string, palette: Palette, words: readonly string[], more: Part = {}): Part {
  return axis(name, palette, String, { type: 'category', data: words, splitLine: { show: false }, ...more });
}

function axis(
  name: string,
  palette: Palette,
  format: (value: string | number) => string,
  { axisLabel, ...more }: Part,
): Part {
  return {
    name,
    nameLocation: 'middle',
    nameGap: 26,
    nameTextStyle: { color: palette.foreground, fontSize: palette.fontSize },
    axisLine: { show: true, onZero: false, lineStyle: { color: palette.line } },
    axisTick: { show: true, lineStyle: { color: palette.line } },
    splitLine: { show: true, lineStyle: { color: palette.faint } },
    ...more,
    axisLabel: {
      color: palette.muted,
      fontSize: palette.fontSize,
      formatter: format,
      hideOverlap: true,
      ...(axisLabel as Part | undefined),
    },
  };
}

/** A number beside an axis: short, whatever its size. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 1e-4)) {
    return value
      .toExponential(3)
      .replace(/\.?0+e/, 'e')
      .replace('e+', 'e')
      .replace('-', '−');
  }
  return String(Number(value.toPrecision(5))).replace('-', '−');
}

function tick(values: Values, value: number): string {
  return values.key === 'run:started' ? new Date(value * 1000).toLocaleTimeString() : shortNumber(value);
}

/** A share for a person. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** A bar with the colours of numbers, at the right. */
export function colourBar(
  values: Values & { kind: 'numbers' },
  { palette, rows }: FigureInput,
  [min, max] = extentOf(values, rows),
): Part {
  const short = (value: number) => shortNumber(Number((values.isLog ? 10 ** value : value).toPrecision(4)));
  return {
    type: 'continuous',
    seriesIndex: [],
    min,
    max,
    right: 8,
    top: 'middle',
    itemHeight: 180,
    itemWidth: 12,
    text: [`${values.label}\n\n${short(max)}`, short(min)],
    textStyle: { color: palette.muted, fontSize: palette.fontSize, lineHeight: palette.fontSize },
    inRange: { color: palette.gradient },
    calculable: false,
    hoverLink: false,
  };
}

/** The least and greatest of the rows' values, as logarithms where the scale is one; 0 and 1 where there are none. */
export function extentOf(values: Values & { kind: 'numbers' }, rows: Iterable<number>): [number, number] {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const value = values.at(row);
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min > max) return [0, 1];
  return values.isLog ? [Math.log10(min), Math.log10(max)] : [min, max];
}

/** A legend of groups, above the data. */
export function legendOf(
  groups: readonly { readonly name: string; readonly colour: string }[],
  { palette }: FigureInput,
): Part {
  const named = groups.filter(({ name }) => name !== '');
  return {
    type: 'scroll',
    show: named.length > 0,
    top: 4,
    left: 'center',
    // The colours of what is not selected fade, and a legend's do not.
    data: named.map(({ name, colour }) => ({ name, itemStyle: { color: colour, opacity: 1 } })),
    icon: 'circle',
    itemWidth: 10,
    itemHeight: 10,
    itemGap: 14,
    textStyle: { color: palette.foreground, fontSize: palette.fontSize },
    pageTextStyle: { color: palette.muted },
    pageIconColor: palette.foreground,
    pageIconInactiveColor: palette.muted,
    inactiveColor: palette.line,
  };
}

/** A text of the page with its numbers. */
export function filled(text: string, ...values: readonly (number | string)[]): string {
  return text.replaceAll(/\{(\d)\}/g, (_, place) => {
    const value = values[Number(place)] ?? '';
    return typeof value === 'number' ? value.toLocaleString() : value;
  });
}
