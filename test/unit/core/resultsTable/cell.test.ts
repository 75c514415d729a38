import { expect, test } from 'vitest';
import { type Cell, flatten } from '../../../../src/core/resultsTable/cell.ts';

function cellsOf(value: unknown, longestText?: number): Record<string, Cell> {
  const cells: Record<string, Cell> = {};
  flatten(
    value,
    (name, cell) => {
      cells[name] = cell;
    },
    'result',
    longestText === undefined ? {} : { longestText },
  );
  return cells;
}

test('nested mappings become dotted names; lists and empty mappings are their JSON', () => {
  expect(cellsOf({ fit: { loss: 2, path: [1, 2], extra: {} }, ok: true, none: null })).toEqual({
    'fit.loss': 2,
    'fit.path': '[1,2]',
    'fit.extra': '{}',
    ok: true,
    none: null,
  });
});

test('what is no mapping is one cell', () => {
  expect(cellsOf(42)).toEqual({ result: 42 });
  expect(cellsOf([1, 'a'])).toEqual({ result: '[1,"a"]' });
  expect(cellsOf(undefined)).toEqual({});
});

test('the words for the infinities are numbers; the one for NaN stays a word', () => {
  expect(cellsOf({ a: 'Infinity', b: '-Infinity', c: 'NaN' })).toEqual({
    a: Number.POSITIVE_INFINITY,
    b: Number.NEGATIVE_INFINITY,
    c: 'NaN',
  });
});

test('long texts are cut where a view wants it', () => {
  expect(cellsOf({ a: 'abcdefgh', b: [1, 2, 3, 4] }, 5)).toEqual({ a: 'abcd…', b: '[1,2…' });
});

test('a value that is nested without end is cut off, not unfolded', () => {
  let deep: unknown = 1;
  for (let level = 0; level < 100_000; level++) deep = { a: deep };
  const cells = cellsOf(deep);
  expect(Object.keys(cells)).toEqual(['a.a.a.a.a.a.a.a']);
});
