import { t } from '@vscode/l10n';
import * as vscode from 'vscode';

/** Whether programs of this workspace may be started; says what to do where not. */
export async function requireTrust(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = t('Manage Workspace Trust');
  const answer = await vscode.window.showWarningMessage(
    t('Nothing was run: this workspace is not trusted, and a sweep starts programs that its files name.'),
    manage,
  );
  if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  return false;
}
