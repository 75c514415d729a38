import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SelectedRun } from './nodes.ts';

/**
 * Marks on the rows of runs that are selected together elsewhere. VS Code lets nobody select several rows of a tree
 * (`TreeView.reveal` replaces the selection by one), so that a badge and a colour tell which they are.
 */
export interface RunMarks extends vscode.Disposable {
  /** Marks these runs, and no others, for whoever calls. */
  mark(owner: object, runs: readonly SelectedRun[]): void;
}

const scheme = 'multirun-run';

/** By what VS Code finds the decoration of a run's row. */
export function runUri({ directory, run }: SelectedRun): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${run}`, query: directory });
}

/** Makes the marks. */
export function createRunMarks(): RunMarks {
  const marked = new Map<object, ReadonlySet<string>>();
  const changes = new vscode.EventEmitter<undefined>();
  const registered = vscode.window.registerFileDecorationProvider({
    onDidChangeFileDecorations: changes.event,
    provideFileDecoration: (uri) => {
      if (uri.scheme !== scheme) return undefined;
      const key = uri.toString();
      if (![...marked.values()].some((runs) => runs.has(key))) return undefined;
      return new vscode.FileDecoration(
        '●',
        t('Selected in the results view'),
        new vscode.ThemeColor('list.highlightForeground'),
      );
    },
  });
  return {
    mark: (owner, runs) => {
      if (runs.length === 0 && !marked.has(owner)) return;
      if (runs.length === 0) marked.delete(owner);
      else marked.set(owner, new Set(runs.map((run) => runUri(run).toString())));
      changes.fire(undefined);
    },
    dispose: () => {
      registered.dispose();
      changes.dispose();
    },
  };
}
