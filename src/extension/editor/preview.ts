import { basename } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { loadSweepFile } from '../../core/loadSweepFile.ts';
import { schemes } from '../ids.ts';
import { planText } from '../text/planText.ts';
import type { Analyses } from './analysis.ts';

/** Serves the read-only documents that list what a sweep file would run; they follow the typing. */
export function createPreviews(analyses: Analyses): vscode.Disposable {
  const changes = new vscode.EventEmitter<vscode.Uri>();
  return vscode.Disposable.from(
    changes,
    analyses.onDidChange((source) => {
      const preview = previewUri(source).toString();
      const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === preview);
      if (open !== undefined && analyses.get(source) !== undefined) changes.fire(open.uri);
    }),
    vscode.workspace.registerTextDocumentContentProvider(schemes.plan, {
      onDidChange: changes.event,
      provideTextDocumentContent: async (uri) => {
        const source = vscode.Uri.parse(uri.query, true);
        const known = analyses.get(source);
        return planText(known?.kind === 'sweep-file' ? known.loaded : await loadSweepFile(source.fsPath));
      },
    }),
  );
}

/** Opens the list of runs beside the sweep file; the keyboard stays in it. */
export async function showPreview(source: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(previewUri(source));
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.Beside,
    preserveFocus: true,
    preview: true,
  });
}

function previewUri(source: vscode.Uri): vscode.Uri {
  const name =
    basename(source.path).replace(/\.?sweep\.ya?ml$/, '') || basename(vscode.Uri.joinPath(source, '..').path);
  return vscode.Uri.from({ scheme: schemes.plan, path: `/${t('{0} plan', name)}`, query: source.toString() });
}
