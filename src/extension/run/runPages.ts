import * as vscode from 'vscode';
import { contextKeys, webviews } from '../ids.ts';
import type { RunNode } from '../tree/nodes.ts';
import { createRunPanel, type RunPageParts, type RunPanel } from './runPanel.ts';

/** The pages of runs. */
export interface RunPages extends vscode.Disposable {
  /** Shows a run: on the page that shows it already, or on the one that is not kept, or on a new one. */
  open(node: RunNode): void;
  /** Keeps the page in front, so that the next run opens on another one. */
  keep(): void;
}

/** Two clicks on a run within this time are a double click, which keeps the page as it keeps any editor. */
const doubleClickMs = 400;

/** Makes the pages of runs; those of the last session come back. */
export function createRunPages(parts: RunPageParts): RunPages {
  const pages = new Set<RunPanel>();
  let opened = { node: undefined as RunNode | undefined, at: 0 };

  const showKept = () => {
    const active = [...pages].find(({ panel }) => panel.active);
    void vscode.commands.executeCommand('setContext', contextKeys.runPageKept, active?.isKept ?? false);
  };
  const add = (panel: vscode.WebviewPanel): RunPanel => {
    const page = createRunPanel(panel, parts);
    pages.add(page);
    panel.onDidDispose(() => {
      pages.delete(page);
      page.dispose();
    });
    panel.onDidChangeViewState(showKept);
    return page;
  };
  const keep = (page: RunPanel) => {
    page.isKept = true;
    showKept();
  };

  const open = (node: RunNode) => {
    const isDouble = isSame(opened.node, node) && Date.now() - opened.at < doubleClickMs;
    opened = { node, at: Date.now() };
    const known = [...pages].find((page) => isSame(page.shown(), node));
    const page = known ?? [...pages].find(({ isKept }) => !isKept) ?? add(newPanel());
    if (page !== known) page.show(node);
    if (isDouble) keep(page);
    // The keyboard stays in the tree, where the next run is.
    page.panel.reveal(undefined, true);
    showKept();
  };

  const serializer = vscode.window.registerWebviewPanelSerializer(webviews.run, {
    deserializeWebviewPanel: async (panel, state: unknown) => {
      await parts.catalogue.ready;
      const key = state as { directory?: unknown; run?: unknown; isKept?: unknown } | undefined;
      if (
        typeof key?.directory !== 'string' ||
        typeof key.run !== 'number' ||
        parts.catalogue.view(key.directory) === undefined
      ) {
        panel.dispose();
        return;
      }
      const page = add(panel);
      page.isKept = key.isKept === true;
      page.show({ kind: 'run', directory: key.directory, run: key.run });
      showKept();
    },
  });

  return {
    open,
    keep: () => {
      for (const page of pages) if (page.panel.active) keep(page);
    },
    dispose: () => {
      serializer.dispose();
      // Their panels stay: VS Code brings them back after a reload.
      for (const page of pages) page.dispose();
    },
  };
}

function newPanel(): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(
    webviews.run,
    '',
    { viewColumn: vscode.ViewColumn.Active, preserveFocus: true },
    { enableFindWidget: true },
  );
}

function isSame(a: RunNode | undefined, b: RunNode): boolean {
  return a?.directory === b.directory && a.run === b.run;
}
