import * as vscode from 'vscode';
import type { Diagnostic } from '../../core/diagnostic.ts';
import { createDelays } from '../delays.ts';
import { type Fix, fixesFor } from '../language/fixes.ts';
import type { Analyses } from './analysis.ts';
import { rangeIn } from './ranges.ts';
import { sweepFileSelector } from './sweepFiles.ts';
import { understand } from './understanding.ts';

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
      { provideCodeActions: (document, range) => quickFixes(document, range, analyses) },
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
  return rangeIn(document, range);
}

function quickFixes(
  document: vscode.TextDocument,
  range: vscode.Range,
  analyses: Analyses,
): vscode.CodeAction[] {
  const analysis = analyses.get(document.uri);
  if (analysis?.kind !== 'sweep-file' || analysis.version !== document.version) return [];
  const { root } = understand(document, analyses);
  return analysis.loaded.diagnostics.flatMap((diagnostic) =>
    rangeOf(diagnostic, document).intersection(range) === undefined
      ? []
      : fixesFor(document.getText(), diagnostic, root).map((fix) => toAction(document, diagnostic, fix)),
  );
}

function toAction(
  document: vscode.TextDocument,
  diagnostic: Diagnostic,
  { title, edit, isPreferred }: Fix,
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.replace(document.uri, rangeIn(document, edit.range), edit.text);
  action.diagnostics = [toVscode(diagnostic, document)];
  action.isPreferred = isPreferred;
  return action;
}
