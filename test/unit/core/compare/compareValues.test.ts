import { describe, expect, test } from 'vitest';
import { changedResults } from '../../../../src/core/compare/changedResults.ts';
import { changeOf, compareValues } from '../../../../src/core/compare/compareValues.ts';
import { matchRuns } from '../../../../src/core/compare/matchRuns.ts';
import { flatten } from '../../../../src/core/flatten.ts';

const flat = (value: unknown) => flatten(value);

describe('runs are compared', () => {
  test('name by name, nested values by their dotted names', () => {
    const { differing, same } = compareValues([
      flat({ dt: 0.1, solver: { kind: 'euler', order: 1 }, tags: [1, 2] }),
      flat({ dt: 0.2, solver: { kind: 'euler', order: 2 }, tags: [1, 2] }),
      flat({ dt: 0.2, solver: { kind: 'euler' }, tags: [1, 2], extra: null }),
    ]);
    expect(differing).toEqual([
      { name: 'dt', values: [0.1, 0.2, 0.2] },
      { name: 'solver.order', values: [1, 2, undefined] },
      { name: 'extra', values: [undefined, undefined, null] },
    ]);
    expect(same.map(({ name }) => name)).toEqual(['solver.kind', 'tags']);
  });

  test('by what values are, not by the order in which they were written', () => {
    const { differing } = compareValues([flat({ list: [{ a: 1, b: 2 }] }), flat({ list: [{ b: 2, a: 1 }] })]);
    expect(differing).toEqual([]);
  });

  test('with the change of numbers', () => {
    expect(changeOf(2, 3)).toEqual({ difference: 1, relative: 0.5 });
    expect(changeOf(-2, -3)).toEqual({ difference: -1, relative: -0.5 });
    expect(changeOf(0, 3)).toEqual({ difference: 3, relative: undefined });
    expect(changeOf('2', 3)).toBeUndefined();
  });
});

describe('runs of two sweeps belong together', () => {
  const runs = (...all: readonly unknown[]) => all.map(flat);

  test('when the parameters that both sweeps have are the same', () => {
    const before = runs({ mass: 900, dt: 0.1 }, { mass: 1000, dt: 0.1 }, { mass: 1100, dt: 0.1 });
    const after = runs(
      { mass: 1000, engine: 'raptor' },
      { mass: 900, engine: 'raptor' },
      { mass: 1200, engine: 'raptor' },
    );
    expect(matchRuns(before, after)).toEqual({
      by: ['mass'],
      onlyBefore: ['dt'],
      onlyAfter: ['engine'],
      pairs: [
        [0, 1],
        [1, 0],
      ],
      unmatchedBefore: [2],
      unmatchedAfter: [2],
    });
  });

  test('replicates in their order', () => {
    const before = runs({ x: 1 }, { x: 1 }, { x: 2 }, { x: 1 });
    const after = runs({ x: 2 }, { x: 1 }, { x: 1 });
    const matching = matchRuns(before, after);
    expect(matching.pairs).toEqual([
      [0, 1],
      [1, 2],
      [2, 0],
    ]);
    expect(matching.unmatchedBefore).toEqual([3]);
  });

  test('never, where they have no parameter in common', () => {
    const matching = matchRuns(runs({ x: 1 }), runs({ y: 1 }));
    expect(matching.pairs).toEqual([]);
    expect(matching.unmatchedBefore).toEqual([0]);
    expect(matching.unmatchedAfter).toEqual([0]);
  });
});

describe('results changed', () => {
  const before = flat({ speed: 100, fuel: 10, outcome: 'landed', lost: 1 });
  const after = flat({ speed: 100.5, fuel: 12, outcome: 'crashed', found: 1 });

  test('when they are not the same', () => {
    expect(changedResults(before, after).map(({ name }) => name)).toEqual([
      'speed',
      'fuel',
      'outcome',
      'lost',
      'found',
    ]);
    expect(changedResults(before, before)).toEqual([]);
  });

  test('by more than is tolerated of numbers', () => {
    expect(changedResults(before, after, 0.01).map(({ name }) => name)).toEqual([
      'fuel',
      'outcome',
      'lost',
      'found',
    ]);
  });
});
