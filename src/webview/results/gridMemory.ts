import type { ColDef, GridApi } from 'ag-grid-community';
import type { Column } from '../../core/resultsTable/column.ts';
import type { FilterModels } from './filters.ts';
import type { SortBy } from './model.ts';

/** What a person has made of the table, by the keys of columns: plain data that outlives a reload of the window. */
export interface GridMemory {
  /** What it is sorted by, the first counting most; undefined as long as that is the metric's. */
  readonly sort: readonly SortBy[] | undefined;
  readonly filters: FilterModels;
  /** Whether a column was chosen to be shown. */
  readonly shown: Readonly<Record<string, boolean>>;
  readonly widths: Readonly<Record<string, number>>;
  readonly pinned: Readonly<Record<string, 'left' | 'right' | false>>;
  /** The order of the columns; undefined as long as it is the usual one. */
  readonly order: readonly string[] | undefined;
}

const nothing: GridMemory = {
  sort: undefined,
  filters: {},
  shown: {},
  widths: {},
  pinned: {},
  order: undefined,
};

/** What was remembered; nothing where it was not, or by a version that remembered something else. */
export function recalledGrid(state: unknown): GridMemory {
  return typeof state === 'object' && state !== null ? { ...nothing, ...state } : nothing;
}

/** What was remembered of a column, as it is when the column comes: afterwards it is the person's again. */
export function rememberedColumn(
  memory: GridMemory,
  key: string,
): Pick<ColDef, 'initialWidth' | 'initialPinned' | 'initialSort' | 'initialSortIndex'> {
  const { sort, widths, pinned } = memory;
  const place = sort?.findIndex((by) => by.key === key) ?? -1;
  const by = sort?.[place];
  return {
    ...(widths[key] === undefined ? {} : { initialWidth: widths[key] }),
    ...(pinned[key] === undefined ? {} : { initialPinned: pinned[key] }),
    ...(sort === undefined ? {} : { initialSort: null }),
    ...(by === undefined ? {} : { initialSort: by.descending ? 'desc' : 'asc', initialSortIndex: place }),
  };
}

/** Columns in the remembered order; those that are new stand behind them, as they usually do. */
export function inRememberedOrder(columns: readonly Column[], { order }: GridMemory): readonly Column[] {
  if (order === undefined) return columns;
  const places = new Map(order.map((key, place) => [key, place]));
  const placeOf = ({ key }: Column) => places.get(key) ?? order.length;
  return columns.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** What the grid is now; of columns that have not come yet, what was remembered stays. */
export function memoryOf(api: GridApi, before: GridMemory, isMoved: boolean): GridMemory {
  const columns = api.getColumnState();
  const known = new Set(columns.map(({ colId }) => colId));
  const toCome = <T>(entries: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(entries).filter(([key]) => !known.has(key)));
  const sort = columns
    .filter((column) => column.sort)
    .sort((a, b) => (a.sortIndex ?? 0) - (b.sortIndex ?? 0))
    .map((column): SortBy => ({ key: column.colId, descending: column.sort === 'desc' }));
  const widths = columns.map(({ colId, width }) => [colId, width ?? 0]);
  const pinned = columns.map(({ colId, pinned: side }) => [
    colId,
    side === 'left' || side === 'right' ? side : false,
  ]);
  const order = columns.map(({ colId }) => colId);
  return {
    ...before,
    sort: [...sort, ...(before.sort ?? []).filter(({ key }) => !known.has(key))],
    widths: { ...toCome(before.widths), ...Object.fromEntries(widths) },
    pinned: { ...toCome(before.pinned), ...Object.fromEntries(pinned) },
    order:
      isMoved || before.order !== undefined
        ? [...order, ...(before.order ?? []).filter((key) => !known.has(key))]
        : undefined,
  };
}
