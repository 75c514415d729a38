import { config } from '@vscode/l10n';
import * as vscode from 'vscode';
import { registerCommands } from './commands/register.ts';
import { createNormalisedDocuments } from './compare/normalised.ts';
import { createSourceMapping } from './debug/sourceMapping.ts';
import { createAnalyses } from './editor/analysis.ts';
import { createCodeLenses } from './editor/codeLens.ts';
import { createCompletion } from './editor/completion.ts';
import { createDiagnostics } from './editor/diagnostics.ts';
import { createHovers } from './editor/hover.ts';
import { createOutline } from './editor/outline.ts';
import { createParameterSupport } from './editor/parameters.ts';
import { createSemanticTokens } from './editor/semanticTokens.ts';
import { createAnalyst } from './failures/analyst.ts';
import { createLogLinks } from './failures/logLinks.ts';
import { createProblems } from './failures/problems.ts';
import { createQuickFixes } from './failures/quickFixes.ts';
import { createImageGrids } from './imageGrid/imageGrids.ts';
import { createListings } from './listings.ts';
import { createLogFollower } from './logFollower.ts';
import { createNotifications } from './notifications.ts';
import { createPauseNotices } from './pauseNotices.ts';
import { createPreviews, type Previews } from './preview/previews.ts';
import { createResultsPanels } from './results/resultsPanels.ts';
import { createRunPages } from './run/runPages.ts';
import { createRunners, type ExtensionRunnerApi } from './runners.ts';
import { createStatusBar } from './statusBar.ts';
import { createCatalogue } from './sweeps/catalogue.ts';
import { createClusterQueue } from './sweeps/clusterQueue.ts';
import { createComeBack } from './sweeps/comeBack.ts';
import { createDetacher } from './sweeps/detacher.ts';
import { createLauncher, type Launcher } from './sweeps/launcher.ts';
import { createRunMarks } from './tree/runMarks.ts';
import { createSweepTree, type SweepTree } from './tree/sweepTree.ts';

/** What other extensions get, and what tests of the whole extension look at. */
export interface Multirun extends ExtensionRunnerApi {
  readonly tree: SweepTree;
  readonly previews: Previews;
  readonly launcher: Launcher;
}

let running: Launcher | undefined;

/** Builds the parts of the extension; VS Code disposes of them when it deactivates it. */
export function activate(context: vscode.ExtensionContext): Multirun {
  const { subscriptions, extensionUri } = context;
  if (vscode.l10n.bundle !== undefined) config({ contents: vscode.l10n.bundle });
  const own = <T extends vscode.Disposable>(part: T): T => {
    subscriptions.push(part);
    return part;
  };

  const log = own(vscode.window.createOutputChannel('Multirun', { log: true }));
  const runners = own(createRunners(log));
  const catalogue = own(createCatalogue(extensionUri, log));
  const detacher = createDetacher(context);
  const launcher = own(createLauncher(catalogue, detacher, log));
  const analyst = own(createAnalyst(extensionUri, catalogue, log));
  const cluster = own(createClusterQueue(catalogue, log));
  const marks = own(createRunMarks());
  const tree = own(createSweepTree(catalogue, launcher, analyst, cluster));
  const analyses = own(createAnalyses(runners, log));
  own(createDiagnostics(analyses));
  own(createCodeLenses(analyses, catalogue));
  own(createCompletion(analyses));
  own(createHovers(analyses));
  own(createOutline());
  own(createParameterSupport(analyses));
  own(createSemanticTokens(analyses));
  const previews = own(createPreviews({ extension: extensionUri, analyses, catalogue, log }));
  const resultsPanels = own(
    createResultsPanels({ extension: extensionUri, catalogue, tree, marks, analyst, log }),
  );
  const imageGrids = own(createImageGrids({ extension: extensionUri, catalogue, log }));
  own(createLogFollower(catalogue));
  const problems = own(createProblems(catalogue, analyst, log));
  own(createQuickFixes(problems, catalogue));
  own(createLogLinks(catalogue));
  own(createSourceMapping(catalogue));
  const runPages = own(
    createRunPages({
      extension: extensionUri,
      catalogue,
      analyst,
      cluster,
      log,
      isOurs: launcher.isOurs,
    }),
  );
  own(createStatusBar(catalogue, launcher));
  own(createNotifications(launcher));
  own(createPauseNotices(catalogue, launcher));
  own(createNormalisedDocuments(catalogue));
  own(
    registerCommands({
      extension: extensionUri,
      catalogue,
      launcher,
      tree,
      analyst,
      resultsPanels,
      imageGrids,
      runPages,
      previews,
      listings: own(createListings()),
      log,
    }),
  );
  own(createComeBack({ catalogue, launcher, detacher, log }));
  running = launcher;
  return { ...runners.api, tree, previews, launcher };
}

/** The window closes, or is reloaded: see the setting `onWindowClose`. */
export async function deactivate(): Promise<void> {
  await running?.leaveAll();
}
