import { expect, test } from 'vitest';
import { bestRow } from '../../../../src/core/resultsTable/best.ts';
import { type ColumnFilter, filterRows } from '../../../../src/core/resultsTable/filter.ts';
import { failed, tableOf } from './tables.ts';

const table = tableOf([
  { params: { engine: 'Merlin' }, results: { miss: 3 } },
  { params: { engine: 'raptor' }, results: { miss: 1 }, state: failed },
  { params: { engine: null }, results: { miss: 2 } },
  { params: { engine: 'merlin 2' } },
]);

function rows(...filters: readonly [string, ColumnFilter][]): number[] {
  return [...filterRows(table, new Map(filters))];
}

test('rows pass by a range of numbers, a part of a text, and whether a cell is there', () => {
  expect(rows()).toEqual([0, 1, 2, 3]);
  expect(rows(['result:miss', { kind: 'range', min: 2, max: 3 }])).toEqual([0, 2]);
  expect(rows(['parameter:engine', { kind: 'contains', text: 'MERLIN', isNegated: false }])).toEqual([0, 3]);
  expect(rows(['parameter:engine', { kind: 'contains', text: 'merlin', isNegated: true }])).toEqual([1, 2]);
  expect(rows(['result:miss', { kind: 'missing', isNegated: false }])).toEqual([3]);
  expect(rows(['result:miss', { kind: 'missing', isNegated: true }])).toEqual([0, 1, 2]);
});

test('rows pass by being one of several values, and by having none', () => {
  const engines = (values: readonly (string | null)[], missing: boolean) =>
    rows(['parameter:engine', { kind: 'values', values, missing }]);
  expect(engines(['Merlin', null], false)).toEqual([0, 2]);
  expect(engines([], false)).toEqual([]);
  expect(rows(['result:miss', { kind: 'values', values: [1], missing: true }])).toEqual([1, 3]);
});

test('a row has to pass the filters of all columns', () => {
  expect(
    rows(
      ['parameter:engine', { kind: 'contains', text: 'merlin', isNegated: false }],
      ['result:miss', { kind: 'range', min: 0, max: 9 }],
    ),
  ).toEqual([0]);
});

test('the best run is the one that succeeded with the best value of the metric', () => {
  expect(bestRow(table, { name: 'miss', goal: 'minimize' })).toBe(2);
  expect(bestRow(table, { name: 'miss', goal: 'maximize' })).toBe(0);
  expect(bestRow(table, { name: 'fuel', goal: 'minimize' })).toBeUndefined();
});
