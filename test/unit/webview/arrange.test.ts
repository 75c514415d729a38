import { describe, expect, test } from 'vitest';
import { axisOf, bandText, usualAxes } from '../../../src/webview/imageGrid/arrange.ts';

const words = { range: '{0} to {1}', missing: 'not set' };
const named = (values: Parameters<typeof axisOf>[1]) => {
  const { bands, places } = axisOf(values?.length ?? 3, values);
  return { bands: bands.map((band) => bandText(band, words)), places };
};

describe('one side of an image grid', () => {
  test('has a place for each value: numbers in their order, then words, then what is missing', () => {
    expect(named([10, 'rk4', 9, undefined, 10, 'euler'])).toEqual({
      bands: ['9', '10', 'euler', 'rk4', 'not set'],
      places: [1, 3, 0, 4, 1, 2],
    });
  });

  test('puts many different numbers into ten ranges of one width, with both ends', () => {
    const values = Array.from({ length: 101 }, (_, index) => index / 10);
    const { bands, places } = named(values);
    expect(bands).toHaveLength(10);
    expect(bands[0]).toBe('0 to 1');
    expect(bands[9]).toBe('9 to 10');
    expect([places[0], places[10], places[95], places[100]]).toEqual([0, 1, 9, 9]);
    expect(Math.min(...places)).toBe(0);
    expect(Math.max(...places)).toBe(9);
  });

  test('keeps all runs together where nothing is chosen', () => {
    expect(axisOf(3, undefined).places).toEqual([0, 0, 0]);
    expect(axisOf(3, undefined).bands).toHaveLength(1);
  });
});

describe('the parameters of an image grid at first', () => {
  test('are the first two whose values come again', () => {
    const runs = Array.from({ length: 24 }, (_, run) => [run * 1.7, run % 4, Math.floor(run / 4)]);
    expect(usualAxes(runs)).toEqual({ rows: 1, columns: 2 });
  });

  test('are the first two of all where every run has values of its own', () => {
    const runs = Array.from({ length: 24 }, (_, run) => [run, run * 2, run * 3]);
    expect(usualAxes(runs)).toEqual({ rows: 0, columns: 1 });
  });

  test('are one, side by side, where only one differs, and none without parameters', () => {
    expect(usualAxes([[1], [2], [3]])).toEqual({ rows: undefined, columns: 0 });
    expect(usualAxes([[], []])).toEqual({ rows: undefined, columns: undefined });
  });
});
