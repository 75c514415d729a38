import { emptyRunTable, isChanged, type RunTable, runAt } from '../../core/runTable.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import type { Catalogue, CatalogueChange } from '../sweeps/catalogue.ts';
import { type Coalesced, coalesce } from '../sweeps/coalesce.ts';
import type { NodeStore } from './nodeStore.ts';
import type { RunNode, TreeNode } from './nodes.ts';

/** Decides which rows are drawn again, and when. */
export interface Redraw {
  /** Something happened to sweeps. */
  changed(change: CatalogueChange): void;
  /** Where runs run, or why they wait, was told anew. */
  places(): void;
  dispose(): void;
}

const sweepEveryMs = 1000;
const clockEveryMs = 5000;

/**
 * VS Code makes a row's buttons anew whenever it draws the row, and with it all rows below; a click that is under way is then
 * lost. So runs that changed are drawn at once and alone, their sweep with its counts at most once a second, and rows that
 * only show a clock seldom. Nothing but `draw` knows the editor: undefined stands for the whole tree.
 */
export function createRedraw(
  catalogue: Pick<Catalogue, 'entries' | 'view' | 'active'>,
  nodes: NodeStore,
  isFiltered: () => boolean,
  place: (view: SweepView, run: number) => string,
  draw: (rows: TreeNode[] | undefined) => void,
): Redraw {
  const drawn = new Map<string, RunTable>();
  const due = new Set<string>();
  const places = new WeakMap<RunNode, string>();
  const sweepsSoon: Coalesced = coalesce(sweepEveryMs, async () => drawSweeps());

  let sweepsDrawnAt = 0;
  const drawSweeps = () => {
    const directories = [...due];
    due.clear();
    if (directories.length === 0) return;
    sweepsDrawnAt = Date.now();
    // A sweep that begins or ceases to match the filter comes or goes.
    if (isFiltered()) draw(undefined);
    else draw(directories.map((directory) => nodes.same({ kind: 'sweep', directory })));
  };

  const drawRuns = (view: SweepView) => {
    const { directory, state } = view;
    const before = drawn.get(directory) ?? emptyRunTable;
    drawn.set(directory, state.runs);
    const rows = nodes.runs(directory).filter(({ run }) => isChanged(before, state.runs, run));
    if (rows.length > 0 && !isFiltered()) draw(rows);
  };

  const drawPlaces = () => {
    const rows = catalogue.active().flatMap((view) =>
      nodes.runs(view.directory).filter((node) => {
        const now = place(view, node.run);
        const isNew = now !== (places.get(node) ?? '');
        if (isNew) places.set(node, now);
        return isNew;
      }),
    );
    if (rows.length > 0) draw(rows);
  };

  const clock = setInterval(() => {
    const rows = catalogue
      .active()
      .flatMap(({ directory, state }) =>
        nodes.runs(directory).filter(({ run }) => runAt(state.runs, run).status === 'running'),
      );
    if (rows.length > 0) draw(rows);
  }, clockEveryMs);

  return {
    changed: ({ list, changed }) => {
      if (list) {
        const directories = new Set(catalogue.entries().map(({ directory }) => directory));
        nodes.keepOnly(directories);
        for (const directory of drawn.keys()) if (!directories.has(directory)) drawn.delete(directory);
        return draw(undefined);
      }
      for (const directory of changed) {
        const view = catalogue.view(directory);
        if (view === undefined) continue;
        drawRuns(view);
        due.add(directory);
        // The first word after a silence is not kept waiting, nor is the last one.
        const rested = Date.now() - sweepsDrawnAt >= sweepEveryMs;
        if (!view.live || rested) drawSweeps();
        else sweepsSoon.request();
      }
    },
    places: drawPlaces,
    dispose: () => {
      clearInterval(clock);
      sweepsSoon.dispose();
    },
  };
}
