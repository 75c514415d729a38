import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { RunStatus } from '../../core/run.ts';
import { runAt } from '../../core/runTable.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import type { Catalogue } from '../sweeps/catalogue.ts';
import type { Launcher } from '../sweeps/launcher.ts';
import { oneLine } from '../text/format.ts';
import { runsText } from '../tree/labels.ts';
import { startWaiting } from './startWaiting.ts';
import type { RunTarget } from './targets.ts';
import { requireTrust } from './trust.ts';

/** Cancels runs that this window runs; says so where another process does. */
export async function cancelRuns(launcher: Launcher, runs: readonly RunTarget[]): Promise<void> {
  for (const { view, run } of runs) {
    const handle = launcher.handle(view.directory);
    if (handle === undefined) return sayRunElsewhere(view);
    handle.cancelRun(run);
  }
}

/** Cancels a sweep that this window runs, after asking what shall become of the runs that are going. */
export async function cancelSweep(launcher: Launcher, view: SweepView): Promise<void> {
  const handle = launcher.handle(view.directory);
  if (handle === undefined) return sayRunElsewhere(view);
  const { running, pending } = view.state.counts;
  const terminate = t('Terminate Running Runs');
  const finish = t('Let Running Runs Finish');
  const answer = await vscode.window.showWarningMessage(
    t('Stop the sweep “{0}”?', oneLine(view.header.name, 60)),
    {
      modal: true,
      detail: t(
        '{0} running, {1} not started. What has not started stays so, and “Run Remaining Runs” goes on with it later.',
        running,
        pending,
      ),
    },
    terminate,
    finish,
  );
  if (answer === terminate) handle.cancel();
  if (answer === finish) handle.stop();
}

/** Runs single runs again, each as a new attempt of itself. */
export async function runAgain(launcher: Launcher, targets: readonly RunTarget[]): Promise<void> {
  const bySweep = Map.groupBy(targets, ({ view }) => view);
  for (const [view, runs] of bySweep)
    await start(
      launcher,
      view,
      runs.map(({ run }) => run),
    );
}

/** Runs all runs of a sweep that have a status again; pending ones for the first time. */
export async function runAllWith(launcher: Launcher, view: SweepView, status: RunStatus): Promise<void> {
  const runs: number[] = [];
  for (let run = 0; run < view.state.total; run++) {
    if (runAt(view.state.runs, run).status === status) runs.push(run);
  }
  await start(launcher, view, runs);
}

async function start(launcher: Launcher, view: SweepView, runs: readonly number[]): Promise<void> {
  if (runs.length === 0 || !(await requireTrust())) return;
  if (view.live && launcher.handle(view.directory) === undefined) return sayRunElsewhere(view);
  await startWaiting(launcher, view.header.name, (signal) => launcher.runAgain(view.directory, runs, signal));
}

/** Deletes sweeps after a question: to the trash, or for good after another question where there is no trash. */
export async function deleteSweeps(catalogue: Catalogue, views: readonly SweepView[]): Promise<void> {
  const [first] = views;
  if (first === undefined) return;
  const busy = views.find(({ live, state }) => live || state.running.length > 0);
  if (busy !== undefined) {
    await vscode.window.showWarningMessage(
      t(
        '“{0}” is still running and was not deleted. Cancel it first, or wait until it has ended.',
        oneLine(busy.header.name, 60),
      ),
    );
    return;
  }
  const question =
    views.length === 1
      ? t('Delete the sweep “{0}” with its {1}?', oneLine(first.header.name, 60), runsText(first.state.total))
      : t('Delete {0} sweeps with all their runs?', views.length);
  const detail = views.map(({ directory }) => directory).join('\n');
  const toTrash = t('Move to Trash');
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, toTrash)) !== toTrash)
    return;
  for (const { directory } of views) {
    if (!(await deleteDirectory(directory))) return;
    await catalogue.update(directory);
  }
}

async function deleteDirectory(directory: string): Promise<boolean> {
  const uri = vscode.Uri.file(directory);
  try {
    await vscode.workspace.fs.delete(uri, { recursive: true, useTrash: true });
    return true;
  } catch {
    // Whatever the reason, the second question is the same: servers and containers have no trash.
    const forGood = t('Delete Permanently');
    const answer = await vscode.window.showWarningMessage(
      t('There is no trash to move it to. Delete it permanently?'),
      { modal: true, detail: t('{0}\nThis cannot be undone.', directory) },
      forGood,
    );
    if (answer !== forGood) return false;
    await vscode.workspace.fs.delete(uri, { recursive: true, useTrash: false });
    return true;
  }
}

async function sayRunElsewhere({ header }: SweepView): Promise<void> {
  await vscode.window.showWarningMessage(
    t('“{0}” is not run by this window: stop it where it was started.', oneLine(header.name, 60)),
  );
}
