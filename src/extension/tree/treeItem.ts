import { basename } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { isOnCluster } from '../../core/askSweep.ts';
import { runAt } from '../../core/runTable.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { commands, itemWords } from '../ids.ts';
import type { CatalogueEntry } from '../sweeps/catalogue.ts';
import { oneLine } from '../text/format.ts';
import { type Holder, runContext, sweepContext } from './itemContext.ts';
import {
  countsIcon,
  countsText,
  type Icon,
  runDescription,
  runIcon,
  statusText,
  sweepDescription,
  sweepIcon,
} from './labels.ts';
import { nodeId, type RangeNode, type RunNode, type TreeNode } from './nodes.ts';
import { countRuns } from './ranges.ts';
import { runUri } from './runMarks.ts';

/** The row of a sweep that can be read, or of one that cannot. */
export function entryItem(entry: CatalogueEntry, node: TreeNode, holder: Holder): vscode.TreeItem {
  return entry.kind === 'sweep' ? sweepItem(entry.view, node, holder) : brokenItem(entry, node);
}

function sweepItem(view: SweepView, node: TreeNode, holder: Holder): vscode.TreeItem {
  const { header, state, live, problems } = view;
  const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(oneLine(header.name, 80), holder === 'this-window' ? Expanded : Collapsed);
  item.id = nodeId(node);
  item.description = sweepDescription(view, new Date(), vscode.env.language);
  item.iconPath =
    problems.length > 0
      ? themeIcon({ icon: 'warning', color: 'list.warningForeground' })
      : themeIcon(sweepIcon(state, live || isOnCluster(view)));
  const isPaused = state.paused !== undefined;
  item.contextValue = sweepContext(state.counts, holder, header.sweepFile !== null, isPaused);
  return item;
}

function brokenItem(
  { directory, reason }: Extract<CatalogueEntry, { kind: 'broken' }>,
  node: TreeNode,
): vscode.TreeItem {
  const item = new vscode.TreeItem(basename(directory));
  item.id = nodeId(node);
  item.description = oneLine(reason);
  item.tooltip = `${directory}\n${reason}`;
  item.iconPath = themeIcon({ icon: 'warning', color: 'list.warningForeground' });
  item.contextValue = itemWords.broken;
  return item;
}

/** The row of many runs together. */
export function rangeItem(view: SweepView, node: RangeNode): vscode.TreeItem {
  const label = `${view.label(node.start)} – ${view.label(node.end - 1)}`;
  const counts = countRuns(view.state.runs, node.start, node.end);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = nodeId(node);
  item.description = countsText(counts);
  item.iconPath = themeIcon(countsIcon(counts, view.live || isOnCluster(view)));
  item.contextValue = itemWords.range;
  return item;
}

/** The row of a run; Enter or a click opens its page. `place` is where it runs, or why it waits. */
export function runItem(view: SweepView, node: RunNode, holder: Holder, place: string): vscode.TreeItem {
  const run = runAt(view.state.runs, node.run);
  const label = view.label(node.run);
  const description = runDescription(view.header, run, view.params(node.run), Date.now(), place);
  const item = new vscode.TreeItem(label);
  item.id = nodeId(node);
  item.description = description;
  item.iconPath = themeIcon(runIcon(run));
  item.resourceUri = runUri(node);
  item.contextValue = runContext(run.status, holder);
  item.accessibilityInformation = {
    label: t('Run {0}, {1}, {2}', label, statusText(run.status), description),
  };
  item.command = { command: commands.openRun, title: t('Open Run'), arguments: [node] };
  return item;
}

/** An icon in its theme colour. */
export function themeIcon({ icon, color }: Icon): vscode.ThemeIcon {
  return new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
}
