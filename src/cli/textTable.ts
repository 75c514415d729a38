import { pad } from './text.ts';

/** A column of a table in a terminal. */
export interface TextColumn {
  readonly title: string;
  readonly cells: readonly string[];
  /** Where the cells have their spaces: on the left of numbers, on the right of words. */
  readonly side: 'left' | 'right';
}

/** Lines of a table: the titles, then the rows. */
export function textTable(columns: readonly TextColumn[]): string[] {
  const padded = columns.map(({ title, cells, side }) => {
    const all = [title, ...cells];
    const width = all.reduce((widest, cell) => Math.max(widest, pad(cell, 0, side).length), 0);
    return all.map((cell) => pad(cell, width, side));
  });
  return Array.from({ length: padded[0]?.length ?? 0 }, (_, row) =>
    padded
      .map((column) => column[row])
      .join('  ')
      .trimEnd(),
  );
}
