import type { Marked, RowMenuContext } from '../../extension/results/protocol.ts';
import type { Brush } from './selection.ts';
import type { ResultsStore } from './store.ts';

/** The selected runs, and what was marked to select them, as commands take them. */
export function selectionContext(store: ResultsStore, directories: readonly string[]): RowMenuContext {
  const rows = store.selection.rows();
  const bySweep = Map.groupBy(store.refs(rows), ({ sweep }) => sweep);
  return {
    webviewSection: 'runs',
    preventDefaultContextMenuItems: true,
    multirunRows: rows.length === 1 ? 'one' : 'several',
    multirunRuns: Array.from(bySweep, ([sweep, refs]) => ({
      directory: directories[sweep] ?? '',
      runs: refs.map(({ run }) => run),
    })),
    multirunMarked: markedOf(store),
  };
}

/** What was marked of parameters; several intervals of one become the one around them. */
function markedOf({ model, selection }: ResultsStore): Marked {
  return [...selection.brushes()].flatMap(([key, brush]) => {
    const column = model.table.columns.get(key);
    return column?.kind === 'parameter' ? [[column.name, regionOf(brush)] as const] : [];
  });
}

function regionOf(brush: Brush): Marked[number][1] {
  if (brush.kind === 'values') return { kind: 'values', values: brush.values };
  return {
    kind: 'interval',
    min: Math.min(...brush.intervals.map(([from]) => from)),
    max: Math.max(...brush.intervals.map(([, to]) => to)),
  };
}
