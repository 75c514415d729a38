import { basename, dirname, join, sep } from 'node:path';
import * as vscode from 'vscode';
import { sweepNames } from '../../core/sweepDirectory/layout.ts';
import { exists, isDirectory, topmost } from '../files.ts';
import { coalesce } from './coalesce.ts';

/** What the discovery of sweep directories tells. */
export interface Discoverer {
  /** Something was written there: a sweep directory that may be new. */
  touched(directory: string): void;
  /** This path, and all that was in it, is gone. */
  deleted(path: string): void;
}

const neverSearched = '{**/{node_modules,.git}/**,**/multirun/*/*/runs/**}';
const lookEveryMs = 300;
/** When more than this appears at once (a checkout, an installation), one search of the whole workspace is cheaper. */
const mostNewPaths = 100;

/** Finds the sweep directories in a folder, or in the whole workspace. */
export async function findSweeps(folder?: string): Promise<string[]> {
  const pattern = `**/${sweepNames.header}`;
  const headers = await vscode.workspace.findFiles(
    folder === undefined ? pattern : new vscode.RelativePattern(vscode.Uri.file(folder), pattern),
    neverSearched,
  );
  return headers.map(({ fsPath }) => dirname(fsPath));
}

/** Whether a directory is a sweep's: it has a header, and is not what another sweep keeps of a later version of its file. */
export async function isSweepDirectory(directory: string): Promise<boolean> {
  if (!(await exists(join(directory, sweepNames.header)))) return false;
  const parent = dirname(directory);
  if (basename(parent) !== sweepNames.revisions) return true;
  return !(await exists(join(dirname(parent), sweepNames.header)));
}

/** Tells where in the workspace sweep directories appear, change and go. */
export function watchSweeps(discoverer: Discoverer): vscode.Disposable {
  const created = new Set<string>();
  const search = async (folder?: string) => {
    for (const directory of await findSweeps(folder)) discoverer.touched(directory);
  };
  // A folder that appears with something in it may be all that is reported; so is a folder that goes.
  const looking = coalesce(lookEveryMs, async () => {
    const paths = topmost(created, sep);
    created.clear();
    if (paths.length > mostNewPaths) return search();
    for (const path of paths) if (await isDirectory(path)) await search(path);
  });
  const files = vscode.workspace.createFileSystemWatcher(`**/{${sweepNames.header},${sweepNames.journal}}`);
  const touched = ({ fsPath }: vscode.Uri) => discoverer.touched(dirname(fsPath));
  const all = vscode.workspace.createFileSystemWatcher('**', false, true, false);
  return vscode.Disposable.from(
    files,
    files.onDidCreate(touched),
    files.onDidChange(touched),
    files.onDidDelete(touched),
    all,
    all.onDidCreate(({ fsPath }) => {
      created.add(fsPath);
      looking.request();
    }),
    all.onDidDelete(({ fsPath }) => discoverer.deleted(fsPath)),
    vscode.workspace.onDidChangeWorkspaceFolders(() => void search()),
    looking,
  );
}
