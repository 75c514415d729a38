import { expect, test } from 'vitest';
import { filterRows } from '../../../src/core/resultsTable/filter.ts';
import { type FilterModels, filterModelOf, filtersOf } from '../../../src/webview/results/filters.ts';
import { tableOf } from '../core/resultsTable/tables.ts';

const table = tableOf([
  { params: { mass: 900, engine: 'merlin' } },
  { params: { mass: 1000, engine: 'raptor' } },
  { params: { engine: 'Merlin 2' } },
  { params: { mass: 1100 } },
]);

function rows(models: FilterModels): number[] {
  return [...filterRows(table, filtersOf(models))];
}

test('chosen values filter rows, missing ones too', () => {
  expect(rows({ 'parameter:engine': { type: 'values', values: ['merlin'], missing: true } })).toEqual([0, 3]);
  expect(rows({ 'parameter:mass': { type: 'values', values: [1000, 1100], missing: false } })).toEqual([
    1, 3,
  ]);
});

test('a filter for the value of a row lets that row pass, whatever kind of filter its column has', () => {
  for (const kind of ['set', 'number', 'text'] as const) {
    const key = kind === 'number' ? 'parameter:mass' : 'parameter:engine';
    for (const [row, cell] of (kind === 'number'
      ? [900, 1000, undefined, 1100]
      : ['merlin', 'raptor', 'Merlin 2', undefined]
    ).entries()) {
      const model = filterModelOf(kind, cell);
      expect(rows({ [key]: model as FilterModels[string] })).toContain(row);
    }
  }
});
