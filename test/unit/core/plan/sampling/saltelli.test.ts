import { expect, test } from 'vitest';
import {
  largestSaltelliDimensions,
  saltelli,
  saltelliRow,
  saltelliSize,
} from '../../../../../src/core/plan/sampling/saltelli.ts';
import { readFixture } from './fixtures.ts';

test('a Saltelli design has, for each base point, A, A with each column of B, and B', () => {
  const dimensions = 3;
  const points = saltelli({ seed: 1, dimensions, baseSamples: 8 });
  const row = (index: number) => [0, 1, 2].map((dimension) => points.at(index, dimension));
  expect(saltelliSize(8, dimensions)).toBe(40);
  for (let base = 0; base < 8; base++) {
    const [a, b] = [row(5 * base), row(5 * base + 4)];
    expect(row(5 * base + 1)).toEqual([b[0], a[1], a[2]]);
    expect(row(5 * base + 2)).toEqual([a[0], b[1], a[2]]);
    expect(row(5 * base + 3)).toEqual([a[0], a[1], b[2]]);
  }
  expect([5, 6, 8, 9].map((index) => saltelliRow(index, dimensions))).toEqual([
    { base: 1, matrix: 'A', swapped: undefined },
    { base: 1, matrix: 'AB', swapped: 0 },
    { base: 1, matrix: 'AB', swapped: 2 },
    { base: 1, matrix: 'B', swapped: undefined },
  ]);
});

test('a larger Saltelli design begins with the points of a smaller one', () => {
  const small = saltelli({ seed: 1, dimensions: 3, baseSamples: 8 });
  const large = saltelli({ seed: 1, dimensions: 3, baseSamples: 16 });
  for (let index = 0; index < 40; index++) expect(large.at(index, 1)).toBe(small.at(index, 1));
});

test("the Sobol indices of Ishigami's function come out of a Saltelli design", () => {
  const { S, ST } = readFixture<{ S: number[]; ST: number[] }>('ishigami.json');
  const dimensions = 3;
  const baseSamples = 4096;
  const points = saltelli({ seed: 2024, dimensions, baseSamples });
  const ishigami = (index: number): number => {
    const [x = 0, y = 0, z = 0] = [0, 1, 2].map((k) => Math.PI * (2 * points.at(index, k) - 1));
    return Math.sin(x) + 7 * Math.sin(y) ** 2 + 0.1 * z ** 4 * Math.sin(x);
  };
  const outputs = Array.from({ length: saltelliSize(baseSamples, dimensions) }, (_, index) =>
    ishigami(index),
  );
  const mean = outputs.reduce((sum, y) => sum + y, 0) / outputs.length;
  const variance = outputs.reduce((sum, y) => sum + (y - mean) ** 2, 0) / outputs.length;
  for (let k = 0; k < dimensions; k++) {
    let first = 0;
    let total = 0;
    for (let base = 0; base < baseSamples; base++) {
      const [a, ab, b] = [0, k + 1, dimensions + 1].map((place) => outputs[5 * base + place]!) as [
        number,
        number,
        number,
      ];
      first += b * (ab - a);
      total += (a - ab) ** 2 / 2;
    }
    expect(first / baseSamples / variance).toBeCloseTo(S[k]!, 1.7);
    expect(total / baseSamples / variance).toBeCloseTo(ST[k]!, 1.7);
  }
});

test('a Saltelli design refuses what it has not', () => {
  expect(largestSaltelliDimensions).toBe(1024);
  expect(() => saltelli({ seed: 1, dimensions: 1025, baseSamples: 2 })).toThrow('at most 1024 dimensions');
  expect(() => saltelli({ seed: 1, dimensions: 3, baseSamples: 2 }).at(10, 0)).toThrow(RangeError);
});
