import { type Cell, cellText } from '../../core/resultsTable/cell.ts';
import type { ColumnFilter } from '../../core/resultsTable/filter.ts';

/** How a column is filtered: by chosen values, by a range of numbers, or by a part of a text. */
export type FilterKind = 'set' | 'number' | 'text';

/** What AG Grid keeps of the filter of a column; null where all values are chosen. */
export interface SetFilterModel {
  readonly type: 'values';
  readonly values: readonly Exclude<Cell, undefined>[];
  /** Whether rows without a value pass. */
  readonly missing: boolean;
}

/** What AG Grid says of one of its own filters. */
interface GridFilterModel {
  readonly filterType?: 'number' | 'text';
  readonly type?: string | null;
  readonly filter?: string | number | null;
  readonly filterTo?: number | null;
}

/** What AG Grid says of the filters, by column. */
export interface FilterModels {
  readonly [key: string]: GridFilterModel | SetFilterModel;
}

/** The same as filters of the table. */
export function filtersOf(models: FilterModels): ReadonlyMap<string, ColumnFilter> {
  return new Map(
    Object.entries(models ?? {}).flatMap(([key, model]) => {
      const one = isSet(model)
        ? ({ kind: 'values', values: model.values, missing: model.missing } as const)
        : filterOf(model.type, model.filter ?? undefined, model.filterTo ?? undefined);
      return one === undefined ? [] : [[key, one] as const];
    }),
  );
}

/** What AG Grid has to be told so that a column's filter lets one value pass; undefined where its kind of filter cannot. */
export function filterModelOf(kind: FilterKind, cell: Cell): FilterModels[string] | undefined {
  switch (kind) {
    case 'set':
      return { type: 'values', values: cell === undefined ? [] : [cell], missing: cell === undefined };
    case 'number':
      return typeof cell === 'number'
        ? { filterType: 'number', type: 'equals', filter: cell }
        : { filterType: 'number', type: 'blank' };
    case 'text':
      return cell === undefined
        ? { filterType: 'text', type: 'blank' }
        : { filterType: 'text', type: 'contains', filter: cellText(cell) };
  }
}

/** Whether what a filter was told suits a column that has this kind of filter. */
export function isOfKind(model: FilterModels[string], kind: FilterKind): boolean {
  return isSet(model) ? kind === 'set' : model.filterType === kind;
}

function isSet(model: GridFilterModel | SetFilterModel): model is SetFilterModel {
  return 'values' in model;
}

function filterOf(
  type: string | null | undefined,
  filter: string | number | undefined,
  filterTo: number | undefined,
): ColumnFilter | undefined {
  const number = Number(filter);
  switch (type) {
    case 'blank':
    case 'notBlank':
      return { kind: 'missing', isNegated: type === 'notBlank' };
    case 'contains':
    case 'notContains':
      return { kind: 'contains', text: String(filter ?? ''), isNegated: type === 'notContains' };
    case 'equals':
      return { kind: 'range', min: number, max: number };
    case 'greaterThanOrEqual':
      return { kind: 'range', min: number, max: Number.POSITIVE_INFINITY };
    case 'lessThanOrEqual':
      return { kind: 'range', min: Number.NEGATIVE_INFINITY, max: number };
    case 'inRange':
      return { kind: 'range', min: number, max: filterTo ?? Number.POSITIVE_INFINITY };
    default:
      return undefined;
  }
}
