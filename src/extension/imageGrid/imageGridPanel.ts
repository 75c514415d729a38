import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { commands } from '../ids.ts';
import type { Catalogue } from '../sweeps/catalogue.ts';
import { coalesce } from '../sweeps/coalesce.ts';
import { oneLine } from '../text/format.ts';
import { messageOf } from '../text/messageOf.ts';
import { fillPanel } from '../webviewHtml.ts';
import { createGridImages } from './gridImages.ts';
import type { FromImageGrid, ToImageGrid } from './protocol.ts';
import { imageGridTexts } from './texts.ts';

/** What image grids are made from. */
export interface ImageGridParts {
  /** The extension's own folder. */
  readonly extension: vscode.Uri;
  readonly catalogue: Catalogue;
  readonly log: vscode.LogOutputChannel;
}

const newsEveryMs = 1000;

/** Fills a panel with the images of a sweep's runs, and keeps it up to date while it is visible. */
export function createImageGridPanel(
  panel: vscode.WebviewPanel,
  view: SweepView,
  { extension, catalogue, log }: ImageGridParts,
): vscode.Disposable {
  const { webview } = panel;
  const images = createGridImages(view);
  let chosen: string | undefined;
  let isReady = false;
  const post = (message: ToImageGrid) => void webview.postMessage(message);
  const addressOf = (path: string) => webview.asWebviewUri(vscode.Uri.file(path)).toString();

  const tell = async () => {
    const wanted = chosen;
    const content = await images.content(wanted, addressOf);
    // Meanwhile another one may have been chosen, which is told next.
    if (isReady && wanted === chosen) post(content);
  };
  const newsSoon = coalesce(newsEveryMs, async () => {
    if (!isReady || !panel.visible) return;
    try {
      await images.look();
      await tell();
    } catch (error) {
      log.error(`images of ${view.directory}: ${messageOf(error)}`);
    }
  });
  // What a running run draws is told by nobody.
  const clock = setInterval(() => {
    if (view.state.running.length > 0) newsSoon.request();
  }, newsEveryMs);

  const receive = async (message: FromImageGrid): Promise<unknown> => {
    switch (message.type) {
      case 'ready':
        isReady = true;
        chosen = message.file;
        post({
          type: 'sweep',
          directory: view.directory,
          name: view.header.name,
          texts: imageGridTexts(),
        });
        await images.look();
        return tell();
      case 'choose':
        chosen = message.file;
        return tell();
      case 'open-run':
        return vscode.commands.executeCommand(commands.openRun, {
          kind: 'run',
          directory: view.directory,
          run: message.run,
        });
    }
  };

  panel.title = oneLine(t('{0} images', view.header.name), 60);
  const owned = vscode.Disposable.from(
    webview.onDidReceiveMessage((message: FromImageGrid) =>
      receive(message).catch((error: unknown) => vscode.window.showErrorMessage(messageOf(error))),
    ),
    catalogue.onDidChange(({ changed }) => {
      if (changed.includes(view.directory)) newsSoon.request();
    }),
    panel.onDidChangeViewState(() => {
      // A hidden page is gone; it says that it is ready when it is shown again.
      if (!panel.visible) isReady = false;
    }),
  );
  fillPanel(panel, extension, 'imageGrid', vscode.Uri.file(view.directory));
  return {
    dispose: () => {
      clearInterval(clock);
      newsSoon.dispose();
      owned.dispose();
    },
  };
}
