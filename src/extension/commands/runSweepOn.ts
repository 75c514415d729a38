import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { loadSweepFile } from '../../core/loadSweepFile.ts';
import { registeredTypes } from '../../core/runner/runnerTypes.ts';
import { whyNoSlurm } from '../../core/runner/slurm/slurmCommands.ts';
import { settings } from '../ids.ts';
import { type Launcher, runnerOf } from '../sweeps/launcher.ts';
import { sweepEnvironment } from '../sweeps/sweepEnvironment.ts';
import type { SweepTree } from '../tree/sweepTree.ts';
import { chooseSweepFile, runSweep } from './runSweep.ts';
import { requireTrust } from './trust.ts';

/** Something that can run a sweep; or that could, and why it cannot. */
interface Choice extends vscode.QuickPickItem {
  readonly type: string;
  readonly whyNot: string | undefined;
}

/** Asks what shall run these sweep files, or the one that is asked for, and runs them there. */
export async function runSweepOn(
  launcher: Launcher,
  tree: SweepTree,
  files: readonly vscode.Uri[],
): Promise<void> {
  if (!(await requireTrust())) return;
  const chosen = files.length > 0 ? files : [await chooseSweepFile()].filter((file) => file !== undefined);
  const [first] = chosen;
  if (first === undefined) return;
  const own = runnerOf(await loadSweepFile(first.fsPath));
  const choices = await choicesOf(own);
  const picked = await vscode.window.showQuickPick(choices, {
    title: t('Run Sweep On…'),
    placeHolder: t('What shall run it?'),
    matchOnDescription: true,
  });
  if (picked === undefined) return;
  if (picked.whyNot !== undefined) return tellWhyNot(picked.whyNot);
  await Promise.all(chosen.map((file) => runSweep(launcher, tree, file, picked.type)));
}

/** All that could run a sweep; first what does where nobody chooses. */
async function choicesOf(own: string): Promise<Choice[]> {
  const types = [own, ...registeredTypes().filter((type) => type !== own)];
  const choices = await Promise.all(types.map((type) => choiceOf(type, type === own)));
  return choices.filter((choice) => choice !== undefined);
}

async function choiceOf(type: string, isOwn: boolean): Promise<Choice | undefined> {
  // The sweep file may ask for what is not here.
  if (!registeredTypes().includes(type)) return undefined;
  const whyNot = type === 'slurm' ? await whyNoSlurm(sweepEnvironment()) : undefined;
  const icon = whyNot === undefined ? iconOf(type) : 'circle-slash';
  return {
    type,
    whyNot,
    label: `$(${icon}) ${nameOf(type)}`,
    description: whyNot ?? [placeOf(type), ...(isOwn ? [t('default')] : [])].join(' · '),
  };
}

function nameOf(type: string): string {
  if (type === 'local') return t('Local');
  return type === 'slurm' ? 'Slurm' : type;
}

function iconOf(type: string): string {
  if (type === 'local') return 'device-desktop';
  return type === 'slurm' ? 'server-environment' : 'plug';
}

function placeOf(type: string): string {
  if (type === 'local') return t('on this machine');
  return type === 'slurm' ? t('as job arrays of the cluster') : t('brought by another extension or module');
}

async function tellWhyNot(whyNot: string): Promise<void> {
  const open = t('Open Settings');
  const answer = await vscode.window.showErrorMessage(t('Nothing was started: {0}.', whyNot), open);
  if (answer === open)
    await vscode.commands.executeCommand('workbench.action.openSettings', settings.slurmCommands);
}
