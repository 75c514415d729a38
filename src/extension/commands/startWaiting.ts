import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CarriedSweep, Launcher } from '../sweeps/launcher.ts';
import { oneLine } from '../text/format.ts';

/**
 * Starts a sweep; while it waits for others to end, a notification says so and lets a person give up. Resolves to
 * undefined when they did, and rejects with what core throws.
 */
export async function startWaiting(
  launcher: Launcher,
  name: string,
  start: (signal: AbortSignal) => Promise<CarriedSweep>,
): Promise<CarriedSweep | undefined> {
  const abort = new AbortController();
  const begun = start(abort.signal);
  if (launcher.waiting() === 0) return begun;
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: t('{0} begins when another sweep has ended', oneLine(name, 60)),
      cancellable: true,
    },
    async (_, cancelled) => {
      cancelled.onCancellationRequested(() => abort.abort());
      try {
        return await begun;
      } catch (error) {
        if (abort.signal.aborted) return undefined;
        throw error;
      }
    },
  );
}
