import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  boxSummary,
  ecdf,
  histogramBorders,
} from '../../../../src/webview/results/plots/data/distribution.ts';
import { meanInterval, runningMean } from '../../../../src/webview/results/plots/data/interval.ts';
import { paretoFront } from '../../../../src/webview/results/plots/data/pareto.ts';
import {
  averaged,
  gathered,
  levelsOf,
  rasterOf,
} from '../../../../src/webview/results/plots/data/surface.ts';

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe('intervals of means', () => {
  test('are those of Student, as scipy.stats.t.interval gives them', () => {
    const interval = meanInterval([1, 2, 3, 4, 5]);
    expect(interval?.mean).toBe(3);
    // t.interval(0.95, 4, loc=3, scale=sem([1, 2, 3, 4, 5]))
    expect(interval?.low).toBeCloseTo(1.0367568385224393, 10);
    expect(interval?.high).toBeCloseTo(4.9632431614775605, 10);
  });

  test('are nothing but the mean of a single number, and nothing of none', () => {
    expect(meanInterval([7])).toEqual({ count: 1, mean: 7, low: 7, high: 7 });
    expect(meanInterval([])).toBeUndefined();
  });

  test('of the first numbers are those of these numbers alone', () => {
    const numbers = [4, 8, 15, 16, 23, 42];
    for (const [place, step] of runningMean(numbers, 100).entries()) {
      const alone = meanInterval(numbers.slice(0, place + 1));
      expect(step.count).toBe(place + 1);
      expect(step.mean).toBeCloseTo(alone?.mean ?? Number.NaN, 10);
      expect(step.high).toBeCloseTo(alone?.high ?? Number.NaN, 10);
    }
  });

  test('are made for no more counts than asked for, the last one among them', () => {
    const steps = runningMean(new Float64Array(1234).fill(2), 100);
    expect(steps.length).toBeLessThanOrEqual(101);
    expect(steps.at(-1)).toEqual({ count: 1234, mean: 2, low: 2, high: 2 });
  });
});

describe('distributions', () => {
  test('have the quartiles of R (type 7), and the whiskers and outliers of Tukey', () => {
    expect(boxSummary([1, 2, 3, 4, 100, 5])).toEqual({
      count: 6,
      low: 1,
      firstQuartile: 2.25,
      median: 3.5,
      thirdQuartile: 4.75,
      high: 5,
      outliers: [4],
    });
    expect(boxSummary([])).toBeUndefined();
  });

  test('rise to 1, with a step for each different number', () => {
    expect(ecdf([3, 1, 3, 2], 10)).toEqual([
      { at: 1, share: 0.25 },
      { at: 2, share: 0.5 },
      { at: 3, share: 1 },
    ]);
  });

  test('are right at each step that is kept, and end at 1', () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 300 }), (numbers) => {
        const steps = ecdf(numbers, 20);
        expect(steps.length).toBeLessThanOrEqual(22);
        expect(steps.at(-1)?.share).toBe(1);
        for (const { at, share } of steps) {
          expect(share).toBeCloseTo(numbers.filter((one) => one <= at).length / numbers.length, 12);
        }
      }),
    );
  });

  test('have a single bar where numbers differ by rounding alone', () => {
    expect(histogramBorders([0, 5e-324])).toHaveLength(2);
    expect(histogramBorders([1, 1 + Number.EPSILON])).toHaveLength(2);
    expect(histogramBorders([7, 7])).toEqual([6.5, 7.5]);
  });

  test('have bars of equal width that hold all numbers', () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 2, maxLength: 300 }), (numbers) => {
        const borders = histogramBorders(numbers);
        expect(borders[0]).toBeLessThanOrEqual(Math.min(...numbers));
        expect(borders.at(-1)).toBeGreaterThanOrEqual(Math.max(...numbers));
        expect(borders.length).toBeLessThan(200);
      }),
    );
  });
});

test("Pareto's front is every point that no other one beats", () => {
  const point = fc.record({ x: fc.integer({ min: 0, max: 9 }), y: fc.integer({ min: 0, max: 9 }) });
  fc.assert(
    fc.property(fc.array(point, { maxLength: 40 }), (points) => {
      const all = points.map((one, row) => ({ ...one, row }));
      const beaten = (one: { x: number; y: number }) =>
        all.some(({ x, y }) => x <= one.x && y <= one.y && (x < one.x || y < one.y));
      const rows = paretoFront(all).map(({ row }) => row);
      expect(rows.sort((a, b) => a - b)).toEqual(all.filter((one) => !beaten(one)).map(({ row }) => row));
    }),
  );
});

describe('surfaces', () => {
  const corners = [
    { x: 0, y: 0, value: 0 },
    { x: 1, y: 0, value: 2 },
    { x: 0, y: 1, value: 3 },
    { x: 1, y: 1, value: 5 },
  ];

  test('are linear between the points', () => {
    const { values, width } = rasterOf(corners, 11);
    for (let row = 0; row < 11; row++) {
      for (let column = 0; column < 11; column++) {
        expect(values[row * width + column]).toBeCloseTo((2 * column) / 10 + (3 * row) / 10, 9);
      }
    }
  });

  test('are nowhere outside the points', () => {
    const { values } = rasterOf(corners.slice(0, 3), 11);
    expect(values[10 * 11 + 10]).toBeNaN();
    expect(values[0]).toBe(0);
  });

  test('have levels that lie inside each other', () => {
    const levels = levelsOf(rasterOf(corners, 101), [0, 1, 4]);
    const areas = levels.map(({ rings }) =>
      Math.abs(
        rings
          .flatMap((ring) =>
            ring.map(([x, y], place) => {
              const [nextX, nextY] = ring[(place + 1) % ring.length] ?? [x, y];
              return (x * nextY - nextX * y) / 2;
            }),
          )
          .reduce((sum, part) => sum + part, 0),
      ),
    );
    // 2x + 3y ≥ 1 leaves out a triangle of 1/12, and 2x + 3y ≥ 4 leaves one of the same size over.
    expect(areas[0]).toBeCloseTo(1, 1);
    expect(areas[1]).toBeCloseTo(11 / 12, 1);
    expect(areas[2]).toBeCloseTo(1 / 12, 1);
  });

  test('take the mean where several points are one', () => {
    const all = [...corners, { x: 1, y: 1, value: 7 }];
    const points = {
      x: Float64Array.from(all, ({ x }) => x),
      y: Float64Array.from(all, ({ y }) => y),
      value: Float64Array.from(all, ({ value }) => value),
    };
    expect(averaged(points, 4)).toContainEqual({ x: 1, y: 1, value: 6 });
    expect(averaged(points, 4)).toHaveLength(4);
    expect(averaged(points, 3)).toBeUndefined();
    expect(gathered(points, 1)).toEqual([{ x: 0.6, y: 0.6, value: 3.4 }]);
  });

  test('have no specks: a peak of a single square of the raster is no area, a larger one is', () => {
    const values = new Float64Array(400);
    values[5 * 20 + 5] = 1;
    for (const square of [210, 211, 212, 230, 231, 232, 250, 251, 252]) values[square] = 1;
    const [level] = levelsOf({ width: 20, height: 20, values }, [0.5]);
    expect(level?.rings).toHaveLength(1);
  });
});
