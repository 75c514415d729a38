import { dirname, join } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { exportRun } from '../../core/exportRun.ts';
import { commandLine } from '../../core/runner/commandLine.ts';
import { runNames } from '../../core/sweepDirectory/layout.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { commandFor } from '../run/commandFor.ts';
import { oneLine } from '../text/format.ts';
import type { RunTarget } from './targets.ts';

/** Shows a directory in the Explorer; outside the workspace, in the system's own file manager. */
export async function revealDirectory(directory: string): Promise<void> {
  const uri = vscode.Uri.file(directory);
  const inside = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  await vscode.commands.executeCommand(inside ? 'revealInExplorer' : 'revealFileInOS', uri);
}

/** Shows a run's directory: by a file in it, so that the Explorer opens the directory itself. */
export async function revealRun({ view, run }: RunTarget): Promise<void> {
  await revealDirectory(join(view.runDirectory(run), runNames.params));
}

/**
 * Opens a terminal in a run's directory with the run's environment, so that its command line runs there as it did.
 * The path of its results is left out: what the run handed back is not overwritten by trying it again.
 */
export function openTerminal({ view, run }: RunTarget): void {
  const { MULTIRUN_RESULTS: _, ...env } = commandFor(view, run).env;
  const name = oneLine(`${view.header.name} ${view.label(run)}`, 40);
  vscode.window.createTerminal({ name, cwd: view.runDirectory(run), env }).show();
}

/** Asks where to, and writes a folder there that repeats a run without Multirun. */
export async function exportRunTo({ view, run }: RunTarget): Promise<void> {
  const name = `${oneLine(view.header.name, 60).replaceAll(/[^\w.-]+/g, '-')}-run-${view.label(run)}`;
  const target = await vscode.window.showSaveDialog({
    title: t('A New Folder for Run {0}', view.label(run)),
    saveLabel: t('Export Run'),
    defaultUri: vscode.Uri.file(join(dirname(view.header.sweepFile ?? view.directory), name)),
  });
  if (target === undefined) return;
  await exportRun(view, run, target.fsPath);
  const show = t('Show Script');
  const answer = await vscode.window.showInformationMessage(
    t('{0} repeats the run without Multirun.', join(target.fsPath, 'run.sh')),
    show,
  );
  if (answer === show) await vscode.window.showTextDocument(vscode.Uri.file(join(target.fsPath, 'run.sh')));
}

/** Puts the command lines of runs on the clipboard, quoted for a shell. */
export async function copyCommandLines(runs: readonly RunTarget[]): Promise<void> {
  const lines = runs.map((target) => commandLine(commandFor(target.view, target.run).argv));
  await vscode.env.clipboard.writeText(lines.join('\n'));
  vscode.window.setStatusBarMessage(
    lines.length === 1 ? t('Command line copied') : t('{0} command lines copied', lines.length),
    3000,
  );
}

/** Opens a terminal in a sweep's directory. */
export function openSweepTerminal({ header, directory }: SweepView): void {
  vscode.window.createTerminal({ name: oneLine(header.name, 40), cwd: directory }).show();
}

/** Copies the parameters of runs: a line of JSON for each. */
export async function copyParameters(runs: readonly RunTarget[]): Promise<void> {
  const lines = runs.map(({ view, run }) => JSON.stringify(view.params(run)));
  if (lines.length === 0) return;
  await vscode.env.clipboard.writeText(lines.join('\n'));
  vscode.window.setStatusBarMessage(t('Parameters copied'), 3000);
}
