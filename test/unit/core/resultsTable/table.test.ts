import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cell } from '../../../../src/core/resultsTable/cell.ts';
import { addState, addValues, chunkBuilder, mostColumns } from '../../../../src/core/resultsTable/chunk.ts';
import {
  type Column,
  cellAt,
  emptyColumn,
  numberAt,
  setCell,
} from '../../../../src/core/resultsTable/column.ts';
import { columnLabels, factsOf } from '../../../../src/core/resultsTable/describe.ts';
import { applyChunk, emptyTable, type ResultsTable, rowOf } from '../../../../src/core/resultsTable/table.ts';
import { failed, pending, succeeded, tableOf } from './tables.ts';

const anyCell: fc.Arbitrary<Cell> = fc.oneof(
  fc.double({ noNaN: true }),
  fc.string(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
);

describe('a column', () => {
  test('holds whatever cells it is given, in any order, however often', () => {
    const writes = fc.array(fc.tuple(fc.nat(40), anyCell));
    fc.assert(
      fc.property(writes, fc.nat(50), (cells, capacity) => {
        const column = emptyColumn('result', 'x');
        const expected = new Map<number, Cell>();
        for (const [row, cell] of cells) {
          setCell(column, row, cell, capacity);
          expected.set(row, cell);
        }
        for (let row = 0; row <= 41; row++) expect(cellAt(column, row)).toBe(expected.get(row));
      }),
    );
  });

  test('counts booleans as 0 and 1, words as no numbers', () => {
    const column = columnOf([true, false, 'NaN', 'x', 3]);
    expect([0, 1, 2, 3, 4].map((row) => numberAt(column, row))).toEqual([1, 0, Number.NaN, Number.NaN, 3]);
  });
});

describe('a table', () => {
  test('has a row for each run, with what the journal, the parameters and the results tell', () => {
    const table = tableOf([
      { params: { mass: 900 }, results: { fit: { loss: 0.5 } } },
      { params: { mass: 1000 }, state: failed },
      { params: { mass: 1100 }, state: pending },
    ]);
    expect(rowsOf(table)).toEqual([
      { run: 0, status: 'success', duration_s: 1.234, attempt: 1, started: 60, mass: 900, 'fit.loss': 0.5 },
      {
        run: 1,
        status: 'failure',
        reason: 'exit code 3',
        duration_s: 1.234,
        attempt: 1,
        started: 60,
        mass: 1000,
      },
      { run: 2, status: 'pending', mass: 1100 },
    ]);
  });

  test('takes over what changes, and forgets the results of a run that runs again', () => {
    const table = tableOf([{ params: { mass: 900 }, results: { loss: 1, note: 'x' } }]);
    const builder = chunkBuilder(['run', 'result'], 1);
    builder.run(0);
    addState(builder, { status: 'running', attempts: 2, startedAt: 1000, pid: 1, slot: 0 }, 3500);
    applyChunk(table, 0, builder.build());
    expect(rowsOf(table)).toEqual([
      { run: 0, status: 'running', duration_s: 2.5, attempt: 2, started: 1, mass: 900 },
    ]);
  });

  test('joins sweeps by the names of their columns', () => {
    const table = tableOf([{ params: { a: 1 } }, { params: { a: 2 } }], [{ params: { a: 3, b: 4 } }]);
    expect(rowsOf(table).map(({ sweep, run, a, b }) => [sweep, run, a, b])).toEqual([
      ['sweep 0', 0, 1, undefined],
      ['sweep 0', 1, 2, undefined],
      ['sweep 1', 0, 3, 4],
    ]);
    expect(rowOf(table, 1, 0)).toBe(2);
    expect(rowOf(table, 1, 1)).toBeUndefined();
  });

  test('is the same whatever the pieces in which its cells come', () => {
    const runs = fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'c'), anyCell), { maxLength: 30 });
    fc.assert(
      fc.property(runs, fc.array(fc.nat(29)), (all, cuts) => {
        const table = emptyTable(['s']);
        const ends = [...new Set([...cuts, all.length])].sort((a, b) => a - b);
        let start = 0;
        for (const end of ends) {
          const builder = chunkBuilder(['run', 'parameter', 'result'], 4);
          for (let run = start; run < Math.min(end, all.length); run++) {
            builder.run(run);
            addState(builder, succeeded, 0);
            addValues(builder, {}, all[run]);
          }
          start = Math.max(start, Math.min(end, all.length));
          applyChunk(table, 0, builder.build());
        }
        expect(rowsOf(table)).toEqual(rowsOf(tableOf(all.map((results) => ({ results })))));
      }),
    );
  });

  test('does not grow columns without end', () => {
    const results = Object.fromEntries(
      Array.from({ length: mostColumns + 5 }, (_, index) => [`x${index}`, 1]),
    );
    const table = tableOf([{ results }]);
    expect(table.dropped).toBeGreaterThanOrEqual(5);
    expect(table.columns.size).toBeLessThan(mostColumns + 20);
  });
});

describe('what is told of a column', () => {
  test('it is numeric where all that is there are numbers, and varies where two differ', () => {
    expect(factsOf(columnOf([1, undefined, 3, 'NaN', Number.POSITIVE_INFINITY]), 5)).toEqual({
      filled: 4,
      isNumeric: true,
      isVarying: true,
      min: 1,
      max: 3,
    });
    expect(factsOf(columnOf([2, 2]), 2)).toMatchObject({ isNumeric: true, isVarying: false });
    expect(factsOf(columnOf([2, 'x']), 2)).toMatchObject({ isNumeric: false, isVarying: true });
    expect(factsOf(columnOf(['x', 'x']), 2)).toMatchObject({ isNumeric: false, isVarying: false });
    expect(factsOf(columnOf([]), 2)).toMatchObject({ filled: 0, isNumeric: false, isVarying: false });
  });

  test('a parameter that some runs lack varies; a result that some runs lack yet does not', () => {
    expect(factsOf(columnOf([1, undefined], 'parameter'), 2).isVarying).toBe(true);
    expect(factsOf(columnOf([1, undefined], 'result'), 2).isVarying).toBe(false);
  });

  test('a name that two columns would share is told apart', () => {
    const table = tableOf([{ params: { mass: 1, status: 'x' }, results: { mass: 2, run: 3, loss: 4 } }]);
    expect([...columnLabels(table).values()].slice(-5)).toEqual([
      'param.mass',
      'param.status',
      'result.mass',
      'result.run',
      'loss',
    ]);
  });
});

function columnOf(cells: readonly Cell[], kind: Column['kind'] = 'result'): Column {
  const column = emptyColumn(kind, 'x');
  for (const [row, cell] of cells.entries()) setCell(column, row, cell, cells.length);
  return column;
}

function rowsOf(table: ResultsTable): Record<string, Cell>[] {
  return Array.from({ length: table.size }, (_, row) =>
    Object.fromEntries(
      [...table.columns.values()]
        .map((column) => [column.name, cellAt(column, row)] as const)
        .filter(([, cell]) => cell !== undefined),
    ),
  );
}
