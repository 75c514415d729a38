import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import type { RunTarget } from '../commands/targets.ts';
import { commands, passingWebviews } from '../ids.ts';
import { messageOf } from '../text/messageOf.ts';
import { fillPanel } from '../webviewHtml.ts';
import { showDiff } from './normalised.ts';
import type { CompareAction, ComparePage, FromComparePage, ToComparePage } from './protocol.ts';
import { runsPage } from './runsPage.ts';
import { sweepsPage } from './sweepsPage.ts';

const mostRuns = 50;

/** Shows what differs between runs. */
export async function compareRuns(extension: vscode.Uri, targets: readonly RunTarget[]): Promise<void> {
  const chosen = targets.slice(0, mostRuns);
  if (chosen.length < 2) {
    await vscode.window.showInformationMessage(
      t('Select two or more runs to compare: hold Ctrl or Shift while you click.'),
    );
    return;
  }
  const [first, second] = chosen;
  openPanel(extension, await runsPage(chosen), async (action, isNormalised) => {
    if (action.kind === 'diff' && first !== undefined && second !== undefined)
      await showDiff(first, second, action.name, isNormalised);
  });
}

/** Shows what changed from the older of two sweeps to the younger. */
export async function compareSweeps(extension: vscode.Uri, views: readonly SweepView[]): Promise<void> {
  const [before, after, ...more] = [...views].sort((a, b) =>
    a.header.createdAt.localeCompare(b.header.createdAt),
  );
  if (before === undefined || after === undefined || more.length > 0) {
    await vscode.window.showInformationMessage(t('Select two sweeps to compare: hold Ctrl while you click.'));
    return;
  }
  const page = await sweepsPage(before, after, new Date(), vscode.env.language);
  openPanel(extension, page, async (action) => {
    if (action.kind !== 'compare-runs') return;
    await compareRuns(extension, [
      { view: before, run: action.before },
      { view: after, run: action.after },
    ]);
  });
}

function openPanel(
  extension: vscode.Uri,
  page: ComparePage,
  act: (action: CompareAction, isNormalised: boolean) => Promise<void>,
): void {
  const panel = vscode.window.createWebviewPanel(
    passingWebviews.compare,
    page.title,
    vscode.ViewColumn.Active,
    { enableFindWidget: true },
  );
  panel.webview.onDidReceiveMessage(async (message: FromComparePage) => {
    try {
      if (message.type === 'ready') {
        const answer: ToComparePage = { type: 'page', page };
        await panel.webview.postMessage(answer);
      } else if (message.action.kind === 'open-run') {
        await vscode.commands.executeCommand(commands.openRun, { ...message.action, kind: 'run' });
      } else {
        await act(message.action, message.isNormalised);
      }
    } catch (error) {
      await vscode.window.showErrorMessage(messageOf(error));
    }
  });
  fillPanel(panel, extension, 'compare');
}
