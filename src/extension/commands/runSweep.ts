import { basename } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { mostRunsUnasked } from '../../core/defaults.ts';
import { type LoadedSweepFile, loadSweepFile } from '../../core/loadSweepFile.ts';
import { readHeader } from '../../core/sweepDirectory/readSweep.ts';
import { rangeOf } from '../editor/diagnostics.ts';
import { isSweepFile, sweepFileGlob, sweepRecordedBy } from '../editor/sweepFiles.ts';
import { exists } from '../files.ts';
import { readSettings } from '../settings.ts';
import type { Launcher } from '../sweeps/launcher.ts';
import { runsText } from '../tree/labels.ts';
import type { SweepTree } from '../tree/sweepTree.ts';
import { startWaiting } from './startWaiting.ts';
import { requireTrust } from './trust.ts';

/**
 * Runs a sweep file: the one given, the one in the active editor, or one that is asked for. `on` is the type of the runner, where
 * it shall not be the file's own.
 */
export async function runSweep(
  launcher: Launcher,
  tree: SweepTree,
  uri?: vscode.Uri,
  on?: string,
): Promise<void> {
  if (!(await requireTrust())) return;
  const chosen = uri ?? (await chooseSweepFile());
  if (chosen === undefined) return;
  const path = await originalOf(chosen.fsPath);
  if (path === undefined) return;
  // As the debugger does: what runs is what the person sees, the program included.
  if (!(await vscode.workspace.saveAll(false))) return;
  const loaded = await loadSweepFile(path);
  if (loaded.runnable === undefined) return showWhyNot(loaded);
  if (!(await isWanted(path, loaded.runnable.plan.size))) return;
  const handle = await startWaiting(launcher, loaded.runnable.file.name, (signal) =>
    launcher.launch(loaded, signal, on),
  );
  if (handle !== undefined && readSettings.openViewOnRun()) await tree.showSweep(handle.directory);
}

/** The sweep file in the active editor, or one of the workspace that a person chooses. */
export async function chooseSweepFile(): Promise<vscode.Uri | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri;
  if (active !== undefined && isSweepFile(active)) return active;
  const found = await vscode.workspace.findFiles(sweepFileGlob, '{**/node_modules/**,**/multirun/*/*/**}');
  const records = await Promise.all(found.map(({ fsPath }) => sweepRecordedBy(fsPath)));
  const items = found
    .filter((_, index) => records[index] === undefined)
    .map((uri) => ({ uri, label: vscode.workspace.asRelativePath(uri) }))
    .sort((a, b) => a.label.localeCompare(b.label));
  if (items.length === 0) {
    await vscode.window.showInformationMessage(
      t('There is no sweep file in this workspace. “New Sweep File” writes one to begin with.'),
    );
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(items, { placeHolder: t('Choose a sweep file') });
  return picked?.uri;
}

/** The file itself; for a sweep's own copy of its sweep file, the original if a person wants that. */
async function originalOf(path: string): Promise<string | undefined> {
  const directory = await sweepRecordedBy(path);
  if (directory === undefined) return path;
  const { name, sweepFile } = await readHeader(directory);
  const original = sweepFile !== null && (await exists(sweepFile)) ? sweepFile : undefined;
  if (original === undefined) {
    await vscode.window.showWarningMessage(
      t(
        'This file is the record of the sweep “{0}”, and the sweep file it was made from is gone. Copy it elsewhere to run it.',
        name,
      ),
    );
    return undefined;
  }
  const run = t('Run the Original');
  const answer = await vscode.window.showInformationMessage(
    t('This file is the record of the sweep “{0}”. Run the sweep file it was made from?', name),
    { modal: true, detail: original },
    run,
  );
  return answer === run ? original : undefined;
}

/** Asks before it starts more runs than anybody starts by accident. */
async function isWanted(path: string, size: number): Promise<boolean> {
  if (size <= mostRunsUnasked) return true;
  const start = t('Start {0}', runsText(size));
  const answer = await vscode.window.showWarningMessage(
    t('{0} plans {1}. Start them?', basename(path), runsText(size)),
    { modal: true, detail: t('Each run gets a directory of its own, with its logs and results.') },
    start,
  );
  return answer === start;
}

/** Says why a sweep file cannot be run, and shows the place. */
export async function showWhyNot({ path, diagnostics }: LoadedSweepFile): Promise<void> {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return;
  const document = await vscode.workspace.openTextDocument(path);
  const range = rangeOf(first, document);
  await vscode.window.showTextDocument(document, { selection: range });
  const place = t('{0}, line {1}', basename(path), range.start.line + 1);
  const message =
    errors.length === 1
      ? t('Nothing was run. {0}: {1}', place, first.message)
      : t('Nothing was run: {0} problems. {1}: {2}', errors.length, place, first.message);
  const showProblems = t('Show Problems');
  const answer = await vscode.window.showErrorMessage(message, showProblems);
  if (answer === showProblems) await vscode.commands.executeCommand('workbench.actions.view.problems');
}
