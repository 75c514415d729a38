import { expect, test } from 'vitest';
import { columnKey } from '../../../../../src/core/resultsTable/column.ts';
import { groupsCsvPieces } from '../../../../../src/core/resultsTable/export/groupsCsv.ts';
import { failed, sourceOf } from '../tables.ts';

test('groups as CSV have a line each, with what their runs share and statistics of the results', () => {
  const { table, rows } = sourceOf([
    { params: { mass: 900, note: '=1+1' }, results: { miss: 1 } },
    { params: { mass: 1000, note: 'b' }, results: { miss: 10, landed: true } },
    { params: { mass: 900, note: '=1+1' }, results: { miss: 3 } },
    { params: { mass: 1000, note: 'b' }, state: failed },
  ]);
  const keys = ['mass', 'note'].flatMap((name) => table.columns.get(columnKey('parameter', name)) ?? []);
  expect([...groupsCsvPieces({ table, rows: rows.toReversed() }, keys, {})].join('')).toBe(
    [
      'mass,note,runs,succeeded,duration_s mean,duration_s sd,duration_s min,duration_s max,miss mean,miss sd,miss min,miss max,landed mean',
      '1000,b,2,1,1.234,,1.234,1.234,10,,10,10,1',
      '900,"\'=1+1",2,2,1.234,0,1.234,1.234,2,1.4142135623730951,1,3,',
      '',
    ].join('\n'),
  );
});
