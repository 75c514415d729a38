import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { describeRule } from '../../core/failures/rules/rule.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import type { ExplainedCluster } from '../failures/analyseFailures.ts';
import type { SweepFailures } from '../failures/analyst.ts';
import { commands, itemWords } from '../ids.ts';
import { formatParams, oneLine } from '../text/format.ts';
import { clusterContext, type Holder } from './itemContext.ts';
import { runsText } from './labels.ts';
import {
  type ClusterNode,
  type ClusterPartNode,
  nodeId,
  type RuleNode,
  type RunNode,
  type WhyNode,
} from './nodes.ts';
import { themeIcon } from './treeItem.ts';

const { Collapsed } = vscode.TreeItemCollapsibleState;

/** The row that leads to the reasons of a sweep's failures. */
export function whyItem(node: WhyNode, failures: SweepFailures | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(t('Why did they fail?'), Collapsed);
  item.id = nodeId(node);
  item.description = whyText(failures);
  item.iconPath = themeIcon({ icon: 'lightbulb', color: 'problemsWarningIcon.foreground' });
  item.contextValue = itemWords.why;
  return item;
}

function whyText(failures: SweepFailures | undefined): string {
  if (failures === undefined) return t('reading logs…');
  const { clusters, unread } = failures;
  const reasons = clusters.length === 1 ? t('1 reason') : t('{0} reasons', clusters.length);
  return unread === 0 ? reasons : `${reasons} · ${t('{0} not looked at', runsText(unread))}`;
}

/** The row of failed runs that say the same; a click opens the page of the first. */
export function clusterItem(
  view: SweepView,
  node: ClusterNode,
  cluster: ExplainedCluster | undefined,
  holder: Holder,
): vscode.TreeItem {
  const runs = cluster?.runs ?? [];
  const item = new vscode.TreeItem(
    `${runs.length} × ${oneLine(cluster?.title ?? node.signature, 120)}`,
    Collapsed,
  );
  item.id = nodeId(node);
  item.description = cluster === undefined ? '' : sharedText(view, cluster);
  item.iconPath = themeIcon({ icon: 'error', color: 'testing.iconFailed' });
  item.contextValue = clusterContext(holder);
  const [first] = runs;
  if (first === undefined) return item;
  const target: RunNode = { kind: 'run', directory: node.directory, run: first };
  item.command = { command: commands.openRun, title: t('Open Run'), arguments: [target] };
  return item;
}

/** The row that says what the runs of a cluster share, in the words that a narrow side bar has room for. */
export function ruleItem(node: RuleNode, cluster: ExplainedCluster | undefined): vscode.TreeItem {
  const { shared, others } =
    cluster?.rule === undefined ? { shared: '', others: '' } : describeRule(cluster.rule);
  const item = new vscode.TreeItem(oneLine(shared, 200));
  item.id = nodeId(node);
  item.description = oneLine(others);
  item.tooltip = `${oneLine(shared)}\n${oneLine(others)}`;
  item.iconPath = themeIcon({ icon: 'lightbulb' });
  item.contextValue = itemWords.rule;
  return item;
}

/** What the runs of a cluster share; of a single run, what it was given. */
function sharedText(view: SweepView, { rule, runs: [first, ...others] }: ExplainedCluster): string {
  if (rule !== undefined) return oneLine(describeRule(rule).shared, 200);
  if (first === undefined || others.length > 0) return '';
  return formatParams(view.params(first), view.header.varying);
}

/** Everything about a cluster that fits in a tooltip. What programs say is anybody's text: nothing of it is Markdown. */
export function clusterTooltip(
  view: SweepView,
  cluster: ExplainedCluster | undefined,
): vscode.MarkdownString | undefined {
  if (cluster === undefined) return undefined;
  const tooltip = new vscode.MarkdownString();
  tooltip.appendCodeblock(cluster.title, 'text');
  const shown = cluster.runs.slice(0, 10).map((run) => view.label(run));
  const more = cluster.runs.length > shown.length ? ', …' : '';
  tooltip.appendText(`${runsText(cluster.runs.length)}: ${shown.join(', ')}${more}`);
  if (cluster.rule !== undefined) {
    tooltip.appendMarkdown('\n\n');
    const { shared, others } = describeRule(cluster.rule);
    tooltip.appendText(`${shared}\n${others}`);
  }
  return tooltip;
}

/** The row of some runs of a cluster with many. */
export function clusterPartItem(
  view: SweepView,
  node: ClusterPartNode,
  cluster: ExplainedCluster | undefined,
): vscode.TreeItem {
  const runs = cluster?.runs.slice(node.start, node.end) ?? [];
  const item = new vscode.TreeItem(
    `${view.label(runs[0] ?? 0)} – ${view.label(runs.at(-1) ?? 0)}`,
    Collapsed,
  );
  item.id = nodeId(node);
  item.description = runsText(runs.length);
  item.iconPath = themeIcon({ icon: 'error', color: 'testing.iconFailed' });
  item.contextValue = itemWords.range;
  return item;
}
