import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { runAt } from '../core/runTable.ts';
import { runNames } from '../core/sweepDirectory/layout.ts';
import type { SweepView } from '../core/sweepDirectory/sweepView.ts';
import type { Catalogue } from './sweeps/catalogue.ts';

/**
 * Makes an open log follow its run. Run directories are left out of the workspace's own watcher (10,000 of them would
 * drown it), so each directory with an open log of a running run is watched by itself; and an editor that shows the
 * log's end goes on showing it.
 */
export function createLogFollower(catalogue: Catalogue): vscode.Disposable {
  const watchers = new Map<string, vscode.Disposable>();
  const lineCounts = new WeakMap<vscode.TextDocument, number>();

  const watchWhatIsOpen = () => {
    const wanted = new Set(
      vscode.workspace.textDocuments
        .filter((document) => isFollowed(document))
        .map(({ fileName }) => dirname(fileName)),
    );
    for (const [directory, watcher] of watchers) {
      if (wanted.has(directory)) continue;
      watcher.dispose();
      watchers.delete(directory);
    }
    for (const directory of wanted) {
      if (watchers.has(directory)) continue;
      // VS Code reads a changed file again by itself; all it lacks is somebody who asks for its changes. For a folder in
      // the workspace it reports only what matches an entry of files.watcherExclude with "/**" added, hence that entry
      // of ours without it.
      const pattern = new vscode.RelativePattern(vscode.Uri.file(directory), '*.log');
      watchers.set(directory, vscode.workspace.createFileSystemWatcher(pattern));
    }
  };

  const isFollowed = ({ uri, fileName }: vscode.TextDocument): boolean => {
    const name = basename(fileName);
    if (uri.scheme !== 'file' || (name !== runNames.stdout && name !== runNames.stderr)) return false;
    return catalogue.active().some((view) => runsIn(view, dirname(fileName)));
  };

  const keepEndVisible = ({ document, contentChanges }: vscode.TextDocumentChangeEvent) => {
    if (contentChanges.length === 0 || !watchers.has(dirname(document.fileName))) return;
    const before = lineCounts.get(document) ?? 1;
    lineCounts.set(document, document.lineCount);
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document === document && showedEnd(editor, before)) {
        const end = document.lineCount - 1;
        editor.revealRange(new vscode.Range(end, 0, end, 0), vscode.TextEditorRevealType.Default);
      }
    }
  };

  const owned = vscode.Disposable.from(
    catalogue.onDidChange(watchWhatIsOpen),
    vscode.workspace.onDidOpenTextDocument((document) => {
      lineCounts.set(document, document.lineCount);
      watchWhatIsOpen();
    }),
    vscode.workspace.onDidCloseTextDocument(watchWhatIsOpen),
    vscode.workspace.onDidChangeTextDocument(keepEndVisible),
  );
  watchWhatIsOpen();

  return {
    dispose: () => {
      for (const watcher of watchers.values()) watcher.dispose();
      owned.dispose();
    },
  };
}

function runsIn(view: SweepView, directory: string): boolean {
  return view.state.running.some(
    (run) => join(view.runDirectory(run)) === directory && runAt(view.state.runs, run).status === 'running',
  );
}

function showedEnd({ visibleRanges }: vscode.TextEditor, lineCount: number): boolean {
  const last = visibleRanges.at(-1);
  return last !== undefined && last.end.line >= lineCount - 2;
}
