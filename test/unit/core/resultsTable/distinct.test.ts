import { expect, test } from 'vitest';
import { type Column, columnKey } from '../../../../src/core/resultsTable/column.ts';
import { distinctCells } from '../../../../src/core/resultsTable/distinct.ts';
import { tableOf } from './tables.ts';

const values = [10, 'b10', 2, 'b9', null, true, undefined, 2, 'b10', Number.NaN];
const table = tableOf([values.map((a) => ({ params: a === undefined ? {} : { a } }))].flat());
const column = table.columns.get(columnKey('parameter', 'a')) as Column;

test('the values of a column stand in order, each once with its rows: numbers, words, what is missing', () => {
  expect(distinctCells(column, table.size, 100)?.map(({ cell, rows }) => [cell, rows])).toEqual([
    [2, 2],
    [10, 1],
    ['b9', 1],
    ['b10', 2],
    [null, 1],
    [true, 1],
    [undefined, 2],
  ]);
});

test('more values than asked for are none to choose from', () => {
  expect(distinctCells(column, table.size, 7)).toHaveLength(7);
  expect(distinctCells(column, table.size, 6)).toBeUndefined();
});
