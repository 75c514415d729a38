import * as vscode from 'vscode';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { webviews } from '../ids.ts';
import { createImageGridPanel, type ImageGridParts } from './imageGridPanel.ts';

/** The pages with images of runs. */
export interface ImageGrids extends vscode.Disposable {
  /** Shows the images of a sweep's runs: on the page that shows them already, or on a new one. */
  open(view: SweepView): void;
}

/** Makes the pages with images; those of the last session come back. */
export function createImageGrids(parts: ImageGridParts): ImageGrids {
  const pages = new Map<string, { readonly panel: vscode.WebviewPanel; readonly page: vscode.Disposable }>();

  const fill = (panel: vscode.WebviewPanel, view: SweepView) => {
    const page = createImageGridPanel(panel, view, parts);
    pages.set(view.directory, { panel, page });
    panel.onDidDispose(() => {
      page.dispose();
      pages.delete(view.directory);
    });
  };

  const serializer = vscode.window.registerWebviewPanelSerializer(webviews.imageGrid, {
    deserializeWebviewPanel: async (panel, state: unknown) => {
      await parts.catalogue.ready;
      const { directory } = (state ?? {}) as { directory?: unknown };
      const view = typeof directory === 'string' ? parts.catalogue.view(directory) : undefined;
      if (view === undefined) panel.dispose();
      else fill(panel, view);
    },
  });

  return {
    open: (view) => {
      const known = pages.get(view.directory);
      if (known !== undefined) return known.panel.reveal();
      fill(vscode.window.createWebviewPanel(webviews.imageGrid, '', vscode.ViewColumn.Active), view);
    },
    dispose: () => {
      serializer.dispose();
      // Their panels stay: VS Code brings them back after a reload.
      for (const { page } of pages.values()) page.dispose();
    },
  };
}
