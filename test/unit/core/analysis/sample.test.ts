import { expect, test } from 'vitest';
import { numericResults } from '../../../../src/core/analysis/sample.ts';
import { failed, pending, tableOf } from '../resultsTable/tables.ts';
import { runsOf, sample } from './samples.ts';

test('only runs that succeeded with a finite number count, and the others are counted', () => {
  const runs = [
    { params: { a: 1 }, results: { y: 1 } },
    { params: { a: 2 }, results: { y: 2 }, state: failed },
    { params: { a: 3 }, state: pending },
    { params: { a: 4 }, results: { y: 'NaN' } },
    { params: { a: 5 }, results: { y: 'Infinity' } },
    { params: { a: 6 }, results: { y: 1e300 } },
    { params: { a: 7 }, results: { y: null } },
    { params: { a: 8 }, results: { y: true } },
  ];
  const { values, runs: ids, notes } = sample(runs);
  expect([...values]).toEqual([1, 1]);
  expect([...ids]).toEqual([0, 7]);
  expect(notes).toEqual([
    { kind: 'unsuccessful', runs: 2 },
    { kind: 'no-number', runs: 4 },
  ]);
});

test('a parameter of numbers and booleans is numeric, one with words in it is not', () => {
  const runs = runsOf(
    { a: [1, 2, 1], on: [true, false, true], solver: ['rk4', 3, 'rk4'], same: [7, 7, 7] },
    [1, 2, 3],
  );
  expect(sample(runs).parameters).toEqual([
    { kind: 'numeric', name: 'a', values: Float64Array.of(1, 2, 1) },
    { kind: 'numeric', name: 'on', values: Float64Array.of(1, 0, 1) },
    { kind: 'categorical', name: 'solver', codes: Uint32Array.of(1, 2, 1), categories: ['rk4', '3'] },
  ]);
});

test('a parameter that varies only where there is no result is named', () => {
  const runs = runsOf({ a: [1, 1, 2], b: [1, 2, 3] }, [1, 2, null]);
  const { parameters, notes } = sample(runs);
  expect(parameters.map(({ name }) => name)).toEqual(['b']);
  expect(notes).toContainEqual({ kind: 'constant', parameters: ['a'] });
});

test('a few rows can be looked at, and parameters ignored', () => {
  const runs = runsOf({ a: [1, 2, 3], seed: [4, 5, 6] }, [1, 2, 3]);
  const taken = sample(runs, { rows: Uint32Array.of(2, 0), ignored: new Set(['seed']) });
  expect([...taken.runs]).toEqual([0, 2]);
  expect(taken.parameters.map(({ name }) => name)).toEqual(['a']);
});

test('results that can be analysed have a number, and no words', () => {
  const table = tableOf([
    { results: { y: 1, word: 'a', mixed: 1, nan: 'NaN', flag: true } },
    { results: { y: 'NaN', word: 'b', mixed: 'x', nan: 'NaN', flag: false } },
  ]);
  expect(numericResults(table).map(({ name }) => name)).toEqual(['y', 'flag']);
});
