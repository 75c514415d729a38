import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SelectedRun } from './nodes.ts';

/**
 * Marks on the rows of runs that are selected together elsewhere. VS Code lets nobody select several rows of a tree
 * (`TreeView.reveal` replaces the selection by one), so that a badge and a colour tell which they are.
 */
export interface RunMarks extends vscode.Disposable {
  /** Marks these runs, by the directories of their sweeps, and no others for whoever calls. */
  mark(owner: object, runs: ReadonlyMap<string, ReadonlySet<number>>): void;
}

const scheme = 'multirun-run';

/** By what VS Code finds the decoration of a run's row. */
export function runUri({ directory, run }: SelectedRun): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${run}`, query: directory });
}

/** Makes the marks. */
export function createRunMarks(): RunMarks {
  const marked = new Map<object, ReadonlyMap<string, ReadonlySet<number>>>();
  const changes = new vscode.EventEmitter<undefined>();
  const registered = vscode.window.registerFileDecorationProvider({
    onDidChangeFileDecorations: changes.event,
    provideFileDecoration: (uri) => {
      if (uri.scheme !== scheme) return undefined;
      const run = Number(uri.path.slice(1));
      if (![...marked.values()].some((runs) => runs.get(uri.query)?.has(run))) return undefined;
      return new vscode.FileDecoration(
        '●',
        t('Selected in the results view'),
        new vscode.ThemeColor('list.highlightForeground'),
      );
    },
  });
  return {
    mark: (owner, runs) => {
      if (runs.size === 0 && !marked.has(owner)) return;
      if (runs.size === 0) marked.delete(owner);
      else marked.set(owner, runs);
      changes.fire(undefined);
    },
    dispose: () => {
      registered.dispose();
      changes.dispose();
    },
  };
}
