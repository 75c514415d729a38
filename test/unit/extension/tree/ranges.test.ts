import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyRunTable, type RunTable, runAt } from '../../../../src/core/runTable.ts';
import {
  countRuns,
  countShown,
  mostRunsInARow,
  partsOf,
  type RunFilter,
  rangeAround,
} from '../../../../src/extension/tree/ranges.ts';
import { failed, started, succeeded, sweepAfter } from '../sweepState.ts';

const untouched = emptyRunTable;

test('up to 200 runs are shown in a row', () => {
  const parts = partsOf(untouched, 'all', 0, 200);
  expect(parts).toHaveLength(200);
  expect(parts.at(-1)).toEqual({ kind: 'run', run: 199 });
});

test('more are grouped by hundreds', () => {
  expect(partsOf(untouched, 'all', 0, 250)).toEqual([
    { kind: 'range', start: 0, end: 100 },
    { kind: 'range', start: 100, end: 200 },
    { kind: 'range', start: 200, end: 250 },
  ]);
  expect(partsOf(untouched, 'all', 0, 10_000)).toHaveLength(100);
});

test('many more are grouped in groups', () => {
  expect(partsOf(untouched, 'all', 0, 10_001)).toEqual([
    { kind: 'range', start: 0, end: 10_000 },
    { kind: 'range', start: 10_000, end: 10_001 },
  ]);
  expect(partsOf(untouched, 'all', 0, 1_000_000)).toHaveLength(100);
  expect(partsOf(untouched, 'all', 990_000, 1_000_000).at(-1)).toEqual({
    kind: 'range',
    start: 999_900,
    end: 1_000_000,
  });
});

test('a filter shows single runs of a large sweep without groups', () => {
  const { runs } = sweepAfter(
    1_000_000,
    started(7),
    failed(7),
    started(700_000),
    failed(700_000),
    started(8),
  );
  expect(partsOf(runs, 'failed', 0, 1_000_000)).toEqual([
    { kind: 'run', run: 7 },
    { kind: 'run', run: 700_000 },
  ]);
  expect(partsOf(runs, 'running', 0, 1_000_000)).toEqual([{ kind: 'run', run: 8 }]);
});

test('a filter hides groups without a match', () => {
  const failures = Array.from({ length: 300 }, (_, i) => failed(1000 + i));
  const { runs } = sweepAfter(5000, ...failures);
  expect(partsOf(runs, 'failed', 0, 5000).map((part) => part.kind === 'range' && part.start)).toEqual([
    1000, 1100, 1200,
  ]);
});

test('the ranges around a run lead to it', () => {
  const inner = { kind: 'range', start: 123_400, end: 123_500 } as const;
  const outer = { kind: 'range', start: 120_000, end: 130_000 } as const;
  expect(rangeAround(untouched, 'all', 1_000_000, { kind: 'run', run: 123_456 })).toEqual(inner);
  expect(rangeAround(untouched, 'all', 1_000_000, inner)).toEqual(outer);
  expect(rangeAround(untouched, 'all', 1_000_000, outer)).toBeUndefined();
  expect(rangeAround(untouched, 'all', 150, { kind: 'run', run: 7 })).toBeUndefined();
});

test('the last range has its own parent, though both end with the sweep', () => {
  const last = { kind: 'range', start: 19_900, end: 20_000 } as const;
  const half = { kind: 'range', start: 10_000, end: 20_000 } as const;
  expect(rangeAround(untouched, 'all', 20_000, last)).toEqual(half);
  expect(rangeAround(untouched, 'all', 20_000, half)).toBeUndefined();
  expect(rangeAround(untouched, 'all', 10_001, { kind: 'run', run: 10_000 })).toEqual({
    kind: 'range',
    start: 10_000,
    end: 10_001,
  });
});

describe('for any sweep', () => {
  const anySweep = fc
    .record({
      total: fc.integer({ min: 1, max: 1200 }),
      ended: fc.array(fc.tuple(fc.nat(1199), fc.constantFrom('failed', 'succeeded', 'started')), {
        maxLength: 600,
      }),
    })
    .map(({ total, ended }) => {
      const events = ended.map(([run, what]) => ({ failed, succeeded, started })[what](run));
      return { total, table: sweepAfter(total, ...events).runs };
    });
  const anyFilter = fc.constantFrom<RunFilter>('all', 'failed', 'running');

  test('counts are those of the runs', () => {
    fc.assert(
      fc.property(anySweep, fc.nat(1200), fc.nat(1200), ({ total, table }, a, b) => {
        const [start, end] = [Math.min(a, b, total), Math.min(Math.max(a, b), total)];
        const counts = { skipped: 0, pending: 0, running: 0, success: 0, failure: 0 };
        for (let run = start; run < end; run++) counts[runAt(table, run).status] += 1;
        expect(countRuns(table, start, end)).toEqual(counts);
      }),
    );
  });

  test('opening everything shows each run that matches once, in order', () => {
    fc.assert(
      fc.property(anySweep, anyFilter, ({ total, table }, filter) => {
        const shown = runsBelow(table, filter, 0, total);
        expect(shown).toEqual([...shown].sort((x, y) => x - y));
        expect(shown).toHaveLength(countShown(countRuns(table, 0, total), filter));
        expect(new Set(shown).size).toBe(shown.length);
      }),
    );
  });

  function runsBelow(table: RunTable, filter: RunFilter, start: number, end: number): number[] {
    const parts = partsOf(table, filter, start, end);
    expect(parts.length).toBeLessThanOrEqual(mostRunsInARow);
    return parts.flatMap((part) =>
      part.kind === 'run' ? [part.run] : runsBelow(table, filter, part.start, part.end),
    );
  }
});

test('1,000,000 runs are a few rows', () => {
  const { runs } = sweepAfter(1_000_000, started(999_999));
  expect(partsOf(runs, 'all', 0, 1_000_000).length).toBeLessThanOrEqual(mostRunsInARow);
  expect(partsOf(runs, 'failed', 0, 1_000_000)).toEqual([]);
});
