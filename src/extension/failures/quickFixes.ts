import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { commands } from '../ids.ts';
import type { Catalogue } from '../sweeps/catalogue.ts';
import type { Problems } from './problems.ts';

/** Leads from a line at which runs fail to one of the runs. */
export function createQuickFixes(problems: Problems, catalogue: Catalogue): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { scheme: 'file' },
    {
      provideCodeActions: (_document, _range, { diagnostics }) =>
        diagnostics.flatMap((diagnostic) => {
          const node = problems.runOf(diagnostic);
          const label = node && catalogue.view(node.directory)?.label(node.run);
          if (node === undefined || label === undefined) return [];
          const action = (title: string, command: string) => {
            const fix = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
            fix.command = { command, title, arguments: [node] };
            fix.diagnostics = [diagnostic];
            return fix;
          };
          return [
            action(t('Open Run {0}', label), commands.openRun),
            action(t('Debug Run {0}', label), commands.debugRun),
          ];
        }),
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}
