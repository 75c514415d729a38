import type { ICellRendererParams } from 'ag-grid-community';
import type { Cell } from '../../core/resultsTable/cell.ts';
import { type Column, columnKey } from '../../core/resultsTable/column.ts';
import { formatCell, formatNumber } from '../../core/resultsTable/format.ts';
import type { RunStatus } from '../../core/run.ts';
import type { ResultsTexts } from '../../extension/results/protocol.ts';
import { h } from '../shared/dom.ts';
import { icon } from '../shared/icon.ts';

/** A row as the grid holds it: its place in the table. */
export interface GridRow {
  readonly row: number;
}

type Rendered = ICellRendererParams<GridRow>;

/** How wide a column is at first, in CSS pixels. */
export function widthOf({ key }: Column, label: string, isNumeric: boolean): number {
  if (key === columnKey('run', 'run')) return 92;
  if (key === columnKey('run', 'status')) return 100;
  if (key === columnKey('run', 'reason')) return 150;
  return Math.min(260, Math.max(isNumeric ? 108 : 110, label.length * 7.5 + 44));
}

/** A cell as it is shown. */
export function shown({ key }: Column, cell: Cell): string {
  if (typeof cell !== 'number') return formatCell(cell);
  if (key === columnKey('run', 'started')) return new Date(cell * 1000).toLocaleString();
  if (key === columnKey('run', 'duration_s')) return cell.toFixed(cell < 10 ? 2 : cell < 100 ? 1 : 0);
  return formatNumber(cell);
}

const statusIcons = {
  success: 'pass',
  failure: 'error',
  running: 'sync',
  pending: 'circle-large',
  skipped: 'debug-step-over',
} as const satisfies Record<RunStatus, string>;

/** A status with its icon. */
export function statusCell({ value }: Rendered): HTMLElement {
  const status = value as RunStatus | undefined;
  if (status === undefined) return h('span');
  return h('span', { class: `status ${status}` }, icon(statusIcons[status]), h('span', {}, status));
}

/** A run's number; that of the best run with a star. */
export function runCell(
  { value, data }: Rendered,
  best: number | undefined,
  texts: ResultsTexts,
): HTMLElement {
  const isBest = data !== undefined && data.row === best;
  return h(
    'span',
    { class: 'run-cell' },
    isBest
      ? h('span', { class: 'star', role: 'img', 'aria-label': texts.best, title: texts.best }, '★')
      : undefined,
    value === undefined ? '' : String(value),
  );
}
