import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { MultirunError } from '../../core/errors.ts';
import type { Intent } from '../../core/intent.ts';
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

/** Cancels runs, whoever runs them. */
export async function cancelRuns(launcher: Launcher, runs: readonly RunTarget[]): Promise<void> {
  for (const [directory, targets] of Map.groupBy(runs, ({ view }) => view.directory))
    await launcher.controls(directory).cancelRuns(targets.map(({ run }) => run));
}

/** Cancels a sweep, whoever runs it, after asking what shall become of the runs that are going and of those that are not. */
export async function cancelSweep(launcher: Launcher, view: SweepView): Promise<void> {
  const controls = launcher.controls(view.directory);
  const { running, pending } = view.state.counts;
  const terminate = t('Terminate Running Runs');
  const finish = t('Let Running Runs Finish');
  const skip = t('Skip Pending Runs');
  const answer = await vscode.window.showWarningMessage(
    t('Stop the sweep “{0}”?', oneLine(view.header.name, 60)),
    {
      modal: true,
      detail: [
        t(
          '{0} running, {1} not started. What has not started stays so, and “Resume Sweep” goes on with it later.',
          running,
          pending,
        ),
        ...(pending > 0
          ? [t('“{0}” leaves out for good what has not started; running runs finish.', skip)]
          : []),
      ].join('\n\n'),
    },
    terminate,
    finish,
    ...(pending > 0 ? [skip] : []),
  );
  if (answer === terminate) await controls.cancel();
  if (answer === finish) await controls.stop();
  if (answer === skip) await controls.cancelPending();
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
  if (view.live) return launcher.controls(view.directory).runAgain(runs);
  await takeUp(launcher, view, { kind: 'rerun', runs });
}

/** Whether a sweep can be made to go on: it is paused, or nobody runs it and not all of it has succeeded or been left out. */
export function isResumable({ live, state }: SweepView): boolean {
  return live ? state.paused !== undefined : state.counts.pending + state.counts.failure > 0;
}

/** Makes a sweep go on: ends its pause, or takes it up with all that has not succeeded. */
export async function resumeSweep(launcher: Launcher, view: SweepView): Promise<void> {
  if (!(await requireTrust())) return;
  if (view.live) await launcher.controls(view.directory).resume();
  else await takeUp(launcher, view, { kind: 'resume' });
}

/** Takes up a sweep that nobody runs. */
export async function takeUp(launcher: Launcher, view: SweepView, intent: Intent): Promise<void> {
  const { directory, header } = view;
  await takingOver(view, (takeOver) =>
    startWaiting(launcher, header.name, (signal) => launcher.takeUp(directory, intent, signal, takeOver)),
  );
}

/** Begins with a sweep; asks where it cannot be told whether somebody elsewhere runs it. */
export async function takingOver(
  { header }: SweepView,
  begin: (takeOver: boolean) => Promise<unknown>,
): Promise<void> {
  try {
    await begin(false);
  } catch (error) {
    if (!(error instanceof MultirunError) || error.code !== 'silent') throw error;
    const answer = await vscode.window.showWarningMessage(
      t('Take “{0}” over?', oneLine(header.name, 60)),
      { modal: true, detail: error.message },
      t('Take Over'),
    );
    if (answer !== undefined) await begin(true);
  }
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
