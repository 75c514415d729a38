import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { repetitionNames, type SweepDesign } from '../../core/analysis/design.ts';
import { commonMetric, sweepNamesOf } from '../../core/exportResults.ts';
import { readDesign } from '../../core/readDesign.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import type { Analyst } from '../failures/analyst.ts';
import { commands } from '../ids.ts';
import type { Catalogue } from '../sweeps/catalogue.ts';
import { coalesce } from '../sweeps/coalesce.ts';
import { oneLine } from '../text/format.ts';
import { messageOf } from '../text/messageOf.ts';
import type { RunNode } from '../tree/nodes.ts';
import type { RunMarks } from '../tree/runMarks.ts';
import type { SweepTree } from '../tree/sweepTree.ts';
import { fillPanel } from '../webviewHtml.ts';
import { createAnalyses } from './analyses.ts';
import { createDelivery } from './delivery.ts';
import { exportResults } from './exportResults.ts';
import { createFailureNews } from './failureNews.ts';
import { createFeed, type ResultsFeed } from './feed.ts';
import type { FromResults, RunRef, ToResults } from './protocol.ts';
import { savePlot } from './savePlot.ts';
import { noteText } from './sensitivityTexts.ts';
import { resultsTexts } from './texts.ts';

/** What result pages are made from. */
export interface ResultsParts {
  /** The extension's own folder. */
  readonly extension: vscode.Uri;
  readonly catalogue: Catalogue;
  readonly tree: Pick<SweepTree, 'onDidSelectRuns' | 'selectRun'>;
  readonly marks: RunMarks;
  readonly analyst: Analyst;
  readonly log: vscode.LogOutputChannel;
}

const newsEveryMs = 250;
const clockEveryMs = 1000;
const mostProblems = 100;

/** Fills a panel with the results of sweeps, and keeps it up to date. */
export function createResultsPanel(
  panel: vscode.WebviewPanel,
  views: readonly SweepView[],
  { extension, catalogue, tree, marks, analyst, log }: ResultsParts,
): vscode.Disposable {
  let feeds: readonly ResultsFeed[] = [];
  let designs: readonly SweepDesign[] = [];
  /** The run that the page has selected last and that the tree follows. */
  let told: RunNode | undefined;
  const analyses = createAnalyses(extension);
  const program = vscode.Uri.joinPath(extension, 'dist', 'chunksWorker.js').fsPath;
  const post = (message: ToResults) => panel.webview.postMessage(message);
  const delivery = createDelivery(
    (file) => panel.webview.asWebviewUri(vscode.Uri.file(file)).toString(),
    post,
  );
  const failures = createFailureNews(views, analyst, (sweeps) => post({ type: 'failures', sweeps }));
  const tellNews = async () => {
    const asked = feeds;
    try {
      for (const feed of asked) await feed.next();
      if (asked === feeds) post({ type: 'problems', problems: problemsOf(asked) });
      failures.look();
    } catch (error) {
      log.error(`results of ${views.map(({ directory }) => directory).join(', ')}: ${messageOf(error)}`);
    }
  };
  const newsSoon = coalesce(newsEveryMs, tellNews);
  const clock = setInterval(() => {
    if (panel.visible && views.some(({ state }) => state.running.length > 0)) newsSoon.request();
  }, clockEveryMs);

  const begin = async () => {
    designs = await Promise.all(views.map(readDesign));
    failures.forget();
    delivery.forget();
    marks.mark(panel, new Map());
    for (const feed of feeds) feed.dispose();
    feeds = views.map((view, sweep) =>
      createFeed(view, { program, folder: delivery.folder }, (runs) => delivery.tell(sweep, runs)),
    );
    post({
      type: 'begin',
      directories: views.map(({ directory }) => directory),
      sweeps: sweepNamesOf(views),
      metric: commonMetric(views),
      texts: resultsTexts(),
      isTrusted: vscode.workspace.isTrusted,
      repetition: [...new Set(designs.flatMap((design) => [...repetitionNames(design)]))],
    });
    await tellNews();
    post({ type: 'complete' });
  };

  const answer = async ({ request, kind, sample }: Extract<FromResults, { type: 'analyse' }>) => {
    const about = { type: 'analysed', request, runs: sample.runs.length } as const;
    try {
      // Runs of several sweeps have no order in common.
      const design = views.length === 1 ? designs[0]?.saltelli : undefined;
      const analysis = await analyses.analyse({ kind, sample, design });
      if (analysis === undefined) return;
      const notes = [...sample.notes, ...analysis.notes].map(noteText);
      post({ ...about, analysis, notes, problem: '' });
    } catch (error) {
      log.error(`sensitivity: ${messageOf(error)}`);
      const problem = t('This could not be computed: {0}', messageOf(error));
      post({ ...about, analysis: undefined, notes: [], problem });
    }
  };

  const nodesOf = (runs: readonly RunRef[]): RunNode[] =>
    runs.flatMap(({ sweep, run }) => {
      const view = views[sweep];
      return view === undefined ? [] : [{ kind: 'run', directory: view.directory, run } as const];
    });

  const receive = async (message: FromResults): Promise<unknown> => {
    switch (message.type) {
      case 'ready':
        return begin();
      case 'taken':
        return delivery.receive(message);
      case 'action': {
        const nodes = nodesOf(message.runs);
        return vscode.commands.executeCommand(commands[message.action], nodes[0], nodes);
      }
      case 'selected': {
        const { runs } = message;
        const isOne = runs.reduce((sum, { length }) => sum + length, 0) === 1;
        const several = views.map(({ directory }, sweep) => [directory, new Set(runs[sweep])] as const);
        marks.mark(panel, new Map(isOne ? [] : several.filter(([, { size }]) => size > 0)));
        const sweep = runs.findIndex(({ length }) => length > 0);
        [told] = isOne ? nodesOf([{ sweep, run: runs[sweep]?.[0] ?? 0 }]) : [];
        return told && tree.selectRun(told);
      }
      case 'save-plot':
        return savePlot(views, message);
      case 'analyse':
        return answer(message);
      case 'refine':
        return vscode.commands.executeCommand(commands.newSweepFromRuns, message.context);
      case 'follow-failures':
        return failures.follow();
      case 'image-grid': {
        const sweeps = views.map(({ directory }) => ({ kind: 'sweep', directory }) as const);
        return vscode.commands.executeCommand(commands.imageGrid, sweeps[0], sweeps);
      }
      case 'export':
        return exportResults(views, message);
    }
  };

  panel.title = oneLine(
    views.length === 1
      ? t('{0} results', views[0]?.header.name ?? '')
      : t('Results of {0} sweeps', views.length),
    60,
  );
  const owned = vscode.Disposable.from(
    panel.webview.onDidReceiveMessage((message: FromResults) =>
      receive(message).catch((error: unknown) => vscode.window.showErrorMessage(messageOf(error))),
    ),
    tree.onDidSelectRuns((selected) => {
      const runs = selected.flatMap(({ directory, run }) => {
        const sweep = views.findIndex((view) => view.directory === directory);
        return sweep < 0 ? [] : [{ sweep, run }];
      });
      // What the page itself has selected comes back late, when it may have gone on.
      const [first] = selected;
      const isEcho =
        selected.length === 1 && first?.directory === told?.directory && first?.run === told?.run;
      told = undefined;
      if (runs.length === 0 || isEcho) return;
      marks.mark(panel, new Map());
      post({ type: 'select', runs });
    }),
    analyst.onDidChange(failures.look),
    catalogue.onDidChange(({ changed }) => {
      if (views.some(({ directory }) => changed.includes(directory))) newsSoon.request();
    }),
  );
  fillPanel(panel, extension, 'results', vscode.Uri.file(delivery.folder));
  return {
    dispose: () => {
      clearInterval(clock);
      marks.mark(panel, new Map());
      newsSoon.dispose();
      analyses.dispose();
      for (const feed of feeds) feed.dispose();
      delivery.dispose();
      owned.dispose();
    },
  };
}

function problemsOf(feeds: readonly ResultsFeed[]) {
  return feeds.flatMap(({ problems }, sweep) =>
    [...problems].slice(0, mostProblems).map(([run, message]) => ({ sweep, run, message })),
  );
}
