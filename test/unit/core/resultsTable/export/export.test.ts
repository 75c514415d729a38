import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type {
  ExportOptions,
  ExportSource,
} from '../../../../../src/core/resultsTable/export/exportSource.ts';
import { type ExportFormat, exportTable } from '../../../../../src/core/resultsTable/export/exportTable.ts';
import { failed, pending, sourceOf } from '../tables.ts';

function text(format: ExportFormat, source: ExportSource, options?: ExportOptions): string {
  return [...exportTable(format, source, options)].join('');
}

const source = sourceOf([
  { params: { mass: 900, opt: { lr: 0.1 } }, results: { speed: 0.6, landed: true, path: [1, 2] } },
  { params: { mass: 1000, opt: { lr: 0.1 } }, state: failed },
  { params: { mass: 1100, opt: { lr: 0.1 } }, state: pending },
]);

describe('CSV', () => {
  test('has a line for each run and a column for each parameter and result', () => {
    expect(text('csv', source)).toBe(
      [
        'run,status,reason,duration_s,attempt,started,mass,opt.lr,speed,landed,path',
        '0,success,,1.234,1,1970-01-01T00:01:00.000Z,900,0.1,0.6,true,"[1,2]"',
        '1,failure,exit code 3,1.234,1,1970-01-01T00:01:00.000Z,1000,0.1,,,',
        '2,pending,,,,,1100,0.1,,,',
        '',
      ].join('\n'),
    );
  });

  test('has the rows that are wanted, in the order in which they are wanted', () => {
    const lines = text('csv', { ...source, rows: Uint32Array.of(2, 0) }).split('\n');
    expect(lines.map((line) => line.split(',')[0])).toEqual(['run', '2', '0', '']);
  });

  test('names the sweep of each run where there are several', () => {
    const lines = text('csv', sourceOf([{ params: { a: 1 } }], [{ params: { a: 2 } }])).split('\n');
    expect(lines.map((line) => line.split(',').slice(0, 2))).toEqual([
      ['sweep', 'run'],
      ['sweep 0', '0'],
      ['sweep 1', '0'],
      [''],
    ]);
  });

  test.each(['=1+1', '+1', '-1', '@x', '\t=1', '=HYPERLINK("http://x";"y")'])(
    'makes the formula %j a text, unless a person wants it as it is',
    (formula) => {
      const one = sourceOf([{ params: { a: formula } }]);
      const cell = (options?: ExportOptions) =>
        Papa.parse<string[]>(text('csv', one, options).trimEnd(), { delimiter: ',', newline: '\n' })
          .data[1]?.[6];
      expect(cell()).toBe(`'${formula}`);
      expect(cell({ escapeFormulas: false })).toBe(formula);
    },
  );

  test('leaves negative numbers numbers, and takes care of names of columns', () => {
    const csv = text('csv', sourceOf([{ params: { '=a': -1 } }]));
    expect(csv).toContain(',-1\n');
    expect(csv).toContain(`"'=a"`);
  });

  test('brings any text back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (word) => {
        fc.pre(!/^[=+\-@\t\r]/.test(word) && !/^-?Infinity$/.test(word));
        const csv = text('csv', sourceOf([{ params: { a: word } }]));
        expect(Papa.parse<string[]>(csv, { delimiter: ',', newline: '\n' }).data[1]?.[6]).toBe(word);
      }),
    );
  });
});

describe('JSON', () => {
  const first = {
    run: 0,
    status: 'success',
    duration_s: 1.234,
    attempt: 1,
    started: '1970-01-01T00:01:00.000Z',
    params: { mass: 900, opt: { lr: 0.1 } },
    results: { speed: 0.6, landed: true, path: [1, 2] },
  };

  test('is a list of the runs, with parameters and results as they are', () => {
    const runs = JSON.parse(text('json', source));
    expect(runs).toHaveLength(3);
    expect(runs[0]).toEqual(first);
    expect(runs[2]).toEqual({ run: 2, status: 'pending', params: { mass: 1100, opt: { lr: 0.1 } } });
    expect(JSON.parse(text('json', { ...source, rows: new Uint32Array(0) }))).toEqual([]);
  });

  test('comes one run a line as JSON Lines', () => {
    const lines = text('jsonl', source).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[0] ?? '')).toEqual(first);
  });
});

describe('Parquet', () => {
  async function read(exported: ExportSource): Promise<Record<string, unknown>[]> {
    const pieces = [...exportTable('parquet', exported)].map((piece) => Buffer.from(piece));
    return parquetReadObjects({ file: await new Blob(pieces).arrayBuffer() });
  }

  test('comes back with its types: whole numbers, fractions, booleans, times, texts and what is missing', async () => {
    const rows = await read(source);
    expect(rows[0]).toEqual({
      run: 0,
      status: 'success',
      reason: null,
      duration_s: 1.234,
      attempt: 1,
      started: new Date(60_000),
      mass: 900,
      'opt.lr': 0.1,
      speed: 0.6,
      landed: true,
      path: '[1,2]',
    });
    expect(rows[2]).toMatchObject({ run: 2, duration_s: null, speed: null, landed: null });
  });

  test('keeps NaN and the infinities in a column of numbers, and makes a mixed column text', async () => {
    const rows = await read(
      sourceOf([
        { results: { x: 1.5, y: 1, z: 2 ** 40 } },
        { results: { x: 'NaN', y: 'a', z: 1 } },
        { results: { x: '-Infinity' } },
      ]),
    );
    expect(rows.map(({ x, y, z }) => [x, y, z])).toEqual([
      [1.5, '1', 2 ** 40],
      [Number.NaN, 'a', 1],
      [Number.NEGATIVE_INFINITY, null, null],
    ]);
  });
});

test('a Parquet file of many runs is written in pieces, and has them all', async () => {
  const many = sourceOf(Array.from({ length: 4500 }, (_, run) => ({ params: { run, even: run % 2 === 0 } })));
  const pieces = [...exportTable('parquet', many)].map((piece) => Buffer.from(piece));
  expect(pieces.length).toBeGreaterThan(3);
  const rows = await parquetReadObjects({ file: await new Blob(pieces).arrayBuffer() });
  expect(rows).toHaveLength(4500);
  expect(rows[4321]).toMatchObject({ 'param.run': 4321, even: false });
});

describe('Markdown', () => {
  test('is a table with numbers on the right', () => {
    expect(text('markdown', source).split('\n').slice(0, 3)).toEqual([
      '| run | status | reason | duration_s | attempt | started | mass | opt.lr | speed | landed | path |',
      '| ---: | --- | --- | ---: | ---: | --- | ---: | ---: | ---: | --- | --- |',
      '| 0 | success |  | 1.234 | 1 | 1970-01-01T00:01:00.000Z | 900 | 0.1 | 0.6 | true | \\[1,2\\] |',
    ]);
  });

  test('lets no text of a run be a link, markup or another cell', () => {
    const hostile = '<img src=x>|`a` [b](javascript:c)\n| d **e** ~~f~~';
    const line = text('markdown', sourceOf([{ params: { a: hostile } }])).split('\n')[2] ?? '';
    expect(line.slice(line.indexOf('&lt;'))).toBe(
      '&lt;img src=x>\\|\\`a\\` \\[b\\](javascript:c) \\| d \\*\\*e\\*\\* \\~\\~f\\~\\~ |',
    );
  });
});

test("GNU parallel's job log has the runs that have ended", () => {
  expect(text('joblog', source)).toBe(
    [
      'Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand',
      '1\tmoon\t60.000\t1.234\t0\t0\t0\t0\tlander 0',
      '2\tmoon\t60.000\t1.234\t0\t0\t3\t0\tlander 1',
      '',
    ].join('\n'),
  );
});
