import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import type { Launcher } from '../sweeps/launcher.ts';
import { oneLine } from '../text/format.ts';

/** Asks how many runs of a sweep may run at the same time from now on. */
export async function changeMaxParallel(launcher: Launcher, view: SweepView): Promise<void> {
  const answer = await vscode.window.showInputBox({
    title: t('How many runs of “{0}” at the same time?', oneLine(view.header.name, 60)),
    value: String(view.state.maxParallel),
    prompt: t('Runs that are going finish, also where they are more.'),
    validateInput: (text) =>
      /^[1-9]\d{0,5}$/.test(text.trim()) ? undefined : t('Write a whole number from 1.'),
  });
  if (answer !== undefined) await launcher.controls(view.directory).setMaxParallel(Number(answer));
}
