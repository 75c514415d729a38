import { join } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import type { FromResults } from './protocol.ts';

/** Keeps the picture of a plot in a file that a person names. */
export async function savePlot(
  [view]: readonly SweepView[],
  { name, format, content }: Extract<FromResults, { type: 'save-plot' }>,
): Promise<void> {
  if (view === undefined) return;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? view.directory;
  const file = `${view.header.name} ${name}.${format}`.replaceAll(/[/\\]/g, '-');
  const uri = await vscode.window.showSaveDialog({
    title: t('Save Plot'),
    defaultUri: vscode.Uri.file(join(folder, file)),
    filters: { [format.toUpperCase()]: [format] },
  });
  if (uri === undefined) return;
  await vscode.workspace.fs.writeFile(uri, bytesOf(format, content));
  const openIt = t('Open');
  const answer = await vscode.window.showInformationMessage(
    t('Saved the plot to {0}.', uri.path.split('/').at(-1) ?? ''),
    openIt,
  );
  if (answer === openIt) await vscode.commands.executeCommand('vscode.open', uri);
}

function bytesOf(format: 'png' | 'svg', content: string): Buffer {
  if (format === 'svg') return Buffer.from(content, 'utf8');
  return Buffer.from(content.slice(content.indexOf(',') + 1), 'base64');
}
