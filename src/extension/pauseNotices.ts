import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { PauseReason } from '../core/pauseReason.ts';
import type { SweepView } from '../core/sweepDirectory/sweepView.ts';
import { commands } from './ids.ts';
import type { Catalogue } from './sweeps/catalogue.ts';
import type { Launcher } from './sweeps/launcher.ts';
import { oneLine } from './text/format.ts';
import { pauseText } from './text/pauseText.ts';

/** Asks what to do when a sweep of this window pauses because its first runs failed, and tells what else holds one up. */
export function createPauseNotices(catalogue: Catalogue, launcher: Launcher): vscode.Disposable {
  const told = new Map<string, PauseReason | undefined>();
  return catalogue.onDidChange(({ changed }) => {
    for (const directory of changed) {
      const view = catalogue.view(directory);
      const paused = launcher.isOurs(directory) ? view?.state.paused : undefined;
      if (told.get(directory)?.kind === paused?.kind) continue;
      told.set(directory, paused);
      if (view && paused) void notify(launcher, view, paused);
    }
  });
}

async function notify(launcher: Launcher, view: SweepView, reason: PauseReason): Promise<void> {
  const message = t('{0} is {1}.', oneLine(view.header.name, 60), pauseText(reason));
  switch (reason.kind) {
    case 'breaker':
    case 'canary':
      return ask(launcher, view, reason.run, message);
    case 'journal':
    case 'preparation':
    case 'disk':
      await vscode.window.showWarningMessage(message);
      return;
    default:
    // A person knows that they paused it, and what comes and goes with other programs stands in the views.
  }
}

async function ask(launcher: Launcher, view: SweepView, run: number, message: string): Promise<void> {
  const [showLog, goOn, stop] = [t('Show Log'), t('Continue'), t('Stop')];
  const isAsking = () => view.state.paused?.kind === 'breaker' || view.state.paused?.kind === 'canary';
  for (;;) {
    const answer = await vscode.window.showWarningMessage(message, showLog, goOn, stop);
    if (!isAsking()) return;
    if (answer === goOn) return launcher.controls(view.directory).resume();
    if (answer === stop) return launcher.controls(view.directory).stop();
    // Whoever closes the question finds the answers in the views.
    if (answer !== showLog) return;
    await vscode.commands.executeCommand(commands.openLog, { kind: 'run', directory: view.directory, run });
  }
}
