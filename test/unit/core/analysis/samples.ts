import { readFileSync } from 'node:fs';
import { type SampleOptions, sampleOf } from '../../../../src/core/analysis/sample.ts';
import { columnKey } from '../../../../src/core/resultsTable/column.ts';
import { type TestRun, tableOf } from '../resultsTable/tables.ts';

/** Reference data of the tests of analyses; each file names its source. */
export function readFixture<T>(name: string): T {
  const url = new URL(`../../../fixtures/analysis/${name}`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as T;
}

/** The sample of the result `y` of some runs. */
export function sample(runs: readonly TestRun[], options: SampleOptions = {}) {
  const table = tableOf(runs);
  const column = table.columns.get(columnKey('result', 'y'));
  if (column === undefined) throw new Error('no run has the result y');
  return sampleOf(table, column, options);
}

/** Runs from lists of parameters, one for each, and what each gives. */
export function runsOf(params: Readonly<Record<string, readonly unknown[]>>, y: readonly unknown[]) {
  return y.map((value, index) => ({
    params: Object.fromEntries(
      Object.entries(params).flatMap(([name, values]) =>
        values[index] === undefined ? [] : [[name, values[index]]],
      ),
    ),
    results: { y: value },
  })) as TestRun[];
}
