import { selectionContext } from './selectionContext.ts';
import type { ResultsStore } from './store.ts';

/**
 * Lets VS Code open its own context menu for the selected runs, by the mouse or by the keyboard: it reads what an element says in
 * `data-vscode-context` when the menu is asked for. A row that is not selected becomes the only one that is. `rowsAt` says
 * which rows an element of the page stands for.
 */
export function offerRowMenu(
  element: HTMLElement,
  store: ResultsStore,
  directories: readonly string[],
  rowsAt: (target: HTMLElement) => readonly number[],
): void {
  element.addEventListener(
    'contextmenu',
    ({ target }) => {
      const rows = target instanceof HTMLElement ? rowsAt(target) : [];
      if (rows.length > 0 && !rows.every((row) => store.selection.has(row))) store.selection.select(rows);
      const selected = rows.length > 0 ? store.selection.rows() : [];
      element.dataset.vscodeContext = JSON.stringify(
        selected.length === 0
          ? { preventDefaultContextMenuItems: true }
          : selectionContext(store, directories),
      );
    },
    { capture: true },
  );
}
