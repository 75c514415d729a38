import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { type ResultRow, resultsCsv } from '../../../../src/extension/results/table.ts';

function row(change: Partial<ResultRow>): ResultRow {
  return { label: '0', status: 'success', durationMs: 1234, params: {}, results: undefined, ...change };
}

test('a line for each run, a column for each parameter and result', () => {
  const rows = [
    row({ params: { mass: 900, thrust: 1.4 }, results: { speed: 0.6, landed: true } }),
    row({ label: '1', status: 'failure', params: { mass: 1000, thrust: 1.4 } }),
    row({ label: '2', status: 'pending', durationMs: undefined, params: { mass: 1100, thrust: 1.4 } }),
  ];
  expect(resultsCsv(rows)).toBe(
    [
      'run,status,duration_s,mass,thrust,speed,landed',
      '0,success,1.234,900,1.4,0.6,true',
      '1,failure,1.234,1000,1.4,,',
      '2,pending,,1100,1.4,,',
      '',
    ].join('\n'),
  );
});

test('nested values are flattened, lists are written as JSON', () => {
  const rows = [row({ params: { opt: { lr: 0.1 } }, results: { fit: { loss: 2, path: [1, 2] } } })];
  expect(resultsCsv(rows)).toBe(
    'run,status,duration_s,opt.lr,fit.loss,fit.path\n0,success,1.234,0.1,2,"[1,2]"\n',
  );
});

test('the column of the metric is the first of the results', () => {
  const rows = [row({ params: { mass: 1 }, results: { a: 1, fit: { loss: 2 } } })];
  expect(resultsCsv(rows, 'fit.loss').split('\n')[0]).toBe('run,status,duration_s,mass,fit.loss,a');
  expect(resultsCsv(rows, 'gone').split('\n')[0]).toBe('run,status,duration_s,mass,a,fit.loss');
});

test('results that are no mapping are one column', () => {
  expect(resultsCsv([row({ results: 42 })])).toBe('run,status,duration_s,result\n0,success,1.234,42\n');
});

test('names that two columns would share are told apart', () => {
  const rows = [row({ params: { mass: 1, status: 'x' }, results: { mass: 2, run: 3 } })];
  expect(resultsCsv(rows).split('\n')[0]).toBe(
    'run,status,duration_s,param.mass,param.status,result.mass,result.run',
  );
});

test('a result that only some runs have is a column for all', () => {
  const rows = [row({ results: { a: 1 } }), row({ label: '1', results: { b: 2 } })];
  expect(resultsCsv(rows)).toBe('run,status,duration_s,a,b\n0,success,1.234,1,\n1,success,1.234,,2\n');
});

describe('what a spreadsheet would take for a formula', () => {
  test.each(['=1+1', '+1', '-1', '@x', '\t=1', '=HYPERLINK("http://x";"y")'])('%j becomes text', (text) => {
    const table = Papa.parse<string[]>(resultsCsv([row({ params: { a: text } })]).trimEnd()).data;
    expect(table[1]?.[3]).toBe(`'${text}`);
  });

  test('negative numbers stay numbers', () => {
    expect(resultsCsv([row({ params: { a: -1 } })])).toContain(',-1\n');
  });

  test('names of columns too', () => {
    expect(resultsCsv([row({ params: { '=a': 1 } })])).toContain(`"'=a"`);
  });
});

test('any text comes back from the table', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
      fc.pre(!/^[=+\-@\t\r]/.test(text));
      const table = Papa.parse<string[]>(resultsCsv([row({ params: { a: text } })]), { newline: '\n' }).data;
      expect(table[1]?.[3]).toBe(text);
    }),
  );
});
