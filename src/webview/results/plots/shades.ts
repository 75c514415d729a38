import type { FigureInput } from './figure.ts';
import { categoryColour } from './groups.ts';
import { channels, gradientColour } from './palette.ts';
import { extentOf } from './parts.ts';
import type { Values } from './values.ts';

/** So many colours of a gradient are told apart by nobody. */
const shadeCount = 64;

/** Colours, and which one a row has. */
export interface Shades {
  readonly colours: readonly string[];
  /** The names of words, by the places of their colours. */
  readonly names: readonly string[];
  shadeOf(row: number): number;
}

/** The colours of what is painted by a column: of each word, or steps of a gradient; the last one is of rows without a value. */
export function shadesOf(values: Values | undefined, { palette, rows }: FigureInput): Shades {
  if (values === undefined) return { colours: [palette.accent], names: [], shadeOf: () => 0 };
  if (values.kind === 'categories') {
    const colours = values.names.map((_, place) => categoryColour(values, place, palette));
    const shadeOf = (row: number) => {
      const place = values.at(row);
      return Number.isNaN(place) ? colours.length : place;
    };
    return { colours: [...colours, palette.line], names: values.names, shadeOf };
  }
  const [min, max] = extentOf(values, rows);
  const scale = shadeCount / (max - min || 1);
  return {
    colours: [
      ...Array.from({ length: shadeCount }, (_, shade) =>
        gradientColour(palette.gradient, (shade + 0.5) / shadeCount),
      ),
      palette.line,
    ],
    names: [],
    shadeOf: (row) => {
      const value = values.at(row);
      if (Number.isNaN(value)) return shadeCount;
      return Math.min(shadeCount - 1, Math.floor(scale * ((values.isLog ? Math.log10(value) : value) - min)));
    },
  };
}

/** Red, green and blue; grey where a theme writes its colour in a way that is unknown here. */
export function rgbOf(colour: string): readonly [red: number, green: number, blue: number] {
  const [red, green, blue] = channels(colour) ?? [128, 128, 128];
  return [red, green, blue];
}
