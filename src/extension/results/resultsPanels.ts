import * as vscode from 'vscode';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { webviews } from '../ids.ts';
import { createResultsPanel, type ResultsParts } from './resultsPanel.ts';

/** The pages of results. */
export interface ResultsPanels extends vscode.Disposable {
  /** Shows the results of sweeps in one table: on the page that shows them already, or on a new one. */
  open(views: readonly SweepView[]): void;
}

/** Makes the pages of results; those of the last session come back. */
export function createResultsPanels(parts: ResultsParts): ResultsPanels {
  const pages = new Map<vscode.WebviewPanel, { readonly key: string; readonly page: vscode.Disposable }>();

  const fill = (panel: vscode.WebviewPanel, views: readonly SweepView[]) => {
    pages.set(panel, { key: keyOf(views), page: createResultsPanel(panel, views, parts) });
    panel.onDidDispose(() => {
      pages.get(panel)?.page.dispose();
      pages.delete(panel);
    });
  };

  const serializer = vscode.window.registerWebviewPanelSerializer(webviews.results, {
    deserializeWebviewPanel: async (panel, state: unknown) => {
      await parts.catalogue.ready;
      const { directories } = (state ?? {}) as { directories?: unknown };
      const views = Array.isArray(directories)
        ? directories.flatMap((directory) => parts.catalogue.view(String(directory)) ?? [])
        : [];
      if (views.length === 0) panel.dispose();
      else fill(panel, views);
    },
  });

  return {
    open: (views) => {
      if (views.length === 0) return;
      const known = [...pages].find(([, { key }]) => key === keyOf(views));
      if (known !== undefined) return known[0].reveal();
      // A table of a hundred thousand runs that is built again at each change of tabs is no help.
      const options = { retainContextWhenHidden: true };
      fill(vscode.window.createWebviewPanel(webviews.results, '', vscode.ViewColumn.Active, options), views);
    },
    dispose: () => {
      serializer.dispose();
      // Their panels stay: VS Code brings them back after a reload.
      for (const { page } of pages.values()) page.dispose();
    },
  };
}

function keyOf(views: readonly SweepView[]): string {
  return JSON.stringify(views.map(({ directory }) => directory).sort());
}
