import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { unreachable } from '../../core/unreachable.ts';
import { contextKeys, views } from '../ids.ts';
import type { Catalogue, CatalogueEntry } from '../sweeps/catalogue.ts';
import type { Launcher } from '../sweeps/launcher.ts';
import type { Holder } from './itemContext.ts';
import { createNodeStore } from './nodeStore.ts';
import type { TreeNode } from './nodes.ts';
import { countShown, partsOf, type RunFilter, rangeAround } from './ranges.ts';
import { createRedraw } from './redraw.ts';
import { runTooltip, sweepTooltip } from './tooltip.ts';
import { entryItem, rangeItem, runItem } from './treeItem.ts';

/** The view "Sweeps". */
export interface SweepTree extends vscode.Disposable {
  readonly provider: vscode.TreeDataProvider<TreeNode>;
  /** The rows that are selected. */
  selection(): readonly TreeNode[];
  setFilter(filter: RunFilter): Promise<void>;
  /** Opens the view with the sweep selected and open; the keyboard stays where it is. */
  showSweep(directory: string): Promise<void>;
}

const revealAttempts = 5;
const revealAgainMs = 250;

/** Makes the view: sweeps newest first, their runs below them, grouped where there are many. */
export function createSweepTree(catalogue: Catalogue, launcher: Launcher): SweepTree {
  const nodes = createNodeStore();
  const changes = new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>();
  let filter: RunFilter = 'all';

  const holderOf = (view: SweepView): Holder => {
    if (launcher.handle(view.directory) !== undefined) return 'this-window';
    return view.live ? 'another-process' : 'nobody';
  };
  const nodeOf = ({ kind, directory }: CatalogueEntry): TreeNode => nodes.same({ kind, directory });
  const parts = (view: SweepView, start: number, end: number): TreeNode[] =>
    partsOf(view.state.runs, filter, start, end).map((part) =>
      nodes.same({ ...part, directory: view.directory }),
    );

  const children = async (node?: TreeNode): Promise<TreeNode[]> => {
    if (node === undefined) {
      await catalogue.ready;
      return catalogue.entries().filter(isShown).map(nodeOf);
    }
    const view = catalogue.view(node.directory);
    if (view === undefined) return [];
    switch (node.kind) {
      case 'sweep':
        return parts(view, 0, view.state.total);
      case 'range':
        return parts(view, node.start, node.end);
      case 'run':
      case 'broken':
        return [];
      default:
        return unreachable(node);
    }
  };

  const isShown = (entry: CatalogueEntry): boolean =>
    filter === 'all' || (entry.kind === 'sweep' && countShown(entry.view.state.counts, filter) > 0);

  const parent = (node: TreeNode): TreeNode | undefined => {
    if (node.kind === 'sweep' || node.kind === 'broken') return undefined;
    const { directory } = node;
    const view = catalogue.view(directory);
    if (view === undefined) return undefined;
    const range = rangeAround(view.state.runs, filter, view.state.total, node);
    return nodes.same(range === undefined ? { kind: 'sweep', directory } : { ...range, directory });
  };

  const item = (node: TreeNode): vscode.TreeItem => {
    const entry = catalogue.entry(node.directory);
    if (entry === undefined) return new vscode.TreeItem(node.directory);
    if (entry.kind === 'broken' || node.kind === 'sweep' || node.kind === 'broken') {
      return entryItem(entry, node, entry.kind === 'sweep' ? holderOf(entry.view) : 'nobody');
    }
    return node.kind === 'range'
      ? rangeItem(entry.view, node)
      : runItem(entry.view, node, holderOf(entry.view));
  };

  const provider: vscode.TreeDataProvider<TreeNode> = {
    onDidChangeTreeData: changes.event,
    getChildren: children,
    getParent: parent,
    getTreeItem: item,
    resolveTreeItem: async (shown, node) => {
      const view = catalogue.view(node.directory);
      if (view === undefined) return shown;
      if (node.kind === 'sweep') shown.tooltip = sweepTooltip(view);
      if (node.kind === 'run') shown.tooltip = await runTooltip(view, node.run);
      return shown;
    },
  };
  const view = vscode.window.createTreeView(views.sweeps, {
    treeDataProvider: provider,
    showCollapseAll: true,
    canSelectMany: true,
  });

  // A view with a message has no welcome text, which says more where nothing matches.
  const showFilter = () => {
    view.message = catalogue.entries().some(isShown) ? filterMessage(filter) : '';
  };
  const showBadge = () => {
    const running = catalogue.active().reduce((sum, { state }) => sum + state.counts.running, 0);
    const tooltip = running === 1 ? t('1 run is running') : t('{0} runs are running', running);
    view.badge = running === 0 ? undefined : { value: running, tooltip };
  };
  let held: readonly string[] = [];
  const drawHolders = () => {
    const before = held;
    held = launcher.directories();
    void vscode.commands.executeCommand('setContext', contextKeys.running, held.length > 0);
    const directories = [...new Set([...before, ...held])].filter((directory) => catalogue.view(directory));
    if (directories.length > 0)
      changes.fire(directories.map((directory) => nodes.same({ kind: 'sweep', directory })));
  };
  const redraw = createRedraw(
    catalogue,
    nodes,
    () => filter !== 'all',
    (rows) => changes.fire(rows),
  );
  const owned = vscode.Disposable.from(
    changes,
    view,
    redraw,
    catalogue.onDidChange((change) => {
      showBadge();
      showFilter();
      redraw.changed(change);
    }),
    launcher.onDidChange(drawHolders),
  );

  return {
    provider,
    selection: () => view.selection,
    setFilter: async (wanted) => {
      filter = wanted;
      showFilter();
      await vscode.commands.executeCommand('setContext', contextKeys.filter, wanted);
      changes.fire(undefined);
    },
    showSweep: async (directory) => {
      await catalogue.ready;
      const entry = catalogue.entry(directory);
      if (entry === undefined) return;
      if (!isShown(entry)) return;
      await reveal(view, nodeOf(entry));
    },
    dispose: () => owned.dispose(),
  };
}

async function reveal(view: vscode.TreeView<TreeNode>, node: TreeNode): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await view.reveal(node, { select: true, focus: false, expand: true });
    } catch (error) {
      // While VS Code asks for rows again, it knows none and rejects; it gathers changes for 200 ms before that.
      if (attempt === revealAttempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, revealAgainMs));
    }
  }
}

function filterMessage(filter: RunFilter): string {
  switch (filter) {
    case 'all':
      return '';
    case 'failed':
      return t('Only failed runs are shown.');
    case 'running':
      return t('Only running runs are shown.');
    default:
      return unreachable(filter);
  }
}
