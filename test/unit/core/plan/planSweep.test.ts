import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Plan, runsOf } from '../../../../src/core/plan/plan.ts';
import type { ParamMap, ParamValue } from '../../../../src/core/run.ts';
import { parametersOf, planOfRuns, planOfSampling } from './plans.ts';

const names = fc.uniqueArray(fc.stringMatching(/^[a-z_][a-z0-9_]{0,6}$/), { minLength: 1, maxLength: 5 });
const distinctValues = fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 5 });
const grids = names.chain((keys) =>
  fc
    .tuple(...keys.map((key) => fc.tuple(fc.constant(key), distinctValues)))
    .map((entries) => new Map(entries)),
);

function planGrid(columns: ReadonlyMap<string, readonly ParamValue[]>): Plan {
  return planOfSampling({ method: 'grid', parameters: parametersOf(columns) });
}

function planZip(columns: ReadonlyMap<string, readonly ParamValue[]>): Plan {
  return planOfSampling({ method: 'zip', parameters: parametersOf(columns) });
}

function nestedLoops(columns: (readonly [string, readonly ParamValue[]])[]): ParamMap[] {
  const [first, ...rest] = columns;
  if (first === undefined) return [{}];
  const [name, values] = first;
  return values.flatMap((value) => nestedLoops(rest).map((run) => ({ [name]: value, ...run })));
}

describe('a grid', () => {
  test('varies the last parameter fastest', () => {
    const plan = planGrid(
      new Map<string, ParamValue[]>([
        ['a', [1, 2]],
        ['b', ['x', null, [3]]],
      ]),
    );
    expect([...runsOf(plan)]).toEqual([
      { a: 1, b: 'x' },
      { a: 1, b: null },
      { a: 1, b: [3] },
      { a: 2, b: 'x' },
      { a: 2, b: null },
      { a: 2, b: [3] },
    ]);
    expect(plan.names).toEqual(['a', 'b']);
  });

  test('has the runs of as many nested loops, in their order, each once', () => {
    fc.assert(
      fc.property(grids, (parameters) => {
        const plan = planGrid(parameters);
        const runs = [...runsOf(plan)];
        expect(plan.size).toBe([...parameters.values()].reduce((size, values) => size * values.length, 1));
        expect(runs).toEqual(nestedLoops([...parameters]));
        expect(runs.map((run) => Object.keys(run))).toEqual(runs.map(() => [...parameters.keys()]));
        expect(new Set(runs.map((run) => JSON.stringify(run))).size).toBe(plan.size);
      }),
    );
  });

  test('of 10^15 runs is planned at once, and any of them can be asked for', () => {
    const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    const parameters = new Map(Array.from({ length: 15 }, (_, index) => [`d${index}`, digits]));
    const plan = planGrid(parameters);
    expect(plan.size).toBe(1e15);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e15 - 1 }), (index) => {
        expect(Object.values(plan.at(index)).join('')).toBe(String(index).padStart(15, '0'));
      }),
    );
  });

  test('of more runs than can be counted is refused', () => {
    const parameters = new Map(Array.from({ length: 60 }, (_, index) => [`d${index}`, [0, 1]]));
    expect(() => planGrid(parameters)).toThrow('more than can be counted');
  });

  test('without parameters has a single run', () => {
    expect([...runsOf(planGrid(new Map()))]).toEqual([{}]);
  });
});

describe('a zip', () => {
  test('takes the values together', () => {
    const plan = planZip(
      new Map([
        ['a', [1, 2]],
        ['b', [3, 4]],
      ]),
    );
    expect([...runsOf(plan)]).toEqual([
      { a: 1, b: 3 },
      { a: 2, b: 4 },
    ]);
  });

  test('of lists that differ in length is refused', () => {
    expect(() =>
      planZip(
        new Map([
          ['a', [1, 2]],
          ['b', [3]],
        ]),
      ),
    ).toThrow(RangeError);
  });
});

test('a list has its runs, and the names of all of them', () => {
  const plan = planOfRuns([{ b: 1 }, { a: 2, b: 3 }]);
  expect([...runsOf(plan)]).toEqual([{ b: 1 }, { a: 2, b: 3 }]);
  expect(plan.names).toEqual(['b', 'a']);
});

test.each([-1, 3, 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
  'no plan of three runs has a run %d',
  (index) => {
    const parameters = new Map([['a', [1, 2, 3]]]);
    const plans = [planGrid(parameters), planZip(parameters), planOfRuns([{ a: 1 }, { a: 2 }, { a: 3 }])];
    for (const plan of plans) expect(() => plan.at(index)).toThrow(RangeError);
  },
);
