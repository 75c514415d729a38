import { basename } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import {
  compareWithFile,
  type ExplainedRun,
  explainExtension,
  loadForSweep,
} from '../../core/extendSweep.ts';
import type { Intent } from '../../core/intent.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { explain } from '../../core/takeUp.ts';
import { exists } from '../files.ts';
import type { Listings } from '../listings.ts';
import type { Launcher } from '../sweeps/launcher.ts';
import { decisionText, explainedText, fateOf } from '../text/decisionText.ts';
import { formatParams, oneLine } from '../text/format.ts';
import { runsText } from '../tree/labels.ts';
import { isResumable, takeUp, takingOver } from './control.ts';
import { type ReviewedRun, review } from './review.ts';
import { showWhyNot } from './runSweep.ts';
import { startWaiting } from './startWaiting.ts';
import { requireTrust } from './trust.ts';

/** What these commands need. */
export interface Reviewing {
  readonly launcher: Launcher;
  readonly listings: Listings;
}

/** Asks what is to be done with a sweep, shows which runs would run and why, and does it if a person still wants it. */
export async function whatWouldRun(parts: Reviewing, view: SweepView): Promise<void> {
  const intents: { readonly label: string; readonly intent: Intent }[] = [
    ...(!view.live && isResumable(view)
      ? [{ label: t('Resume Sweep'), intent: { kind: 'resume' } as const }]
      : []),
    ...(view.state.counts.failure > 0
      ? [{ label: t('Rerun Failed Runs'), intent: { kind: 'rerun', runs: 'failed' } as const }]
      : []),
    { label: t('Rerun All Runs'), intent: { kind: 'rerun', runs: 'all' } },
  ];
  const items: (vscode.QuickPickItem & { readonly show: () => Promise<void> })[] = intents.map(
    ({ label, intent }) => ({
      label,
      description: t('{0} of {1}', wantedBy(view, intent).length, runsText(view.state.total)),
      show: () => reviewIntent(parts, view, label, intent),
    }),
  );
  items.push({ label: t('Apply Sweep File…'), show: () => applySweepFile(parts, view) });
  const picked = await vscode.window.showQuickPick(items, {
    title: oneLine(view.header.name, 60),
    placeHolder: t('What would run by which command? Nothing is started yet'),
  });
  await picked?.show();
}

/** Runs all runs of a sweep once more, after a look at what these are. */
export function rerunAll(parts: Reviewing, view: SweepView): Promise<void> {
  return reviewIntent(parts, view, t('Rerun All Runs'), { kind: 'rerun', runs: 'all' });
}

async function reviewIntent(
  { launcher, listings }: Reviewing,
  view: SweepView,
  label: string,
  intent: Intent,
): Promise<void> {
  const wanted = wantedBy(view, intent);
  const runs = explain(view, intent).map(
    (decision, run): ReviewedRun => ({
      label: view.label(run),
      params: formatParams(view.params(run), view.header.varying),
      fate: fateOf(decision),
      why: decisionText(decision),
    }),
  );
  const start = { label: t('Start {0}', runsText(wanted.length)), value: true };
  const title = `${label}: ${oneLine(view.header.name, 60)}`;
  const answer = await review({ title, actions: wanted.length > 0 ? [start] : [], runs }, listings);
  if (answer === undefined || !(await requireTrust())) return;
  if (view.live) await launcher.controls(view.directory).runAgain(wanted);
  else await takeUp(launcher, view, intent);
}

function wantedBy(view: SweepView, intent: Intent): number[] {
  return explain(view, intent).flatMap(({ act }, run) => (act === 'run' ? [run] : []));
}

/** Applies a changed sweep file to a sweep, whoever carries it, after a look at what becomes of each run. */
export async function applySweepFile({ launcher, listings }: Reviewing, view: SweepView): Promise<void> {
  const { header } = view;
  const path = await sweepFileFor(view);
  // What is applied is what a person sees.
  if (path === undefined || !(await vscode.workspace.saveAll(false))) return;
  const loaded = await loadForSweep(view, path);
  if (loaded.runnable === undefined) return showWhyNot(loaded);
  const { plan } = loaded.runnable;
  const extension = await compareWithFile(view, loaded);
  const explained = [...explainExtension(view, plan, extension, false)];
  const count = (suits: (run: ExplainedRun) => boolean) => explained.filter(suits).length;
  const starting = count(({ decision }) => decision.act === 'run');
  const failed = count(
    ({ inFile, decision }) =>
      inFile === 'still' && decision.act === 'leave' && decision.why.kind === 'failed',
  );
  const file = basename(path);
  const changes = t('{0} new, {1} no longer in the file', extension.added.length, extension.removed.size);
  const apply = (number: number, alsoFailed: boolean) => ({
    label: number === 0 ? t('Apply {0}', file) : t('Apply {0} and start {1}', file, runsText(number)),
    description: alsoFailed ? t('failed ones too') : changes,
    value: { alsoFailed },
  });
  const wanted = await review(
    {
      title: t('Apply {0} to {1}', file, oneLine(header.name, 60)),
      actions: [apply(starting, false), ...(failed > 0 ? [apply(starting + failed, true)] : [])],
      runs: explained.map((run) => ({
        label: view.label(run.run),
        params: formatParams(run.params, plan.names),
        fate: fateOf(run.decision),
        why: explainedText(run),
      })),
    },
    listings,
  );
  if (wanted === undefined || !(await requireTrust())) return;
  await takingOver(view, (takeOver) =>
    startWaiting(launcher, header.name, (signal) =>
      launcher.extend(view.directory, loaded, signal, { ...wanted, takeOver }),
    ),
  );
}

/** The sweep file that a sweep was made from; where that is gone, or there was none, the one that a person chooses. */
async function sweepFileFor({ header, directory }: SweepView): Promise<string | undefined> {
  if (header.sweepFile !== null && (await exists(header.sweepFile))) return header.sweepFile;
  const chosen = await vscode.window.showOpenDialog({
    title: t('Which sweep file is to be applied to “{0}”?', oneLine(header.name, 60)),
    openLabel: t('Apply'),
    defaultUri: vscode.Uri.file(directory),
    filters: { [t('Sweep files')]: ['yaml', 'yml'] },
  });
  return chosen?.[0]?.fsPath;
}
