import { homedir } from 'node:os';
import { join, relative } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { NamedPlace } from '../../core/failures/placesInLine.ts';
import { type RunPlace, sourceOf } from '../../core/failures/sourceOf.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { exists, isDirectory } from '../files.ts';

/** Opens a file of a run's directory by its relative name, in whatever editor suits it; a folder in the Explorer. */
export async function openNamedFile(view: SweepView, run: number, name: string): Promise<void> {
  const directory = view.runDirectory(run);
  const path = join(directory, name);
  if (relative(directory, path).startsWith('..')) return;
  if (!(await exists(path))) return sayGone(path);
  const uri = vscode.Uri.file(path);
  await vscode.commands.executeCommand((await isDirectory(path)) ? 'revealInExplorer' : 'vscode.open', uri);
}

/** Opens the file that a log names, at its place: the original, where the log names an input of the run. */
export async function openNamedPlace(
  view: SweepView,
  run: number,
  { file, line, column }: Pick<NamedPlace, 'file' | 'line' | 'column'>,
): Promise<void> {
  const { path, used } = sourceOf(file, placeOfRun(view, run));
  const found = (await exists(path)) ? path : used;
  if (!(await exists(found))) return sayGone(path);
  const uri = vscode.Uri.file(found);
  if (line === undefined) return vscode.commands.executeCommand('vscode.open', uri);
  const at = new vscode.Position(Math.max(0, line - 1), Math.max(0, (column ?? 1) - 1));
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });
}

/** What the paths in a run's logs are relative to. */
export function placeOfRun(view: SweepView, run: number): RunPlace {
  return {
    sweepDirectory: view.directory,
    runDirectory: view.runDirectory(run),
    inputs: view.header.inputs,
    home: homedir(),
  };
}

async function sayGone(path: string): Promise<void> {
  await vscode.window.showInformationMessage(t('There is no {0}.', path));
}
