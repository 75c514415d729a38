import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { runAt } from '../../core/runTable.ts';
import { unreachable } from '../../core/unreachable.ts';
import type { Analyst, SweepFailures } from '../failures/analyst.ts';
import { contextKeys, views } from '../ids.ts';
import type { Catalogue } from '../sweeps/catalogue.ts';
import type { ClusterQueue } from '../sweeps/clusterQueue.ts';
import type { Launcher } from '../sweeps/launcher.ts';
import { hasErrors } from './failureRows.ts';
import { createNodeStore } from './nodeStore.ts';
import type { SelectedRun, TreeNode } from './nodes.ts';
import { isRunShown, type RunFilter } from './ranges.ts';
import { createRedraw } from './redraw.ts';
import { runsOfRow } from './rowRuns.ts';
import { createTreeData, isShown, nodeOf, type TreeSource } from './treeData.ts';

/** The view "Sweeps". */
export interface SweepTree extends vscode.Disposable {
  readonly provider: vscode.TreeDataProvider<TreeNode>;
  /** The rows that are selected. */
  selection(): readonly TreeNode[];
  /** Fires when rows that stand for runs are selected. */
  readonly onDidSelectRuns: vscode.Event<readonly SelectedRun[]>;
  /** Selects a run's row where the view is in sight and shows it; several at a time VS Code lets nobody select: see runMarks.ts. */
  selectRun(run: SelectedRun): Promise<void>;
  setFilter(filter: RunFilter): Promise<void>;
  /** Opens the view with the sweep selected and open; the keyboard stays where it is. */
  showSweep(directory: string): Promise<void>;
  /** Opens the view with the reasons of a sweep's failures selected and open. False where no run failed by itself. */
  showFailures(directory: string): Promise<boolean>;
}

const revealAttempts = 12;
const revealAgainMs = 250;
/** So many reasons are brought into view. */
const mostRevealed = 8;

/** Makes the view, and keeps it and what belongs to it (badge, message, context keys) up to date. */
export function createSweepTree(
  catalogue: Catalogue,
  launcher: Launcher,
  analyst: Analyst,
  cluster: ClusterQueue,
): SweepTree {
  const nodes = createNodeStore();
  const changes = new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>();
  let filter: RunFilter = 'all';
  let held: readonly string[] = [];

  const source: TreeSource = {
    catalogue,
    nodes,
    analyst,
    filter: () => filter,
    place: cluster.place,
    holder: ({ directory, live }) => {
      if (launcher.isOurs(directory)) return 'this-window';
      return live ? 'another-process' : 'nobody';
    },
  };
  const provider = createTreeData(source, changes.event);
  const view = vscode.window.createTreeView(views.sweeps, {
    treeDataProvider: provider,
    showCollapseAll: true,
    canSelectMany: true,
  });

  const showFilter = () => {
    // A view with a message has no welcome text, which says more where nothing matches.
    const matches = catalogue.entries().some((entry) => isShown(entry, filter));
    // Told again with every change: VS Code draws the view anew for it, without which rows stay as they were after a reload.
    view.message = matches ? filterMessage(filter) : '';
  };
  const showBadge = () => {
    const running = catalogue.active().reduce((sum, { state }) => sum + state.counts.running, 0);
    if (running === (view.badge?.value ?? 0)) return;
    const tooltip = running === 1 ? t('1 run is running') : t('{0} runs are running', running);
    view.badge = running === 0 ? undefined : { value: running, tooltip };
  };
  const showHolders = () => {
    const before = held;
    held = launcher.directories();
    void setContext(contextKeys.running, held.length > 0);
    const touched = [...new Set([...before, ...held])].filter((directory) => catalogue.view(directory));
    const rows = touched.map((directory) => nodes.same({ kind: 'sweep', directory }));
    if (rows.length > 0) changes.fire(rows);
  };

  const selectedRuns = new vscode.EventEmitter<readonly SelectedRun[]>();
  const tellRuns = (selection: readonly TreeNode[]) => {
    const runs = selection.flatMap((row) =>
      runsOfRow(row, analyst).map((run) => ({ directory: row.directory, run })),
    );
    if (runs.length > 0) selectedRuns.fire(runs);
  };

  const redraw = createRedraw(
    catalogue,
    nodes,
    () => filter !== 'all',
    cluster.place,
    (rows) => changes.fire(rows),
  );
  const owned = vscode.Disposable.from(
    changes,
    selectedRuns,
    view,
    redraw,
    view.onDidChangeSelection(({ selection }) => tellRuns(selection)),
    catalogue.onDidChange((change) => {
      showBadge();
      showFilter();
      redraw.changed(change);
    }),
    launcher.onDidChange(showHolders),
    cluster.onDidChange(redraw.places),
    analyst.onDidChange((directory) => changes.fire(nodes.same({ kind: 'why', directory }))),
  );

  const setFilter = async (wanted: RunFilter) => {
    filter = wanted;
    showFilter();
    await setContext(contextKeys.filter, wanted);
    changes.fire(undefined);
  };

  return {
    provider,
    setFilter,
    selection: () => view.selection,
    onDidSelectRuns: selectedRuns.event,
    selectRun: async ({ directory, run }) => {
      const isSelected = view.selection.some(
        (row) => row.kind === 'run' && row.run === run && row.directory === directory,
      );
      const sweep = catalogue.view(directory);
      if (!view.visible || isSelected || sweep === undefined) return;
      if (!isRunShown(runAt(sweep.state.runs, run).status, filter)) return;
      await view.reveal(nodes.same({ kind: 'run', directory, run }), { select: true, focus: false });
    },
    showSweep: async (directory) => {
      await catalogue.ready;
      const entry = catalogue.entry(directory);
      if (entry === undefined) return;
      if (!isShown(entry, filter)) await setFilter('all');
      await reveal(view, nodeOf(entry, nodes));
    },
    showFailures: async (directory) => {
      const sweep = catalogue.view(directory);
      if (sweep === undefined || !hasErrors(sweep)) return false;
      if (filter === 'running') await setFilter('all');
      await reveal(view, nodes.same({ kind: 'why', directory }));
      // The row stands at the end: what opens below it is out of sight.
      const { clusters } = await failuresOf(analyst, directory);
      const last = clusters.slice(0, mostRevealed).at(-1);
      if (last === undefined) return true;
      const node = nodes.same({ kind: 'cluster', directory, signature: last.signature });
      await reveal(view, node, { select: false });
      return true;
    },
    dispose: () => owned.dispose(),
  };
}

/** Why runs of a sweep failed, as soon as it is known. */
async function failuresOf(analyst: Analyst, directory: string): Promise<SweepFailures> {
  const known = analyst.failures(directory);
  if (known !== undefined) return known;
  return new Promise((resolve) => {
    const listening = analyst.onDidChange(() => {
      const found = analyst.failures(directory);
      if (found === undefined) return;
      listening.dispose();
      resolve(found);
    });
  });
}

/**
 * Brings a node into view, and selects and opens it. While VS Code asks for rows again, which it does 200 ms after a change, it either rejects because it
 * knows none, or selects nothing without a word.
 */
async function reveal(
  view: vscode.TreeView<TreeNode>,
  node: TreeNode,
  { select = true }: { readonly select?: boolean } = {},
): Promise<void> {
  const before = view.selection;
  let wasVisible = view.visible;
  const showing = view.onDidChangeVisibility(({ visible }) => {
    wasVisible ||= visible;
  });
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        await view.reveal(node, { select, focus: false, expand: select });
        if (!select) return;
      } catch (error) {
        if (attempt === revealAttempts) throw error;
      }
      if (view.selection.includes(node)) return;
      await new Promise((resolve) => setTimeout(resolve, revealAgainMs));
      // Whoever has turned to another row or another view meanwhile is not brought back.
      if (view.selection.some((selected) => !before.includes(selected)) || attempt === revealAttempts) return;
      if (wasVisible && !view.visible) return;
    }
  } finally {
    showing.dispose();
  }
}

function setContext(key: string, value: unknown): Thenable<unknown> {
  return vscode.commands.executeCommand('setContext', key, value);
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
