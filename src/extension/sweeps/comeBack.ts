import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { isOnCluster } from '../../core/askSweep.ts';
import { MultirunError } from '../../core/errors.ts';
import { sweepNames } from '../../core/sweepDirectory/layout.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { commands } from '../ids.ts';
import { readSettings } from '../settings.ts';
import { oneLine } from '../text/format.ts';
import { messageOf } from '../text/messageOf.ts';
import type { Catalogue } from './catalogue.ts';
import type { Detacher } from './detacher.ts';
import type { Launcher } from './launcher.ts';

/** What a sweep was doing longer ago than this, a person may have forgotten: it is not begun again without a question. */
const freshForMs = 7 * 24 * 3600_000;

/** What {@link createComeBack} needs. */
export interface ComeBackParts {
  readonly catalogue: Catalogue;
  readonly launcher: Launcher;
  readonly detacher: Detacher;
  readonly log: vscode.LogOutputChannel;
}

/**
 * Takes this workspace's sweeps up where they are, when their window has gone: it was closed or reloaded, or it crashed. A
 * sweep that a person stopped is not touched, nor is another workspace's, a copy of one, or any sweep while the
 * workspace is not trusted. Of several windows on one folder, one gets each sweep.
 */
export function createComeBack({ catalogue, launcher, detacher, log }: ComeBackParts): vscode.Disposable {
  /** What has been tried already, so that what fails once is not tried for ever. */
  const tried = new Set<string>();

  const isWaiting = (view: SweepView): boolean => {
    const { directory, live, state } = view;
    const isCarried = state.phase === 'running' || state.phase === 'stopping';
    // Somebody who asked this window to let go of it takes it up, or has taken it up by now.
    const isLeft = state.openedAt !== undefined && launcher.leftAt(directory) === state.openedAt;
    // What a cluster carries anybody may watch; of the rest each window has its own.
    const isMine = isOwn(view) || isOnCluster(view);
    return isCarried && !live && !isLeft && !launcher.isOurs(directory) && isMine;
  };

  const isOwn = ({ directory, state }: SweepView): boolean =>
    state.owner !== undefined && state.owner === detacher.ownerOf(directory);

  const look = (view: SweepView | undefined): void => {
    if (view === undefined || !vscode.workspace.isTrusted) return;
    const { directory, live, state } = view;
    // A process of its own carries it, as this setting wants it from its start.
    const isDetached = live && isOwn(view) && readSettings.onWindowClose() === 'keepGoing';
    if (isDetached) launcher.attach(directory);
    const attempt = `${directory}\0${state.openedAt}`;
    if (!isWaiting(view) || tried.has(attempt)) return;
    tried.add(attempt);
    void comeBack(view);
  };

  const comeBack = async (view: SweepView): Promise<void> => {
    const { directory, header } = view;
    // What a cluster has goes on anyway: it only has to be watched.
    if (!isOnCluster(view) && !(await isFresh(directory)) && !(await isWanted(view))) return;
    try {
      await launcher.takeUp(directory, { kind: 'take-up' }, new AbortController().signal);
      log.info(`taken up: ${directory}`);
      if (view.state.phase === 'running') await tell(view);
    } catch (error) {
      // Another window was quicker.
      if (error instanceof MultirunError && error.code === 'locked') return;
      log.error(`cannot be taken up: ${directory}: ${messageOf(error)}`);
      await vscode.window.showWarningMessage(
        t('“{0}” could not be taken up again: {1}', oneLine(header.name, 60), messageOf(error)),
      );
    }
  };

  const lookAtAll = (): void => {
    for (const entry of catalogue.entries()) look(entry.kind === 'sweep' ? entry.view : undefined);
  };
  void catalogue.ready.then(lookAtAll);
  return vscode.Disposable.from(
    catalogue.onDidChange(({ changed }) => {
      for (const directory of changed) look(catalogue.view(directory));
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(lookAtAll),
  );
}

async function isFresh(directory: string): Promise<boolean> {
  const { mtimeMs } = await stat(join(directory, sweepNames.journal));
  return Date.now() - mtimeMs < freshForMs;
}

async function isWanted({ header, state }: SweepView): Promise<boolean> {
  const goOn = t('Go On');
  const answer = await vscode.window.showInformationMessage(
    t(
      '“{0}” was interrupted some time ago, with {1} of its runs not started. Go on with it?',
      oneLine(header.name, 60),
      state.counts.pending,
    ),
    goOn,
  );
  return answer === goOn;
}

async function tell({ directory, header, state }: SweepView): Promise<void> {
  const show = t('Show');
  const { running, pending } = state.counts;
  const answer = await vscode.window.showInformationMessage(
    t('“{0}” goes on: {1} running, {2} to go.', oneLine(header.name, 60), running, pending),
    show,
  );
  if (answer === show) await vscode.commands.executeCommand(commands.showSweep, directory);
}
