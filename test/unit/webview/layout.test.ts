import { describe, expect, test } from 'vitest';
import {
  columnsInView,
  columnWidths,
  placeColumns,
  scrollScale,
} from '../../../src/webview/preview/layout.ts';

describe('a list', () => {
  test('of a few rows scrolls by their pixels', () => {
    const { height, lastTop, moved, positionOf } = scrollScale(100, 22, 440);
    expect([height, lastTop]).toEqual([2200, 80]);
    expect(moved(0, 0, 220)).toBe(10);
    expect(positionOf(10)).toBe(220);
  });

  test('of any length shows its first and its last row at the ends of the scroll bar', () => {
    const { height, lastTop, moved, positionOf } = scrollScale(1e12, 22, 440);
    expect(height).toBeLessThan(33_000_000);
    expect(lastTop).toBe(1e12 - 20);
    expect(moved(7, 1, 0)).toBe(0);
    expect(moved(7, 0, height - 440)).toBe(lastTop);
    expect(positionOf(lastTop)).toBe(height - 440);
  });

  test('of any length moves row by row on short ways, and by the bar on long ones', () => {
    const { height, lastTop, moved } = scrollScale(1e12, 22, 440);
    expect(moved(1000, 5000, 5044)).toBe(1002);
    expect(moved(1000, 5000, (height - 440) / 2)).toBeCloseTo(lastTop / 2, 0);
    expect(moved(1, 5000, 4900)).toBe(0);
  });

  test('that is shorter than the view does not scroll', () => {
    expect(scrollScale(3, 22, 440)).toMatchObject({ height: 66, lastTop: 0 });
    expect(scrollScale(0, 22, 440).moved(0, 0, 0)).toBe(0);
  });
});

describe('columns', () => {
  const columns = [
    { name: 'a', isNumber: true },
    { name: 'solver', isNumber: false },
  ];
  const row = (...cells: string[]) => ({ label: '0', mark: 'plain' as const, cells, reason: '' });

  test('are as wide as what is in them, within limits', () => {
    const measure = (text: string) => text.length * 7;
    expect(columnWidths(columns, [row('1', 'x'.repeat(1000))], measure)).toEqual([48, 320]);
    expect(columnWidths(columns, [row('123456789012', 'rk4')], measure)).toEqual([108, 66]);
  });

  test('exist only where they are in view', () => {
    const placed = placeColumns(
      Array.from({ length: 1000 }, () => 100),
      50,
    );
    expect(placed[2]).toEqual({ left: 250, width: 100 });
    expect(columnsInView(placed, 0, 400)).toEqual([0, 4]);
    expect(columnsInView(placed, 1000, 1300)).toEqual([9, 13]);
    expect(columnsInView([], 0, 400)).toEqual([0, 0]);
  });
});
