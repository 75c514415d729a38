import { t } from '@vscode/l10n';
import PQueue from 'p-queue';
import * as vscode from 'vscode';
import { runAt } from '../../core/runTable.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { durationOf } from '../../core/sweepState.ts';
import { schemes } from '../ids.ts';
import type { Catalogue } from '../sweeps/catalogue.ts';
import { type Coalesced, coalesce } from '../sweeps/coalesce.ts';
import { messageOf } from '../text/messageOf.ts';
import { type ResultRow, resultsCsv } from './table.ts';

const filesAtOnce = 32;
const redrawEveryMs = 1000;

/** Serves the read-only tables of all results of a sweep; an open one follows its sweep. */
export function createResultsDocuments(
  catalogue: Catalogue,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const changes = new vscode.EventEmitter<vscode.Uri>();
  const redraws = new Map<string, Coalesced>();
  const read = new Map<string, Map<string, unknown>>();

  const redraw = (uri: vscode.Uri) => {
    const key = uri.toString();
    let soon = redraws.get(key);
    if (soon === undefined) {
      soon = coalesce(redrawEveryMs, async () => changes.fire(uri));
      redraws.set(key, soon);
    }
    soon.request();
  };

  const close = ({ uri }: vscode.TextDocument) => {
    const key = uri.toString();
    redraws.get(key)?.dispose();
    redraws.delete(key);
    read.delete(key);
  };

  const provide = async (uri: vscode.Uri): Promise<string> => {
    await catalogue.ready;
    const view = catalogue.view(uri.query);
    if (view === undefined) return t('This sweep is gone: {0}', uri.query);
    const known = read.get(uri.toString()) ?? new Map<string, unknown>();
    read.set(uri.toString(), known);
    return resultsCsv(await rowsOf(view, known, log), view.header.metric?.name);
  };

  const owned = vscode.Disposable.from(
    changes,
    vscode.workspace.registerTextDocumentContentProvider(schemes.results, {
      onDidChange: changes.event,
      provideTextDocumentContent: provide,
    }),
    vscode.workspace.onDidCloseTextDocument(close),
    catalogue.onDidChange(({ changed }) => {
      for (const { uri } of vscode.workspace.textDocuments) {
        if (uri.scheme === schemes.results && changed.includes(uri.query)) redraw(uri);
      }
    }),
  );
  return {
    dispose: () => {
      for (const soon of redraws.values()) soon.dispose();
      owned.dispose();
    },
  };
}

/** Opens the table of a sweep's results. */
export async function showResults({ directory, header }: SweepView): Promise<void> {
  const name = header.name.replaceAll('/', '∕');
  const uri = vscode.Uri.from({
    scheme: schemes.results,
    path: `/${t('{0} results', name)}.csv`,
    query: directory,
  });
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: false });
}

// What a run that is over handed back does not change, so each file is read once a document.
async function rowsOf(
  view: SweepView,
  known: Map<string, unknown>,
  log: vscode.LogOutputChannel,
): Promise<ResultRow[]> {
  const files = new PQueue({ concurrency: filesAtOnce });
  const now = Date.now();
  const { state } = view;
  const rows = Array.from({ length: state.total }, async (_, run): Promise<ResultRow> => {
    const { status, attempts } = runAt(state.runs, run);
    const key = `${run}:${attempts}`;
    const over = status === 'success' || status === 'failure';
    if (over && !known.has(key)) known.set(key, await files.add(() => resultsOf(view, run, log)));
    return {
      label: view.label(run),
      status,
      durationMs: durationOf(runAt(state.runs, run), now),
      params: view.params(run),
      results: known.get(key),
    };
  });
  return Promise.all(rows);
}

async function resultsOf(view: SweepView, run: number, log: vscode.LogOutputChannel): Promise<unknown> {
  try {
    return await view.results(run);
  } catch (error) {
    log.warn(`results of run ${view.label(run)} of ${view.directory} are left out: ${messageOf(error)}`);
    return undefined;
  }
}
