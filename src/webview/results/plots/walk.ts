import type { Figure } from './figure.ts';

/** An item of a series. */
export interface Item {
  readonly seriesId: string;
  readonly dataIndex: number;
}

/** Goes from mark to mark with the keyboard. */
export function createWalk(figure: () => Figure | undefined, reached: (item: Item) => void) {
  let items: readonly Item[] | undefined;
  let place = -1;
  const all = (): readonly Item[] =>
    [...(figure()?.marks ?? [])].flatMap(([seriesId, { count }]) =>
      seriesId.endsWith('selected')
        ? []
        : Array.from({ length: count }, (_, dataIndex) => ({ seriesId, dataIndex })),
    );
  return {
    reset: () => {
      items = undefined;
      place = -1;
    },
    /** Reaches the same mark once more, if there was one. */
    again: () => {
      const item = items?.[place];
      if (item !== undefined) reached(item);
    },
    /** The mark that is reached or that was reached before; undefined where the key has nothing to do with marks. */
    press: (key: string): Item | undefined => {
      items ??= all();
      const next = nextPlace(key, place, items.length);
      if (next !== undefined) {
        place = next;
        const item = items[place];
        if (item !== undefined) reached(item);
        return item;
      }
      return key === 'Enter' || key === ' ' ? items[place] : undefined;
    },
  };
}

function nextPlace(key: string, place: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return Math.min(count - 1, place + 1);
    case 'ArrowLeft':
    case 'ArrowUp':
      return Math.max(0, place - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
