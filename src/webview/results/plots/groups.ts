import type { FigureInput } from './figure.ts';
import { gradientColour, type Palette } from './palette.ts';
import { extentOf } from './parts.ts';
import { distinctValues, type Values } from './values.ts';

/** Rows that are drawn alike. */
export interface Group {
  /** Tells it apart from the other groups. */
  readonly id: string;
  /** What it is called; empty where there is but one. */
  readonly name: string;
  readonly colour: string;
  readonly rows: readonly number[];
}

/** More groups of numbers than this are ranges of numbers. */
const mostNumbers = 12;

/** Rows by their words, by their numbers where there are few, else by ranges of numbers; all of them without a column. */
export function groupsOf(values: Values | undefined, { rows, palette }: FigureInput): readonly Group[] {
  if (values === undefined) return [{ id: 'all', name: '', colour: palette.accent, rows: [...rows] }];
  if (values.kind === 'categories') {
    const byPlace = Map.groupBy(rows, (row) => values.at(row));
    return values.names.flatMap((name, place) => {
      const members = byPlace.get(place);
      if (members === undefined) return [];
      return [{ id: name, name, colour: categoryColour(values, place, palette), rows: members }];
    });
  }
  const distinct = distinctValues(values, rows, mostNumbers);
  if (distinct !== undefined) {
    const byValue = Map.groupBy(rows, (row) => values.at(row));
    return distinct.map((value, place) => ({
      id: String(value),
      name: `${values.label} ${values.format(value)}`,
      colour: gradientColour(palette.gradient, distinct.length < 2 ? 0.5 : place / (distinct.length - 1)),
      rows: byValue.get(value) ?? [],
    }));
  }
  return rangesOf(values, rows, palette, 5);
}

/** Rows by ranges of numbers of equal width, on the scale of the numbers. */
export function rangesOf(
  values: Values & { kind: 'numbers' },
  rows: Iterable<number>,
  palette: Palette,
  count: number,
): readonly Group[] {
  const all = [...rows];
  const [min, max] = extentOf(values, all);
  const scaled = (value: number) => (values.isLog ? Math.log10(value) : value);
  const unscaled = (value: number) => values.format(values.isLog ? 10 ** value : value);
  const width = (max - min) / count || 1;
  const byRange = Map.groupBy(all, (row) =>
    Math.min(count - 1, Math.floor((scaled(values.at(row)) - min) / width)),
  );
  return Array.from({ length: count }, (_, place) => ({
    id: String(place),
    name: `${values.label} ${unscaled(min + place * width)} – ${unscaled(min + (place + 1) * width)}`,
    colour: gradientColour(palette.gradient, (place + 0.5) / count),
    rows: byRange.get(place) ?? [],
  })).filter((group) => group.rows.length > 0);
}

/** The colour of a word: a status has its own. */
export function categoryColour(
  values: Values & { kind: 'categories' },
  place: number,
  palette: Palette,
): string {
  const own = values.key === 'run:status' ? palette.statuses[values.names[place] ?? ''] : undefined;
  return own ?? palette.groups[place % palette.groups.length] ?? palette.accent;
}
