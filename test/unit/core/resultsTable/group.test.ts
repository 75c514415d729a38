import { expect, test } from 'vitest';
import { type Column, cellAt, columnKey } from '../../../../src/core/resultsTable/column.ts';
import { factsOf } from '../../../../src/core/resultsTable/describe.ts';
import { type GroupedTable, groupingColumns, groupRows } from '../../../../src/core/resultsTable/group.ts';
import type { ResultsTable } from '../../../../src/core/resultsTable/table.ts';
import { failed, pending, tableOf } from './tables.ts';

const all = (table: ResultsTable) => Uint32Array.from({ length: table.size }, (_, row) => row);
const column = (table: ResultsTable, name: string) =>
  table.columns.get(columnKey('parameter', name)) as Column;

/** The cells of a grouped table, by kind and what they are made from. */
function cells({ columns, groups }: GroupedTable): Record<string, unknown[]> {
  return Object.fromEntries(
    columns.map(({ kind, source, column: { ...of } }) => [
      source === undefined ? kind : `${kind} ${source.name}`,
      groups.map((_, group) => cellAt(of as Column, group)),
    ]),
  );
}

test('runs with the same value are one row: mean, standard deviation, min, max and how many', () => {
  const table = tableOf([
    { params: { mass: 900, replicate: 0 }, results: { miss: 1, landed: true, note: 'a' } },
    { params: { mass: 1000, replicate: 0 }, results: { miss: 10, landed: true } },
    { params: { mass: 900, replicate: 1 }, results: { miss: 3, landed: false } },
    { params: { mass: 900, replicate: 2 }, results: { miss: 100 }, state: failed },
    { params: { mass: 1000, replicate: 1 }, state: pending },
  ]);
  const grouped = groupRows(table, all(table), [column(table, 'mass')]);
  expect(grouped.groups.map((rows) => [...rows])).toEqual([
    [0, 2, 3],
    [1, 4],
  ]);
  expect(cells(grouped)).toEqual({
    'key mass': [900, 1000],
    runs: [3, 2],
    succeeded: [2, 1],
    'mean duration_s': [1.234, 1.234],
    'deviation duration_s': [0, undefined],
    'min duration_s': [1.234, 1.234],
    'max duration_s': [1.234, 1.234],
    'mean miss': [2, 10],
    'deviation miss': [Math.SQRT2, undefined],
    'min miss': [1, 10],
    'max miss': [3, 10],
    'mean landed': [0.5, 1],
  });
});

test('values that look alike are different ones, and what is missing is one, too', () => {
  const table = tableOf([
    { params: { a: 1 } },
    { params: { a: '1' } },
    { params: {} },
    { params: { a: null } },
    { params: { a: 'Infinity' } },
    { params: { a: 1 } },
    { params: {} },
  ]);
  const { groups } = groupRows(table, all(table), [column(table, 'a')]);
  expect(groups.map((rows) => [...rows])).toEqual([[0, 5], [1], [2, 6], [3], [4]]);
});

test('what no group has is no number, and nothing is left of no rows', () => {
  const table = tableOf([
    { params: { a: 1 }, results: { y: 'NaN', z: 1 } },
    { params: { a: 2 }, results: { y: 2, z: 'Infinity' } },
  ]);
  const grouped = cells(groupRows(table, all(table), [column(table, 'a')]));
  expect(grouped['mean y']).toEqual([undefined, 2]);
  expect(grouped['mean z']).toEqual([1, undefined]);
  expect(groupRows(table, new Uint32Array(0), [column(table, 'a')]).groups).toEqual([]);
});

test('repetitions belong together: all that varies but what tells them apart', () => {
  const runs = [
    { params: { mass: 900, g: 1.6, replicate: 0, seed: 7 } },
    { params: { mass: 1000, g: 1.6, replicate: 1, seed: 8 } },
  ];
  const names = (table: ResultsTable) =>
    groupingColumns(table, (one) => factsOf(one, table.size).isVarying, new Set(['replicate', 'seed'])).map(
      ({ name }) => name,
    );
  expect(names(tableOf(runs))).toEqual(['mass']);
  expect(names(tableOf(runs, runs))).toEqual(['sweep', 'mass']);
});
