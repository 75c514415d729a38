import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { normaliseLog } from '../../core/compare/normaliseLog.ts';
import { runAt } from '../../core/runTable.ts';
import type { RunTarget } from '../commands/targets.ts';
import { schemes } from '../ids.ts';
import type { Catalogue } from '../sweeps/catalogue.ts';

/** Serves files of runs without what tells one run's from another's: times, process ids, addresses, paths of the run. */
export function createNormalisedDocuments(catalogue: Catalogue): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(schemes.normalised, {
    provideTextDocumentContent: async (uri) => {
      await catalogue.ready;
      const { directory, run, name } = JSON.parse(uri.query) as {
        directory: string;
        run: number;
        name: string;
      };
      const view = catalogue.view(directory);
      if (view === undefined) return t('This sweep is gone: {0}', directory);
      const runDirectory = view.runDirectory(run);
      const state = runAt(view.state.runs, run);
      return normaliseLog(await readFile(join(runDirectory, name), 'utf8'), {
        sweepDirectory: directory,
        runDirectory,
        pid: state.status === 'running' ? state.pid : undefined,
      });
    },
  });
}

/** Shows two runs' files of one name in VS Code's own diff editor. */
export async function showDiff(
  first: RunTarget,
  second: RunTarget,
  name: string,
  isNormalised: boolean,
): Promise<void> {
  const uri = ({ view, run }: RunTarget) =>
    isNormalised
      ? vscode.Uri.from({
          scheme: schemes.normalised,
          path: `/${view.label(run)}/${basename(name)}`,
          query: JSON.stringify({ directory: view.directory, run, name }),
        })
      : vscode.Uri.file(join(view.runDirectory(run), name));
  const title = t('{0}: run {1} ↔ run {2}', name, first.view.label(first.run), second.view.label(second.run));
  await vscode.commands.executeCommand('vscode.diff', uri(first), uri(second), title, { preview: true });
}
