import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { flatParams } from '../../core/params.ts';
import type { ParamMap, RunStatus } from '../../core/run.ts';
import { runAt } from '../../core/runTable.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { oneLine } from '../text/format.ts';
import { listing } from '../text/listing.ts';
import { messageOf } from '../text/messageOf.ts';
import { usageText } from '../text/pauseText.ts';
import { bestText, runOutcome, statusText } from './labels.ts';

const statuses: readonly RunStatus[] = ['success', 'failure', 'running', 'pending', 'skipped'];

/** Everything about a run that fits in a tooltip. Parameters and results are anybody's text: nothing of it is Markdown. */
export async function runTooltip(
  view: SweepView,
  run: number,
  place: string,
): Promise<vscode.MarkdownString> {
  const state = runAt(view.state.runs, run);
  const tooltip = plainMarkdown();
  tooltip.appendMarkdown('**');
  tooltip.appendText(t('Run {0}', view.label(run)));
  tooltip.appendMarkdown('** · ');
  tooltip.appendText(
    [statusText(state.status), runOutcome(state, Date.now(), place)]
      .filter((words) => words !== '')
      .join(' · '),
  );
  const usage = 'usage' in state && state.usage !== undefined ? usageText(state.usage) : '';
  if (usage !== '') section(tooltip, usage, undefined);
  section(tooltip, t('Parameters'), flatParams(view.params(run)));
  const results = await resultsOrReason(view, run);
  if (results !== undefined) section(tooltip, t('Results'), metricFirst(results, view.header.metric?.name));
  if ('problems' in state) warnings(tooltip, state.problems ?? []);
  return tooltip;
}

/** What a sweep is, where it is, and what could not be read of it. */
export function sweepTooltip(view: SweepView): vscode.MarkdownString {
  const { header, state, directory, problems } = view;
  const tooltip = plainMarkdown();
  tooltip.appendMarkdown('**');
  tooltip.appendText(header.name);
  tooltip.appendMarkdown('** · ');
  tooltip.appendText(new Date(header.createdAt).toLocaleString(vscode.env.language));
  if (header.description !== null) {
    tooltip.appendMarkdown('\n\n');
    tooltip.appendText(oneLine(header.description, 300));
  }
  const counts = statuses
    .filter((status) => state.counts[status] > 0)
    .map((status) => `${state.counts[status]} ${statusText(status)}`);
  section(tooltip, counts.join(' · '), undefined);
  const best = bestText(view, view.label, view.params);
  if (best !== '') section(tooltip, best, undefined);
  tooltip.appendCodeblock(header.cmd.join(' ').slice(0, 500), 'text');
  const { git, host } = header.provenance;
  const source = !git ? '' : ` · git ${git.commit.slice(0, 10)}${git.dirty ? ` (${t('with changes')})` : ''}`;
  tooltip.appendText(`${t('on {0}', host)}${source}\n${directory}`);
  warnings(tooltip, problems);
  return tooltip;
}

function warnings(tooltip: vscode.MarkdownString, problems: readonly string[]): void {
  for (const problem of problems) {
    tooltip.appendMarkdown('\n\n$(warning) ');
    tooltip.appendText(oneLine(problem, 300));
  }
}

/** The results as they are, with the metric in front. */
function metricFirst(results: unknown, metric: string | undefined): unknown {
  if (metric === undefined || typeof results !== 'object' || results === null) return results;
  const value: unknown = Object.hasOwn(results, metric) ? Reflect.get(results, metric) : undefined;
  return value === undefined ? results : { [metric]: value, ...results };
}

function plainMarkdown(): vscode.MarkdownString {
  // Icons are ours alone: appendText escapes what looks like one in other people's text.
  const markdown = new vscode.MarkdownString(undefined, true);
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  return markdown;
}

function section(tooltip: vscode.MarkdownString, title: string, values: ParamMap | unknown): void {
  tooltip.appendMarkdown('\n\n');
  tooltip.appendText(title);
  tooltip.appendMarkdown('\n');
  if (values !== undefined) tooltip.appendCodeblock(listing(values), 'yaml');
}

async function resultsOrReason(view: SweepView, run: number): Promise<unknown> {
  try {
    return await view.results(run);
  } catch (error) {
    return messageOf(error);
  }
}
