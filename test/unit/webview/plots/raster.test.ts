import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Ink, Pixels } from '../../../../src/webview/results/plots/raster/blend.ts';
import type { Easel } from '../../../../src/webview/results/plots/raster/easel.ts';
import { linePictureOf } from '../../../../src/webview/results/plots/raster/linePicture.ts';
import { type PointPicture, pictureOf } from '../../../../src/webview/results/plots/raster/pointPicture.ts';
import { paint, pointAt, type Stamp } from '../../../../src/webview/results/plots/raster/stamp.ts';
import { lineAt, paintLines } from '../../../../src/webview/results/plots/raster/strokes.ts';
import { createTurns, doAll } from '../../../../src/webview/results/plots/raster/turns.ts';

const sheet = (width: number, height: number): Pixels => ({
  width,
  height,
  data: new Uint8ClampedArray(4 * width * height),
});
const pixelAt = ({ width, data }: Pixels, x: number, y: number) =>
  Array.from(data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4));
const dot = (ink: Ink, diameter = 1): Stamp => ({ ink, diameter });

function painted(
  pixels: Pixels,
  points: readonly (readonly [x: number, y: number, stamp: number])[],
  looks: readonly (Stamp | undefined)[],
) {
  const places = {
    x: Float32Array.from(points, ([x]) => x),
    y: Float32Array.from(points, ([, y]) => y),
    stamps: Uint16Array.from(points, ([, , stamp]) => stamp),
  };
  for (const step of paint(pixels, places, looks)) expect(step).toBeUndefined();
  return places;
}

describe('painting points', () => {
  test('a colour that lets through covers others as it would on a canvas', () => {
    const pixels = sheet(3, 1);
    const looks = [dot([255, 0, 0, 1]), dot([0, 0, 255, 0.5])];
    painted(
      pixels,
      [
        [0.5, 0.5, 0],
        [0.5, 0.5, 1],
        [1.5, 0.5, 1],
      ],
      looks,
    );
    expect(pixelAt(pixels, 0, 0)).toEqual([128, 0, 128, 255]);
    expect(pixelAt(pixels, 1, 0)).toEqual([0, 0, 255, 128]);
    expect(pixelAt(pixels, 2, 0)).toEqual([0, 0, 0, 0]);
  });

  test('every point within the picture is seen, and none changes a pixel that is farther away than it is large', () => {
    const point = fc.tuple(
      fc.float({ min: -5, max: 25, noNaN: true }),
      fc.float({ min: -5, max: 25, noNaN: true }),
      fc.constant(0),
    );
    fc.assert(
      fc.property(fc.array(point, { maxLength: 12 }), fc.integer({ min: 1, max: 9 }), (points, diameter) => {
        const pixels = sheet(20, 20);
        painted(pixels, points, [dot([9, 9, 9, 1], diameter)]);
        for (const [x, y] of points) {
          if (x < 0 || y < 0 || x >= 20 || y >= 20) continue;
          expect(pixelAt(pixels, Math.floor(x), Math.floor(y))[3]).toBeGreaterThan(0);
        }
        for (let at = 0; at < 400; at++) {
          if (pixels.data[4 * at + 3] === 0) continue;
          const [x, y] = [(at % 20) + 0.5, Math.floor(at / 20) + 0.5];
          const distances = points.map(([a, b]) => Math.hypot(a - x, b - y));
          expect(Math.min(...distances)).toBeLessThan(diameter / 2 + 1.8);
        }
      }),
    );
  });

  test('what has no place and what is hidden is neither painted nor pointed at', () => {
    const pixels = sheet(4, 4);
    const looks = [dot([1, 2, 3, 1]), undefined];
    const places = painted(
      pixels,
      [
        [Number.NaN, 1, 0],
        [2.5, 2.5, 1],
      ],
      looks,
    );
    expect(pixels.data.every((channel) => channel === 0)).toBe(true);
    expect(pointAt(places, looks, [2.5, 2.5], 3)).toBeUndefined();
  });

  test('of points that cover each other the one that is seen is pointed at', () => {
    const looks = [dot([0, 0, 0, 1], 4)];
    const places = painted(
      sheet(9, 9),
      [
        [4, 4, 0],
        [5, 4, 0],
        [8, 8, 0],
      ],
      looks,
    );
    expect(pointAt(places, looks, [4, 4], 3)).toBe(1);
    expect(pointAt(places, looks, [7, 7], 3)).toBe(2);
    expect(pointAt(places, looks, [0, 8], 3)).toBeUndefined();
  });
});

/** Works of so many steps, which take a millisecond each, and turns that come when the test says so. */
function clockwork(sizes: readonly number[]) {
  const log: string[] = [];
  let time = 0;
  let next: (() => void) | undefined;
  const turns = createTurns(() => log.push('told'), {
    now: () => time,
    later: (wanted) => {
      next = wanted;
    },
  });
  for (const [work, size] of sizes.entries()) {
    function* steps() {
      for (let step = 0; step < size; step++) {
        time++;
        log.push(`${work}:${step}`);
        yield;
      }
    }
    turns.begin({ steps: steps(), show: () => log.push(`${work} shown`) });
  }
  return {
    log,
    turns,
    hasMore: () => next !== undefined,
    turn: () => {
      const now = next;
      next = undefined;
      now?.();
    },
  };
}

describe('work in turns', () => {
  test('all of it is done once and in order, no turn lasts long, and each shows what there is', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 5 }), (sizes) => {
        const { log, turns, turn, hasMore } = clockwork(sizes);
        let before = log.length;
        expect(before).toBeLessThan(70);
        while (hasMore()) {
          turn();
          expect(log.length - before).toBeLessThan(24);
          before = log.length;
        }
        const steps = log.filter((line) => line.includes(':'));
        expect(steps).toEqual(
          sizes.flatMap((size, work) => Array.from({ length: size }, (_, step) => `${work}:${step}`)),
        );
        for (const [work] of sizes.entries()) expect(log).toContain(`${work} shown`);
        expect(turns.isBusy()).toBe(false);
      }),
    );
  });

  test('what is forgotten is done no further', () => {
    const { log, turns, turn } = clockwork([100]);
    const before = log.length;
    turns.start();
    turn();
    expect(log).toHaveLength(before);
  });
});

/** An easel on which all is painted at once, and what is on it. */
function easelOf(ratio: number) {
  let pixels = sheet(0, 0);
  const easel: Easel = {
    ratio,
    canvas: () => ({
      element: undefined,
      clear: (width, height) => {
        pixels = sheet(width, height);
        return pixels;
      },
      show: () => {},
    }),
    carryOut: doAll,
  };
  return { easel, pixels: () => pixels };
}

test('a picture has its points where the axes of the chart have them, at any number of pixels', () => {
  const values = [1, 10, 100, 1000];
  const points: PointPicture = {
    id: 'runs',
    grid: 0,
    x: { at: (row) => values[row] ?? Number.NaN, isLog: true },
    y: { at: (row) => row },
    rows: Uint32Array.of(0, 1, 2, 3),
    looks: Uint16Array.of(0, 0, 1, 0),
    allLooks: [
      { colour: [200, 0, 0], opacity: 1, diameter: 3 },
      { colour: [0, 200, 0], opacity: 1, diameter: 3, name: 'green' },
    ],
  };
  // A chart of 300 by 150 pixels at 40, 20, whose axes go from 1 to 1000 and from 0 to 3.
  const coord = ([x = 1, y = 0]: readonly number[]) => [40 + 100 * Math.log10(x), 170 - 50 * y];
  const coordSys = { x: 40, y: 20, width: 300, height: 150 };
  for (const ratio of [1, 2]) {
    const { easel, pixels } = easelOf(ratio);
    const { series, marks, hide } = pictureOf(points, easel);
    const { renderItem } = series as { renderItem: (params: object, api: object) => unknown };
    expect(renderItem({ coordSys }, { coord })).toMatchObject({
      type: 'image',
      style: { x: 40, y: 20, width: 300, height: 150 },
    });
    expect([pixels().width, pixels().height]).toEqual([300 * ratio, 150 * ratio]);
    expect(pixelAt(pixels(), 100 * ratio, 100 * ratio)).toEqual([200, 0, 0, 255]);
    expect(pixelAt(pixels(), 200 * ratio, 50 * ratio)).toEqual([0, 200, 0, 255]);
    expect(marks.near?.([241, 70])).toBe(2);
    expect(marks.outline?.(2).map((place) => place.map(Math.round))).toEqual([[240, 70]]);
    expect(marks.at(2).rows).toEqual([2]);
    hide(new Set(['green']));
    expect(pixelAt(pixels(), 200 * ratio, 50 * ratio)[3]).toBe(0);
    expect(marks.near?.([241, 70])).toBeUndefined();
  }
});

describe('painting lines', () => {
  const height = fc.float({ min: 2, max: 38, noNaN: true });

  test('a line covers each column of pixels as far as it is thick, and nothing that is away from it', () => {
    fc.assert(
      fc.property(height, height, fc.float({ min: 1, max: 3, noNaN: true }), (from, to, width) => {
        const pixels = sheet(40, 40);
        const lines = {
          corners: 2,
          start: 0,
          step: 40,
          y: Float32Array.of(from, to),
          strokes: Uint16Array.of(0),
        };
        for (const step of paintLines(pixels, lines, [{ ink: [0, 0, 0, 1], width }]))
          expect(step).toBeUndefined();
        const slope = (to - from) / 40;
        for (let x = 2; x < 38; x++) {
          const middle = from + slope * (x + 0.5);
          let covered = 0;
          for (let y = 0; y < 40; y++) {
            const share = (pixelAt(pixels, x, y)[3] ?? 0) / 255;
            covered += share;
            if (Math.abs(y + 0.5 - middle) > width + 1) expect(share).toBe(0);
          }
          expect(covered).toBeCloseTo(width * Math.hypot(1, slope), 1);
        }
        expect(lineAt(lines, [20, from + slope * 20], 2)).toBe(0);
        expect(lineAt(lines, [20, from + slope * 20 + 8], 2)).toBeUndefined();
      }),
    );
  });

  test('a corner without a place is passed by, and a line without two of them is none', () => {
    const lines = {
      corners: 3,
      start: 0,
      step: 10,
      y: Float32Array.of(2, Number.NaN, 8, Number.NaN, 15, Number.NaN),
      strokes: Uint16Array.of(0, 0),
    };
    const pixels = sheet(20, 20);
    for (const _ of paintLines(pixels, lines, [{ ink: [7, 7, 7, 1], width: 2 }]));
    expect(pixelAt(pixels, 10, 5)[3]).toBe(255);
    expect(pixelAt(pixels, 10, 14)[3]).toBe(0);
    expect(lineAt(lines, [10, 5], 2)).toBe(0);
    expect(lineAt(lines, [10, 15], 2)).toBeUndefined();
  });
});

test('a picture of lines has its corners on the axes of the chart, at any number of pixels', () => {
  for (const ratio of [1, 2]) {
    const { easel, pixels } = easelOf(ratio);
    const { series, marks } = linePictureOf(
      {
        id: 'runs',
        room: { left: 60, right: 40, top: 50, bottom: 20 },
        axes: 3,
        rows: Uint32Array.of(4, 9),
        shares: Float32Array.of(0.5, 0.5, 0.5, 0, 1, Number.NaN),
        looks: Uint16Array.of(0, 1),
        allLooks: [
          { colour: [200, 0, 0], opacity: 1, width: 2 },
          { colour: [0, 200, 0], opacity: 1, width: 2 },
        ],
      },
      easel,
    );
    const { renderItem } = series as { renderItem: (params: object, api: object) => unknown };
    expect(renderItem({}, { getWidth: () => 300, getHeight: () => 170 })).toMatchObject({
      style: { x: 60, y: 50, width: 200, height: 100 },
    });
    expect(pixelAt(pixels(), 150 * ratio, 50 * ratio)).toEqual([200, 0, 0, 255]);
    expect(pixelAt(pixels(), 50 * ratio, 50 * ratio - 1)).toEqual([0, 200, 0, 255]);
    expect(marks.near?.([110, 100])).toBe(1);
    expect(marks.near?.([210, 100])).toBe(0);
    expect(marks.outline?.(1)).toEqual([
      [60, 150],
      [160, 50],
    ]);
    expect(marks.at(1).rows).toEqual([9]);
  }
});
