import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { commands, settings } from '../ids.ts';
import { readSettings } from '../settings.ts';
import { runsText } from '../tree/labels.ts';
import type { Analyses, Analysis } from './analysis.ts';
import { sweepFileSelector } from './sweepFiles.ts';

/** Writes above a sweep file what it would run, or why it does not. */
export function createCodeLenses(analyses: Analyses): vscode.Disposable {
  const changes = new vscode.EventEmitter<void>();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changes.event,
    provideCodeLenses: ({ uri }) => {
      const analysis = analyses.get(uri);
      if (analysis === undefined || !readSettings.codeLens()) return [];
      return commandsFor(uri, analysis).map(
        (command) => new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), command),
      );
    },
  };
  return vscode.Disposable.from(
    changes,
    vscode.languages.registerCodeLensProvider(sweepFileSelector, provider),
    analyses.onDidChange(() => changes.fire()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => changes.fire()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(settings.codeLens)) changes.fire();
    }),
  );
}

function commandsFor(uri: vscode.Uri, analysis: Analysis): vscode.Command[] {
  if (analysis.kind === 'record') {
    return [
      { title: t('Record of a sweep'), command: commands.showSweep, arguments: [analysis.directory] },
      { title: t('Run the original'), command: commands.runSweep, arguments: [uri] },
    ];
  }
  const { runnable, diagnostics } = analysis.loaded;
  if (runnable === undefined) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
    const title =
      errors === 1
        ? t('$(error)\u00a01 problem to solve before it runs')
        : t('$(error)\u00a0{0} problems to solve before it runs', errors);
    return [{ title, command: commands.runSweep, arguments: [uri] }];
  }
  const preview = { title: t('Preview'), command: commands.previewPlan, arguments: [uri] };
  if (!vscode.workspace.isTrusted) {
    return [
      { title: t('$(shield)\u00a0Trust this workspace to run it'), command: 'workbench.trust.manage' },
      preview,
    ];
  }
  const title = t('$(play)\u00a0Run {0}', runsText(runnable.plan.size));
  return [{ title, command: commands.runSweep, arguments: [uri] }, preview];
}
