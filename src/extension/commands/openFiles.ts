import { basename, join } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { runAt } from '../../core/runTable.ts';
import { runNames, sweepNames } from '../../core/sweepDirectory/layout.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { exists, sizeOf } from '../files.ts';
import type { RunTarget } from './targets.ts';

/** Opens what tells most of a run: the errors of a failed one if it wrote any, else its output. */
export async function openLog({ view, run }: RunTarget): Promise<void> {
  const failed = runAt(view.state.runs, run).status === 'failure';
  const stderr = join(view.runDirectory(run), runNames.stderr);
  const name = failed && ((await sizeOf(stderr)) ?? 0) > 0 ? runNames.stderr : runNames.stdout;
  await openRunFile({ view, run }, name);
}

/** Opens a file of a run's directory; says why where there is none. A running run's log opens at its end. */
export async function openRunFile({ view, run }: RunTarget, name: string): Promise<void> {
  const path = join(view.runDirectory(run), name);
  const state = runAt(view.state.runs, run);
  if (!(await exists(path))) {
    const message =
      state.status === 'pending' && state.attempts === 0
        ? t('Run {0} has not started yet, so it has no {1}.', view.label(run), name)
        : t('Run {0} left no {1}.', view.label(run), name);
    await vscode.window.showInformationMessage(message);
    return;
  }
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
  const follow = state.status === 'running' && name.endsWith('.log');
  const end = document.lineAt(document.lineCount - 1).range.end;
  await vscode.window.showTextDocument(document, follow ? { selection: new vscode.Range(end, end) } : {});
}

/** Opens the sweep file that a sweep was made from; where that is gone, the copy that the sweep keeps. */
export async function openSweepFile({ header, directory }: SweepView): Promise<void> {
  const original =
    header.sweepFile !== null && (await exists(header.sweepFile)) ? header.sweepFile : undefined;
  const path = original ?? join(directory, sweepNames.sweepFile);
  if (!(await exists(path))) {
    await vscode.window.showInformationMessage(t('{0} was not made from a sweep file.', basename(directory)));
    return;
  }
  await vscode.window.showTextDocument(vscode.Uri.file(path));
}
