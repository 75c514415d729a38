import type { ColumnFilter } from '../../core/resultsTable/filter.ts';

/** What AG Grid says of its filters, by column. */
export interface FilterModels {
  readonly [key: string]: {
    readonly type?: string | null;
    readonly filter?: string | number | null;
    readonly filterTo?: number | null;
  };
}

/** The same as filters of the table. */
export function filtersOf(models: FilterModels): ReadonlyMap<string, ColumnFilter> {
  return new Map(
    Object.entries(models ?? {}).flatMap(([key, { type, filter, filterTo }]) => {
      const one = filterOf(type, filter ?? undefined, filterTo ?? undefined);
      return one === undefined ? [] : [[key, one] as const];
    }),
  );
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
