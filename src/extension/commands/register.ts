import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { runNames } from '../../core/sweepDirectory/layout.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { compareRuns, compareSweeps } from '../compare/comparePanels.ts';
import { debugRun, runInTerminal } from '../debug/debugRun.ts';
import { isSweepFile } from '../editor/sweepFiles.ts';
import type { Analyst } from '../failures/analyst.ts';
import { commands, views, walkthrough } from '../ids.ts';
import type { ImageGrids } from '../imageGrid/imageGrids.ts';
import type { Listings } from '../listings.ts';
import type { Previews } from '../preview/previews.ts';
import { exportResults } from '../results/exportResults.ts';
import type { ResultsPanels } from '../results/resultsPanels.ts';
import type { RunPages } from '../run/runPages.ts';
import type { Catalogue } from '../sweeps/catalogue.ts';
import type { Launcher } from '../sweeps/launcher.ts';
import { messageOf } from '../text/messageOf.ts';
import type { SweepTree } from '../tree/sweepTree.ts';
import {
  cancelRuns,
  cancelSweep,
  deleteSweeps,
  isResumable,
  resumeSweep,
  runAgain,
  runAllWith,
} from './control.ts';
import { createExample, newSweepFile } from './newFiles.ts';
import { openLog, openRunFile, openSweepFile } from './openFiles.ts';
import { changeMaxParallel } from './pausing.ts';
import {
  copyCommandLines,
  copyParameters,
  exportRunTo,
  openSweepTerminal,
  openTerminal,
  revealDirectory,
  revealRun,
} from './places.ts';
import { newSweepFromRuns } from './refine.ts';
import { chooseSweepFile, runSweep } from './runSweep.ts';
import { runSweepOn } from './runSweepOn.ts';
import { sweepThis } from './sweepThis.ts';
import { createTargets, type RunTarget, type Targets } from './targets.ts';
import { applySweepFile, rerunAll, whatWouldRun } from './whatRuns.ts';

/** What commands act on. */
export interface Parts {
  /** The extension's own folder. */
  readonly extension: vscode.Uri;
  readonly catalogue: Catalogue;
  readonly launcher: Launcher;
  readonly tree: SweepTree;
  readonly analyst: Analyst;
  readonly resultsPanels: ResultsPanels;
  readonly imageGrids: ImageGrids;
  readonly runPages: RunPages;
  readonly previews: Previews;
  readonly listings: Listings;
  readonly log: vscode.LogOutputChannel;
}

type Handler = (first: unknown, second: unknown) => unknown;

/** Registers every command of `ids.ts`; what one of them throws is shown and logged. */
export function registerCommands(parts: Parts): vscode.Disposable {
  const targets = createTargets(parts);
  const handlers: Record<keyof typeof commands, Handler> = {
    ...fileCommands(parts),
    ...viewCommands(parts),
    ...sweepCommands(parts, targets),
    ...runCommands(parts, targets),
  };
  return vscode.Disposable.from(
    ...Object.entries(handlers).map(([name, handler]) => {
      const id = commands[name as keyof typeof commands];
      return vscode.commands.registerCommand(id, (first: unknown, second: unknown) =>
        guarded(id, () => handler(first, second), parts.log),
      );
    }),
  );
}

async function guarded(id: string, work: () => unknown, log: vscode.LogOutputChannel): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    log.error(`${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return vscode.window.showErrorMessage(messageOf(error));
  }
}

function fileCommands({ launcher, tree, previews, log }: Parts) {
  return {
    runSweep: async (uri: unknown, selection: unknown) => {
      const files = Array.isArray(selection) ? selection.flatMap((file) => asUri(file) ?? []) : [];
      if (files.length < 2) return runSweep(launcher, tree, asUri(uri));
      await Promise.all(files.filter(isSweepFile).map((file) => runSweep(launcher, tree, file)));
    },
    runSweepOn: (uri: unknown, selection: unknown) => {
      const files = Array.isArray(selection) ? selection.flatMap((file) => asUri(file) ?? []) : [];
      const one = asUri(uri);
      return runSweepOn(launcher, tree, files.length > 0 ? files.filter(isSweepFile) : one ? [one] : []);
    },
    previewPlan: async (uri: unknown) => {
      const chosen = asUri(uri) ?? (await chooseSweepFile());
      if (chosen !== undefined) await previews.show(chosen);
    },
    newSweepFile: (uri: unknown) => newSweepFile(asUri(uri)),
    sweepThis: () => sweepThis(),
    createExample: async () => {
      const sweepFile = await createExample();
      if (sweepFile !== undefined) await runSweep(launcher, tree, sweepFile);
    },
    openWalkthrough: () =>
      vscode.commands.executeCommand(
        'workbench.action.openWalkthrough',
        `multirun.multirun#${walkthrough.id}`,
      ),
    showOutput: () => log.show(),
  };
}

function viewCommands({ catalogue, tree }: Parts) {
  const filterAll = () => tree.setFilter('all');
  const filterFailed = () => tree.setFilter('failed');
  const filterRunning = () => tree.setFilter('running');
  return {
    refresh: () => catalogue.rescan(),
    filterAll,
    filterFailed,
    filterRunning,
    menuFilterAll: filterAll,
    menuFilterAllChecked: filterAll,
    menuFilterFailed: filterFailed,
    menuFilterFailedChecked: filterFailed,
    menuFilterRunning: filterRunning,
    menuFilterRunningChecked: filterRunning,
    showSweep: (directory: unknown) =>
      typeof directory === 'string'
        ? tree.showSweep(directory)
        : vscode.commands.executeCommand(`${views.sweeps}.focus`),
  };
}

function sweepCommands(
  { extension, catalogue, launcher, listings, tree, resultsPanels, imageGrids }: Parts,
  targets: Targets,
) {
  const forEach =
    (suits: (view: SweepView) => boolean, work: (view: SweepView) => unknown): Handler =>
    async (node, selection) => {
      for (const view of await targets.sweeps(node, selection, suits)) await work(view);
    };
  const any = () => true;
  return {
    openResults: async (node: unknown, selection: unknown) =>
      resultsPanels.open(await targets.sweeps(node, selection, any)),
    exportResults: async (node: unknown, selection: unknown) =>
      exportResults(await targets.sweeps(node, selection, any)),
    compareSweeps: async (node: unknown, selection: unknown) =>
      compareSweeps(extension, await targets.sweeps(node, selection, () => true)),
    imageGrid: forEach(any, (view) => imageGrids.open(view)),
    showFailures: forEach(hasFailed, async ({ directory, header }) => {
      if (await tree.showFailures(directory)) return;
      await vscode.window.showInformationMessage(t('No run of {0} failed by itself.', header.name));
    }),
    openSweepFile: forEach(any, openSweepFile),
    runSweepAgain: forEach(hasSweepFile, ({ header }) =>
      header.sweepFile === null ? undefined : runSweep(launcher, tree, vscode.Uri.file(header.sweepFile)),
    ),
    rerunAll: forEach(any, (view) => rerunAll({ launcher, listings }, view)),
    whatWouldRun: forEach(any, (view) => whatWouldRun({ launcher, listings }, view)),
    applySweepFile: forEach(any, (view) => applySweepFile({ launcher, listings }, view)),
    rerunFailed: forEach(hasFailed, (view) => runAllWith(launcher, view, 'failure')),
    runRemaining: forEach(
      ({ state, live }) => !live && state.counts.pending > 0,
      (view) => runAllWith(launcher, view, 'pending'),
    ),
    pauseSweep: forEach(
      ({ live, state }) => live && state.paused === undefined,
      (view) => launcher.controls(view.directory).pause(),
    ),
    resumeSweep: forEach(
      (view) => isResumable(view),
      (view) => resumeSweep(launcher, view),
    ),
    changeMaxParallel: forEach(
      ({ live }) => live,
      (view) => changeMaxParallel(launcher, view),
    ),
    cancelSweep: forEach(
      ({ live }) => live,
      (view) => cancelSweep(launcher, view),
    ),
    deleteSweep: async (node: unknown, selection: unknown) =>
      deleteSweeps(catalogue, await targets.sweeps(node, selection, ({ live }) => !live)),
  };
}

function hasFailed({ state }: SweepView): boolean {
  return state.counts.failure > 0;
}

function hasSweepFile({ header }: SweepView): boolean {
  return header.sweepFile !== null;
}

function runCommands({ extension, launcher, runPages }: Parts, targets: Targets) {
  const forEach =
    (work: (target: RunTarget) => unknown): Handler =>
    async (node, selection) => {
      for (const target of targets.runs(node, selection)) await work(target);
    };
  return {
    openRun: forEach(({ view, run }) => runPages.open({ kind: 'run', directory: view.directory, run })),
    compareRuns: (node: unknown, selection: unknown) => compareRuns(extension, targets.runs(node, selection)),
    debugRun: async (node: unknown, selection: unknown) => {
      const [target] = targets.runs(node, selection);
      if (target !== undefined) await debugRun(target.view, target.run);
    },
    runInTerminal: forEach(({ view, run }) => runInTerminal(view, run)),
    keepRunPage: () => runPages.keep(),
    openLog: forEach(openLog),
    openStdout: forEach((target) => openRunFile(target, runNames.stdout)),
    openStderr: forEach((target) => openRunFile(target, runNames.stderr)),
    openRunResults: forEach((target) => openRunFile(target, runNames.results)),
    openParams: forEach((target) => openRunFile(target, runNames.params)),
    revealInExplorer: async (node: unknown, selection: unknown) => {
      const [run] = targets.runs(node, selection);
      if (run !== undefined) return revealRun(run);
      for (const directory of targets.directories(node, selection)) await revealDirectory(directory);
    },
    openInTerminal: async (node: unknown, selection: unknown) => {
      const runs = targets.runs(node, selection);
      for (const target of runs) openTerminal(target);
      if (runs.length > 0) return;
      for (const view of await targets.sweeps(node, selection, () => true)) openSweepTerminal(view);
    },
    exportRun: forEach(exportRunTo),
    copyCommandLine: (node: unknown, selection: unknown) => copyCommandLines(targets.runs(node, selection)),
    newSweepFromRuns: (node: unknown, selection: unknown) =>
      newSweepFromRuns(targets.runs(node, selection), targets.marked(node)),
    copyParameters: (node: unknown, selection: unknown) => copyParameters(targets.runs(node, selection)),
    cancelRun: (node: unknown, selection: unknown) => cancelRuns(launcher, targets.runs(node, selection)),
    runAgain: (node: unknown, selection: unknown) => runAgain(launcher, targets.runs(node, selection)),
  };
}

function asUri(value: unknown): vscode.Uri | undefined {
  return value instanceof vscode.Uri ? value : undefined;
}
