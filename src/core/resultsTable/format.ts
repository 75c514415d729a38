import type { Cell } from './cell.ts';

/** A number for a person: six significant digits; integers in full. */
export function formatNumber(number: number): string {
  if (!Number.isFinite(number)) return Number.isNaN(number) ? 'NaN' : number > 0 ? '∞' : '−∞';
  return String(Number.isInteger(number) ? number : Number(number.toPrecision(6)));
}

/** A cell for a person, on one line. */
export function formatCell(cell: Cell): string {
  if (cell === undefined) return '';
  return typeof cell === 'number' ? formatNumber(cell) : String(cell).replaceAll(/\s+/g, ' ');
}
