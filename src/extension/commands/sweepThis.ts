import { writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { systemCode } from '../../core/errors.ts';
import { type LaunchProblem, launchArgumentAt } from '../../core/sweepThis/launchArgument.ts';
import { numberAt, type SettingsLanguage } from '../../core/sweepThis/numberAt.ts';
import { programPlaceholder, sweepOfFile, sweepOfLaunch } from '../../core/sweepThis/sweepFileText.ts';

/**
 * Makes a sweep file around the number that the cursor is on: in a file of settings, which becomes a template, or in the
 * `args` of a launch configuration. Nothing that exists is overwritten.
 */
export async function sweepThis(): Promise<vscode.Uri | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || editor.document.uri.scheme !== 'file') return notHere();
  const { document, selection } = editor;
  const offset = document.offsetAt(selection.active);
  const text = document.getText();
  if (basename(document.uri.fsPath) === 'launch.json') return sweepLaunch(document.uri, text, offset);
  const language = languages[extname(document.uri.fsPath).toLowerCase()];
  const found = language && numberAt(text, offset, language);
  if (found === undefined) return notHere();
  const path = document.uri.fsPath;
  const [folder, name] = [dirname(path), basename(path)];
  const template = await writeNew(folder, (suffix) => `${name}${suffix}.tmpl`, '');
  const sweep = sweepOfFile(text, found, { name, templateName: basename(template) });
  await writeFile(template, sweep.template);
  const sweepFile = await writeNew(
    folder,
    (suffix) => `${basename(name, extname(name))}${suffix}.sweep.yaml`,
    sweep.sweepFile,
  );
  return show(sweepFile, programPlaceholder);
}

const languages: Readonly<Record<string, SettingsLanguage>> = {
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.json': 'json',
  '.jsonc': 'json',
  '.toml': 'toml',
};

async function sweepLaunch(uri: vscode.Uri, text: string, offset: number): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? dirname(dirname(uri.fsPath));
  const found = launchArgumentAt(text, offset, folder);
  if (found === undefined) return notHere();
  if (typeof found === 'string') return say(problems[found]());
  const name = found.configuration.replaceAll(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, '') || 'launch';
  const path = await writeNew(folder, (suffix) => `${name}${suffix}.sweep.yaml`, sweepOfLaunch(found));
  return show(path, undefined);
}

const problems: Record<LaunchProblem, () => string> = {
  'no-number': () => t('This argument holds no number. Put the cursor on one, as in “--rate=0.1”.'),
  'no-program': () =>
    t('This launch configuration names no program by a path that is known before it is launched.'),
};

function notHere(): undefined {
  return say(
    t('Put the cursor on a number of a YAML, JSON or TOML file, or of the “args” of a launch configuration.'),
  );
}

function say(message: string): undefined {
  void vscode.window.showInformationMessage(message);
}

/** Writes a new file: under its plain name, or with `-2` … where that is taken. Returns its path. */
async function writeNew(folder: string, nameOf: (suffix: string) => string, text: string): Promise<string> {
  for (let number = 1; ; number++) {
    const path = join(folder, nameOf(number === 1 ? '' : `-${number}`));
    try {
      await writeFile(path, text, { flag: 'wx' });
      return path;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
  }
}

/** Opens a sweep file, with what is to be filled in selected. */
async function show(path: string, selected: string | undefined): Promise<vscode.Uri> {
  const document = await vscode.workspace.openTextDocument(path);
  const start = selected === undefined ? -1 : document.getText().indexOf(`[${selected}`) + 1;
  const selection =
    selected === undefined || start <= 0
      ? undefined
      : new vscode.Range(document.positionAt(start), document.positionAt(start + selected.length));
  await vscode.window.showTextDocument(document, {
    preview: false,
    ...(selection === undefined ? {} : { selection }),
  });
  return document.uri;
}
