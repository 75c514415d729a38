import type { ColDef } from 'ag-grid-community';
import { type Column, columnKey } from '../../core/resultsTable/column.ts';
import { distinctCells } from '../../core/resultsTable/distinct.ts';
import type { ResultsTexts } from '../../extension/results/protocol.ts';
import type { FilterKind } from './filters.ts';
import type { Model } from './model.ts';
import { SetFilter, type SetFilterParams } from './setFilter.ts';

/** Numbers are chosen one by one while they are as few as those of a grid; others by a range. */
const mostNumbers = 50;

const numberFilter = {
  filterOptions: ['inRange', 'greaterThanOrEqual', 'lessThanOrEqual', 'equals', 'blank', 'notBlank'],
  inRangeInclusive: true,
  maxNumConditions: 1,
};
const textFilter = { filterOptions: ['contains', 'notContains', 'blank', 'notBlank'], maxNumConditions: 1 };

/** How a column is filtered: by choosing values where they are few, by a range of numbers, by a part of a text. */
export function filterKindOf(model: Model, column: Column): FilterKind {
  const { isNumeric } = model.facts(column);
  if (column.key === columnKey('run', 'run')) return 'number';
  // Results of numbers come one by one, and their filter shall not be another one after each run.
  if (isNumeric && column.kind !== 'parameter') return 'number';
  const values = model.few(column);
  if (isNumeric) return values !== undefined && values.length <= mostNumbers ? 'set' : 'number';
  return values !== undefined ? 'set' : 'text';
}

/** The part of a column's definition that says how it is filtered. */
export function filterDefinition(
  model: Model,
  column: Column,
  kind: FilterKind,
  texts: ResultsTexts,
): Pick<ColDef, 'filter' | 'filterParams'> {
  switch (kind) {
    case 'number':
      return { filter: 'agNumberColumnFilter', filterParams: numberFilter };
    case 'text':
      return { filter: 'agTextColumnFilter', filterParams: textFilter };
    case 'set': {
      const filterParams: SetFilterParams = {
        cells: () => distinctCells(column, model.table.size, Number.POSITIVE_INFINITY) ?? [],
        isNumeric: model.facts(column).isNumeric,
        texts,
      };
      return { filter: SetFilter, filterParams };
    }
  }
}
