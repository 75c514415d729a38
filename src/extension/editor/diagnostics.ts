import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Diagnostic } from '../../core/diagnostic.ts';
import { createDelays } from '../delays.ts';
import type { Analyses } from './analysis.ts';
import { sweepFileSelector } from './sweepFiles.ts';

const source = 'multirun';
/** A word that is not finished is no mistake yet: problems are shown after so long a pause in typing. */
const quietMs = 150;

/** Underlines the problems of open sweep files, and offers what their text could be replaced with. */
export function createDiagnostics(analyses: Analyses): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection(source);
  const show = (uri: vscode.Uri) => {
    const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
    const analysis = analyses.get(uri);
    if (document === undefined || analysis?.kind !== 'sweep-file') return collection.delete(uri);
    if (document.version !== analysis.version) return;
    collection.set(
      uri,
      analysis.loaded.diagnostics.map((diagnostic) => toVscode(diagnostic, document)),
    );
  };
  const delays = createDelays();
  return vscode.Disposable.from(
    collection,
    delays,
    analyses.onDidChange((uri) => delays.start(uri.toString(), quietMs, () => show(uri))),
    vscode.languages.registerCodeActionsProvider(
      sweepFileSelector,
      { provideCodeActions: (document, range) => replacements(document, range, analyses) },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}

function toVscode(diagnostic: Diagnostic, document: vscode.TextDocument): vscode.Diagnostic {
  const shown = new vscode.Diagnostic(
    rangeOf(diagnostic, document),
    diagnostic.message,
    severityOf(diagnostic),
  );
  shown.source = source;
  shown.code = diagnostic.code;
  return shown;
}

function severityOf({ severity }: Diagnostic): vscode.DiagnosticSeverity {
  return severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
}

/** Where a problem stands in a document. */
export function rangeOf({ range }: Diagnostic, document: vscode.TextDocument): vscode.Range {
  return new vscode.Range(document.positionAt(range.start), document.positionAt(range.end));
}

function replacements(
  document: vscode.TextDocument,
  range: vscode.Range,
  analyses: Analyses,
): vscode.CodeAction[] {
  const analysis = analyses.get(document.uri);
  if (analysis?.kind !== 'sweep-file' || analysis.version !== document.version) return [];
  return analysis.loaded.diagnostics.flatMap((diagnostic) => {
    const where = rangeOf(diagnostic, document);
    if (diagnostic.suggestion === undefined || where.intersection(range) === undefined) return [];
    return [replacement(document, where, diagnostic, diagnostic.suggestion)];
  });
}

function replacement(
  document: vscode.TextDocument,
  where: vscode.Range,
  diagnostic: Diagnostic,
  text: string,
): vscode.CodeAction {
  const action = new vscode.CodeAction(t('Replace with “{0}”', text), vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.replace(document.uri, where, text);
  action.diagnostics = [toVscode(diagnostic, document)];
  action.isPreferred = true;
  return action;
}
