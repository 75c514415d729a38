import * as vscode from 'vscode';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { unreachable } from '../../core/unreachable.ts';
import type { Analyst } from '../failures/analyst.ts';
import type { Catalogue, CatalogueEntry } from '../sweeps/catalogue.ts';
import { clusterItem, clusterPartItem, clusterTooltip, ruleItem, whyItem } from './failureItems.ts';
import { clusterOf, failureRowAbove, failureRows, hasErrors } from './failureRows.ts';
import type { Holder } from './itemContext.ts';
import type { NodeStore } from './nodeStore.ts';
import type { TreeNode } from './nodes.ts';
import { countShown, partsOf, type RunFilter, rangeAround } from './ranges.ts';
import { runTooltip, sweepTooltip } from './tooltip.ts';
import { entryItem, rangeItem, runItem } from './treeItem.ts';

/** What the rows of the tree are read from. */
export interface TreeSource {
  readonly catalogue: Catalogue;
  readonly nodes: NodeStore;
  readonly analyst: Pick<Analyst, 'failures'>;
  readonly holder: (view: SweepView) => Holder;
  readonly filter: () => RunFilter;
  /** Where a run runs, or why it waits; empty where there is nothing to tell. */
  readonly place: (view: SweepView, run: number) => string;
}

/** Whether a sweep has anything to show. */
export function isShown(entry: CatalogueEntry, filter: RunFilter): boolean {
  return filter === 'all' || (entry.kind === 'sweep' && countShown(entry.view.state.counts, filter) > 0);
}

/** The row of a catalogue's entry. */
export function nodeOf({ kind, directory }: CatalogueEntry, nodes: NodeStore): TreeNode {
  return nodes.same({ kind, directory });
}

/** The tree's rows: sweeps newest first, and below them their runs, or ranges of them. */
export function createTreeData(
  source: TreeSource,
  onDidChangeTreeData: vscode.Event<TreeNode | TreeNode[] | undefined>,
): vscode.TreeDataProvider<TreeNode> {
  return {
    onDidChangeTreeData,
    getChildren: (node) => (node === undefined ? topRows(source) : rowsBelow(node, source)),
    getParent: (node) => rowAbove(node, source),
    getTreeItem: (node) => itemOf(node, source),
    resolveTreeItem: async (item, node) => {
      const view = source.catalogue.view(node.directory);
      if (view === undefined) return item;
      if (node.kind === 'sweep') item.tooltip = sweepTooltip(view);
      if (node.kind === 'cluster') item.tooltip = clusterTooltip(view, clusterOf(node, source.analyst));
      if (node.kind === 'run') item.tooltip = await runTooltip(view, node.run, source.place(view, node.run));
      return item;
    },
  };
}

async function topRows({ catalogue, nodes, filter }: TreeSource): Promise<TreeNode[]> {
  await catalogue.ready;
  return catalogue
    .entries()
    .filter((entry) => isShown(entry, filter()))
    .map((entry) => nodeOf(entry, nodes));
}

function rowsBelow(node: TreeNode, { catalogue, nodes, filter, analyst }: TreeSource): TreeNode[] {
  const { directory } = node;
  const view = catalogue.view(directory);
  if (view === undefined) return [];
  const rows = (start: number, end: number) =>
    partsOf(view.state.runs, filter(), start, end).map((part) => nodes.same({ ...part, directory }));
  switch (node.kind) {
    case 'sweep':
      // Behind the runs, so that none moves away under the mouse when the first one fails.
      return [
        ...rows(0, view.state.total),
        ...(filter() !== 'running' && hasErrors(view) ? [nodes.same({ kind: 'why', directory })] : []),
      ];
    case 'why':
    case 'cluster':
    case 'cluster-part':
      return failureRows(node, analyst).map(nodes.same);
    case 'range':
      return rows(node.start, node.end);
    case 'run':
    case 'rule':
    case 'broken':
      return [];
    default:
      return unreachable(node);
  }
}

function rowAbove(node: TreeNode, { catalogue, nodes, filter, analyst }: TreeSource): TreeNode | undefined {
  if (node.kind === 'sweep' || node.kind === 'broken') return undefined;
  const { directory } = node;
  const view = catalogue.view(directory);
  if (view === undefined) return undefined;
  if (node.kind === 'why') return nodes.same({ kind: 'sweep', directory });
  if (node.kind !== 'range' && (node.kind !== 'run' || node.signature !== undefined))
    return nodes.same(failureRowAbove(node, analyst));
  const range = rangeAround(view.state.runs, filter(), view.state.total, node);
  return nodes.same(range === undefined ? { kind: 'sweep', directory } : { ...range, directory });
}

function itemOf(node: TreeNode, { catalogue, holder, analyst, place }: TreeSource): vscode.TreeItem {
  const entry = catalogue.entry(node.directory);
  // VS Code may still ask for a row whose sweep has just gone.
  if (entry === undefined) return new vscode.TreeItem(node.directory);
  if (entry.kind === 'broken') return entryItem(entry, node, 'nobody');
  switch (node.kind) {
    case 'sweep':
    case 'broken':
      return entryItem(entry, node, holder(entry.view));
    case 'range':
      return rangeItem(entry.view, node);
    case 'run':
      return runItem(entry.view, node, holder(entry.view), place(entry.view, node.run));
    case 'why':
      return whyItem(node, analyst.failures(node.directory));
    case 'cluster':
      return clusterItem(entry.view, node, clusterOf(node, analyst), holder(entry.view));
    case 'rule':
      return ruleItem(node, clusterOf(node, analyst));
    case 'cluster-part':
      return clusterPartItem(entry.view, node, clusterOf(node, analyst));
    default:
      return unreachable(node);
  }
}
