import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  escapeIcons,
  formatClock,
  formatDuration,
  formatMoment,
  formatParams,
  formatValue,
  oneLine,
} from '../../../../src/extension/text/format.ts';

describe('formatDuration', () => {
  test.each([
    [0, '0ms'],
    [420, '420ms'],
    [1234, '1.2s'],
    [60_000, '1m'],
    [185_000, '3m 5s'],
    [7_384_000, '2h 3m'],
    [-5, '0ms'],
  ])('%d ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
});

test.each([
  [42_000, '0:42'],
  [65_400, '1:05'],
  [3_900_000, '1:05:00'],
])('a clock shows %d ms as %s', (ms, text) => expect(formatClock(ms)).toBe(text));

describe('formatMoment', () => {
  const now = new Date(2026, 4, 3, 18, 0);
  test.each([
    [new Date(2026, 4, 3, 9, 5), '09:05'],
    [new Date(2026, 4, 2, 9, 5), '2 May, 09:05'],
    [new Date(2025, 4, 3, 9, 5), '3 May 2025, 09:05'],
  ])('%s', (at, text) => expect(formatMoment(at, now, 'en-GB')).toBe(text));
});

describe('oneLine', () => {
  test('shows what would disturb a label', () => {
    expect(oneLine('a\nb\tc\u202edcba\u0007')).toBe('a⏎b c\\u202edcba\\u0007');
  });

  test('cuts what is long', () => {
    expect(oneLine('x'.repeat(50), 10)).toBe(`${'x'.repeat(9)}…`);
    expect(oneLine('x'.repeat(100_000), 10)).toHaveLength(10);
  });

  test('is one line of at most the given length, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 2, max: 80 }), (text, max) => {
        const line = oneLine(text, max);
        expect(line.length).toBeLessThanOrEqual(max);
        expect(line).not.toMatch(/[\n\r\u2028\u202e\0]/u);
      }),
    );
  });
});

describe('formatValue', () => {
  test.each([
    [0.1 + 0.2, '0.3'],
    [1e-7, '1e-7'],
    [1234567, '1234567'],
    [true, 'true'],
    [null, 'null'],
    ['', '""'],
    ['a b', 'a b'],
    [[1, 2], '[1,2]'],
    [{ a: 'x' }, '{"a":"x"}'],
  ])('%j is %s', (value, text) => expect(formatValue(value)).toBe(text));
});

test('formatParams names only what the run has', () => {
  expect(formatParams({ mass: 900, hidden: 1 }, ['mass', 'thrust'])).toBe('mass=900');
  expect(formatParams({ mass: 900, thrust: 1.4 }, ['mass', 'thrust'])).toBe('mass=900, thrust=1.4');
});

test('escapeIcons leaves VS Code no icon', () => {
  expect(escapeIcons('a $(error) $(sync~spin)')).toBe('a \\$(error) \\$(sync~spin)');
});
