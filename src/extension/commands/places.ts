import { join } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
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
