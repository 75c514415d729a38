import { basename } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import type { Analyses } from '../editor/analysis.ts';
import { rangeIn } from '../editor/ranges.ts';
import { commands, webviews } from '../ids.ts';
import type { Catalogue } from '../sweeps/catalogue.ts';
import { allowedParallel, earlierSweeps } from '../sweeps/earlierSweeps.ts';
import { formatMoment } from '../text/format.ts';
import { messageOf } from '../text/messageOf.ts';
import { fillPanel } from '../webviewHtml.ts';
import { createPreviewController, type LastSweep, type PreviewController } from './controller.ts';
import type { FromPreview, PreviewPlan } from './protocol.ts';

/** The pages that show what sweep files would run. */
export interface Previews extends vscode.Disposable {
  /** Opens the page of a sweep file beside it; the keyboard stays where it is. */
  show(source: vscode.Uri): Promise<void>;
  /** What the page of a sweep file was told last; undefined when there is none. */
  plan(source: vscode.Uri): PreviewPlan | undefined;
  /** Fires when a page was told something. */
  readonly onDidTell: vscode.Event<void>;
}

/** What previews are made from. */
export interface PreviewParts {
  /** The extension's own folder. */
  readonly extension: vscode.Uri;
  readonly analyses: Analyses;
  readonly catalogue: Catalogue;
  readonly log: vscode.LogOutputChannel;
}

interface Page {
  readonly source: vscode.Uri;
  readonly panel: vscode.WebviewPanel;
  readonly controller: PreviewController;
  /** Shows what the sweep file would run now. */
  update(): void;
}

/** Makes the pages; they follow the typing, and the sweeps of their files. */
export function createPreviews(parts: PreviewParts): Previews {
  const { extension, analyses, catalogue } = parts;
  const pages = new Map<string, Page>();
  const told = new vscode.EventEmitter<void>();

  const open = (panel: vscode.WebviewPanel, source: vscode.Uri) => {
    const key = source.toString();
    panel.title = t('Preview {0}', basename(source.path));
    const page = createPage(panel, source, parts, () => told.fire());
    pages.set(key, page);
    panel.onDidDispose(() => {
      page.controller.stop();
      pages.delete(key);
    });
    fillPanel(panel, extension, 'preview');
    page.update();
  };

  const owned = vscode.Disposable.from(
    told,
    analyses.onDidChange((uri) => pages.get(uri.toString())?.update()),
    // A sweep that begins or goes changes what the plan is compared with; one that ends, how long runs take.
    catalogue.onDidChange(({ list, changed }) => {
      for (const page of pages.values()) {
        const isConcerned = earlierSweeps(catalogue, page.source.fsPath).some(({ directory }) =>
          changed.includes(directory),
        );
        if (list || isConcerned) page.update();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      for (const page of pages.values()) page.update();
    }),
    vscode.window.registerWebviewPanelSerializer(webviews.preview, {
      deserializeWebviewPanel: async (panel, state) => {
        const { source } = (state ?? {}) as { source?: unknown };
        if (typeof source !== 'string') return panel.dispose();
        const uri = vscode.Uri.parse(source, true);
        await vscode.workspace.openTextDocument(uri).then(
          () => open(panel, uri),
          // The file is gone since the window was closed.
          () => panel.dispose(),
        );
      },
    }),
  );

  return {
    show: async (source) => {
      const known = pages.get(source.toString());
      if (known !== undefined) return known.panel.reveal(undefined, true);
      // An open document is what analyses follow.
      await vscode.workspace.openTextDocument(source);
      const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      open(vscode.window.createWebviewPanel(webviews.preview, '', place), source);
    },
    plan: (source) => pages.get(source.toString())?.controller.plan(),
    onDidTell: told.event,
    dispose: () => {
      for (const { panel } of pages.values()) panel.dispose();
      owned.dispose();
    },
  };
}

function createPage(
  panel: vscode.WebviewPanel,
  source: vscode.Uri,
  { analyses, catalogue, log }: PreviewParts,
  tell: () => void,
): Page {
  const controller = createPreviewController(
    (message) => {
      void panel.webview.postMessage(message);
      tell();
    },
    () => new Promise((resolve) => setImmediate(resolve)),
  );
  let last: LastSweep | undefined;
  const lastOf = (view: SweepView | undefined) => {
    if (view?.directory !== last?.directory) last = view && lastSweep(view);
    return last;
  };
  const update = () => {
    const analysis = analyses.get(source);
    if (analysis?.kind !== 'sweep-file') return;
    const earlier = earlierSweeps(catalogue, source.fsPath);
    controller
      .show({
        source: source.toString(),
        loaded: analysis.loaded,
        last: lastOf(earlier[0]),
        earlier: earlier.map(({ state }) => state),
        allowedParallel,
        isTrusted: vscode.workspace.isTrusted,
        locale: vscode.env.language,
      })
      .catch((error: unknown) => log.error(`preview of ${source.fsPath}: ${messageOf(error)}`));
  };
  panel.webview.onDidReceiveMessage((message: FromPreview) => {
    switch (message.type) {
      case 'run':
        return vscode.commands.executeCommand(commands.runSweep, source);
      case 'problem':
        return goToProblem(analyses, source, message.index);
      default:
        return controller.receive(message);
    }
  });
  return { source, panel, controller, update };
}

function lastSweep({ directory, header, params }: SweepView): LastSweep {
  return {
    directory,
    when: formatMoment(new Date(header.createdAt), new Date(), vscode.env.language),
    runs: { size: header.size, names: header.parameters, at: params },
  };
}

async function goToProblem(analyses: Analyses, source: vscode.Uri, index: number): Promise<void> {
  const analysis = analyses.get(source);
  const problem = analysis?.kind === 'sweep-file' ? analysis.loaded.diagnostics[index] : undefined;
  if (problem === undefined) return;
  const document = await vscode.workspace.openTextDocument(source);
  const editor = vscode.window.visibleTextEditors.find((one) => one.document === document);
  await vscode.window.showTextDocument(document, {
    ...(editor?.viewColumn === undefined ? {} : { viewColumn: editor.viewColumn }),
    selection: rangeIn(document, problem.range),
  });
}
