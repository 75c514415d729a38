import type { GridOptions } from 'ag-grid-community';
import { gridTheme } from './gridTheme.ts';
import { nonce } from './nonce.ts';

/** What the tables of the page have in common: rows that are asked for as they come into view, sorted by the page itself. */
export function gridOptions() {
  return {
    theme: gridTheme(),
    styleNonce: nonce(),
    rowModelType: 'infinite',
    cacheBlockSize: 200,
    maxBlocksInCache: 20,
    blockLoadDebounceMillis: 0,
    rowHeight: 24,
    rowBuffer: 5,
    headerHeight: 28,
    suppressColumnMoveAnimation: true,
    suppressDragLeaveHidesColumns: true,
    animateRows: false,
    multiSortKey: 'ctrl',
    tooltipShowDelay: 500,
    defaultColDef: { sortable: true, resizable: true, comparator: () => 0 },
    rowSelection: { mode: 'multiRow', checkboxes: false, headerCheckbox: false, enableClickSelection: true },
  } satisfies GridOptions;
}
