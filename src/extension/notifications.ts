import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { unreachable } from '../core/unreachable.ts';
import { commands } from './ids.ts';
import { readSettings } from './settings.ts';
import type { EndedSweep, Launcher } from './sweeps/launcher.ts';
import { oneLine } from './text/format.ts';
import { endedMessage } from './text/statusText.ts';

/** Says so when a sweep that this window started has ended, as far as the settings want it. */
export function createNotifications(launcher: Launcher): vscode.Disposable {
  return launcher.onDidEnd((ended) => void notify(ended));
}

async function notify(ended: EndedSweep): Promise<void> {
  const { directory, header } = ended.sweep;
  switch (ended.kind) {
    case 'ended':
      return notifyEnd(directory, header.name, ended.state);
    case 'unrecorded':
      // Never silenced: what the views show of this sweep is no longer what happens.
      await vscode.window.showErrorMessage(
        t(
          '{0} could not be recorded any more: {1} Nothing more of it was started; what ran ends by itself.',
          oneLine(header.name, 60),
          ended.reason,
        ),
      );
      return;
    default:
      unreachable(ended);
  }
}

async function notifyEnd(
  directory: string,
  name: string,
  state: Extract<EndedSweep, { kind: 'ended' }>['state'],
) {
  const failed = state.counts.failure > 0;
  const wanted = readSettings.notifications();
  if (wanted === 'never' || (wanted === 'failure' && !failed)) return;
  const openResults = t('Open Results');
  const showFailed = t('Show Failed');
  const message = endedMessage({ name, state });
  const chosen = failed
    ? await vscode.window.showWarningMessage(message, showFailed, openResults)
    : await vscode.window.showInformationMessage(message, openResults);
  if (chosen === openResults)
    await vscode.commands.executeCommand(commands.openResults, { kind: 'sweep', directory });
  if (chosen === showFailed) {
    await vscode.commands.executeCommand(commands.filterFailed);
    await vscode.commands.executeCommand(commands.showSweep, directory);
  }
}
