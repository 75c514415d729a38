import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { estimateSweep } from '../../core/estimate.ts';
import type { LoadedSweepFile } from '../../core/loadSweepFile.ts';
import { maxParallelOf } from '../../core/sweepFile/runnerSection.ts';
import { commands, settings } from '../ids.ts';
import { type Lens, lensesOf } from '../language/lenses.ts';
import { readSettings } from '../settings.ts';
import type { Catalogue } from '../sweeps/catalogue.ts';
import { allowedParallel, earlierSweeps } from '../sweeps/earlierSweeps.ts';
import type { Analyses, Analysis } from './analysis.ts';
import { sweepFileSelector } from './sweepFiles.ts';

/** Writes above a sweep file what it would run, or why it does not, and above each parameter how many values it has. */
export function createCodeLenses(analyses: Analyses, catalogue: Catalogue): vscode.Disposable {
  const changes = new vscode.EventEmitter<void>();
  /** What was shown last of each file: VS Code draws lenses anew when it asks again, and a click in between is lost. */
  const shown = new Map<string, string>();
  const lenses = (uri: vscode.Uri): PlacedCommand[] => {
    const analysis = analyses.get(uri);
    if (analysis === undefined || !readSettings.codeLens()) return [];
    return commandsFor(uri, analysis, catalogue);
  };
  const changed = (uri: vscode.Uri) => {
    if (shown.get(uri.toString()) !== JSON.stringify(lenses(uri))) changes.fire();
  };
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changes.event,
    provideCodeLenses: (document) => {
      const found = lenses(document.uri);
      shown.set(document.uri.toString(), JSON.stringify(found));
      return found.map(({ offset, command }) => {
        const place = document.positionAt(offset);
        return new vscode.CodeLens(new vscode.Range(place, place), command);
      });
    },
  };
  return vscode.Disposable.from(
    changes,
    vscode.languages.registerCodeLensProvider(sweepFileSelector, provider),
    analyses.onDidChange(changed),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => shown.delete(uri.toString())),
    // How long earlier sweeps took.
    catalogue.onDidChange(() => {
      for (const key of shown.keys()) changed(vscode.Uri.parse(key, true));
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => changes.fire()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(settings.codeLens)) changes.fire();
      if (event.affectsConfiguration(settings.maxParallelLimit)) changes.fire();
    }),
  );
}

interface PlacedCommand {
  readonly offset: number;
  readonly command: vscode.Command;
}

function commandsFor(uri: vscode.Uri, analysis: Analysis, catalogue: Catalogue): PlacedCommand[] {
  if (analysis.kind === 'record') {
    return [
      { title: t('Record of a sweep'), command: commands.showSweep, arguments: [analysis.directory] },
      { title: t('Run the original'), command: commands.runSweep, arguments: [uri] },
    ].map((command) => ({ offset: 0, command }));
  }
  const facts = {
    isTrusted: vscode.workspace.isTrusted,
    estimate: estimateOf(analysis.loaded, catalogue),
  };
  return lensesOf(analysis.loaded, facts).map(({ offset, title, action }) => ({
    offset,
    command: { title, ...actions[action](uri) },
  }));
}

const actions: Record<Lens['action'], (uri: vscode.Uri) => Omit<vscode.Command, 'title'>> = {
  run: (uri) => ({ command: commands.runSweep, arguments: [uri] }),
  // Says what is wrong, and goes there.
  problems: (uri) => ({ command: commands.runSweep, arguments: [uri] }),
  preview: (uri) => ({ command: commands.previewPlan, arguments: [uri] }),
  trust: () => ({ command: 'workbench.trust.manage' }),
};

function estimateOf({ path, runnable }: LoadedSweepFile, catalogue: Catalogue): number | undefined {
  if (runnable === undefined) return undefined;
  const { file, plan } = runnable;
  const earlier = earlierSweeps(catalogue, path).map(({ state }) => state);
  return estimateSweep(earlier, {
    size: plan.size,
    maxParallel: allowedParallel(maxParallelOf(file.runner, plan.size)),
  });
}
