import { expect, test } from 'vitest';
import { cornersOf, mostCorners } from '../../../../src/core/plan/corners.ts';
import type { Plan } from '../../../../src/core/plan/plan.ts';
import { planSweep } from '../../../../src/core/plan/planSweep.ts';
import type { ParamMap } from '../../../../src/core/run.ts';
import { fileOf } from '../sweepFile/problems.ts';

function corners(plan: Plan): ParamMap[] {
  const search = cornersOf(plan);
  for (;;) {
    const step = search.next();
    if (step.done) return step.value.map((run) => plan.at(run));
  }
}

function planOf(text: string): Plan {
  return planSweep(fileOf(`cmd: [x]\n${text}\n`).space).plan!;
}

test('of a grid are all combinations of smallest and largest values', () => {
  const plan = planOf('parameters: {a: [2, 1, 3], b: [x, y, z], c: [7]}');
  expect(corners(plan)).toEqual([
    { a: 1, b: 'x', c: 7 },
    { a: 1, b: 'z', c: 7 },
    { a: 3, b: 'x', c: 7 },
    { a: 3, b: 'z', c: 7 },
  ]);
});

test('of values side by side are the first and the last, where both are extreme', () => {
  expect(corners(planOf('method: zip\nparameters: {a: [1, 2, 3], b: [1, 2, 3]}'))).toEqual([
    { a: 1, b: 1 },
    { a: 3, b: 3 },
  ]);
});

test('are the runs with the ends of each parameter where no run has only ends', () => {
  const plan = planOf('runs: [{a: 1, b: 5}, {a: 2, b: 2}, {a: 5, b: 3}, {a: 3, b: 9}, {a: 4, b: 4}]');
  expect(corners(plan)).toEqual([
    { a: 1, b: 5 },
    { a: 2, b: 2 },
    { a: 5, b: 3 },
    { a: 3, b: 9 },
  ]);
});

test('are never many, and spread over the plan', () => {
  const names = Array.from({ length: 8 }, (_, index) => `p${index}: [0, 1]`);
  const found = corners(planOf(`parameters: {${names.join(', ')}}`));
  expect(found).toHaveLength(mostCorners);
  expect(Object.values(found[0]!)).toEqual(Array(8).fill(0));
  expect(Object.values(found.at(-1)!)).toEqual(Array(8).fill(1));
});

test('of a plan of one run is that run', () => {
  expect(corners(planOf('runs: [{a: 1}]'))).toEqual([{ a: 1 }]);
});
