import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { sweepFilePattern } from '../editor/sweepFiles.ts';
import { exists, isDirectory } from '../files.ts';
import { exampleFiles, sweepFileTemplate } from './templates.ts';

/** Writes a commented sweep file to begin with, and opens it. Nothing that exists is overwritten. */
export async function newSweepFile(uri?: vscode.Uri): Promise<vscode.Uri | undefined> {
  const folder = await chooseFolder(uri);
  if (folder === undefined) return undefined;
  const name = await vscode.window.showInputBox({
    title: t('New Sweep File in {0}', basename(folder.fsPath)),
    value: 'sweep.yaml',
    valueSelection: [0, 0],
    prompt: t('“sweep.yaml”, or a name before it: “lander.sweep.yaml”'),
    validateInput: (value) => whyNot(folder, value),
  });
  if (name === undefined) return undefined;
  const target = vscode.Uri.joinPath(folder, name);
  await writeFile(target.fsPath, sweepFileTemplate, { flag: 'wx' });
  await vscode.window.showTextDocument(target, { preview: false });
  return target;
}

/** Writes an example into a new folder of the workspace and opens its sweep file. */
export async function createExample(): Promise<vscode.Uri | undefined> {
  const folder = await chooseFolder(undefined);
  if (folder === undefined) return undefined;
  const home = await makeFolder(folder.fsPath, 'multirun-example');
  for (const { name, text } of exampleFiles) await writeFile(join(home, name), text, { flag: 'wx' });
  const sweepFile = vscode.Uri.file(join(home, 'sweep.yaml'));
  await vscode.window.showTextDocument(sweepFile, { preview: false });
  return sweepFile;
}

async function whyNot(folder: vscode.Uri, name: string): Promise<string | undefined> {
  if (name !== basename(name) || !sweepFilePattern.test(name)) {
    return t('A sweep file is called “sweep.yaml” or ends with “.sweep.yaml”.');
  }
  const taken = await exists(join(folder.fsPath, name));
  return taken ? t('“{0}” exists already. Put a name before it: “lander.{0}”.', name) : undefined;
}

async function chooseFolder(uri: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  if (uri !== undefined) return (await isDirectory(uri.fsPath)) ? uri : vscode.Uri.joinPath(uri, '..');
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) return (await vscode.window.showWorkspaceFolderPick())?.uri;
  if (folders[0] === undefined) {
    const open = t('Open Folder');
    const answer = await vscode.window.showInformationMessage(
      t('A sweep file belongs into a folder: open one first.'),
      open,
    );
    if (answer === open) await vscode.commands.executeCommand('vscode.openFolder');
  }
  return folders[0]?.uri;
}

/** Makes a new folder: `name`, or `name-2` … where that is taken. */
async function makeFolder(parent: string, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const folder = join(parent, number === 1 ? name : `${name}-${number}`);
    try {
      await mkdir(folder);
      return folder;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}
