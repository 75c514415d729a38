import { watch } from 'node:fs';
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { LogName } from '../../core/failures/problem.ts';
import { runAt } from '../../core/runTable.ts';
import { runNames } from '../../core/sweepDirectory/layout.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import type { Analyst } from '../failures/analyst.ts';
import { commands } from '../ids.ts';
import type { Catalogue } from '../sweeps/catalogue.ts';
import type { ClusterQueue } from '../sweeps/clusterQueue.ts';
import { coalesce } from '../sweeps/coalesce.ts';
import { formatSize, oneLine } from '../text/format.ts';
import { messageOf } from '../text/messageOf.ts';
import type { RunNode } from '../tree/nodes.ts';
import { fillPanel } from '../webviewHtml.ts';
import { earlierAttempts } from './earlierAttempts.ts';
import { listFiles } from './listFiles.ts';
import { type LogTail, tailLog } from './logTail.ts';
import { openNamedFile, openNamedPlace } from './openNamed.ts';
import { runPage } from './page.ts';
import { pageErrorOf } from './pageError.ts';
import type { FromRunPage, ToRunPage } from './protocol.ts';
import { runTexts } from './texts.ts';

/** What the pages of runs are made from. */
export interface RunPageParts {
  /** The extension's own folder. */
  readonly extension: vscode.Uri;
  readonly catalogue: Catalogue;
  readonly analyst: Analyst;
  readonly cluster: ClusterQueue;
  readonly log: vscode.LogOutputChannel;
  /** Whether this window runs the sweep in a directory. */
  isOurs(directory: string): boolean;
}

/** A page with one run on it, which can be exchanged for another. */
export interface RunPanel extends vscode.Disposable {
  readonly panel: vscode.WebviewPanel;
  /** A kept page goes on showing its run when another is opened. */
  isKept: boolean;
  /** What it shows. */
  shown(): RunNode | undefined;
  show(node: RunNode): void;
}

const pageEveryMs = 150;
const filesEveryMs = 700;
const logsEveryMs = 60;
/** What no watcher reports, as on network file systems. */
const pollEveryMs = 1000;
const logNames: readonly LogName[] = ['stdout', 'stderr'];

/** Fills a webview panel with the page of a run, and keeps it up to date while it is visible. */
export function createRunPanel(panel: vscode.WebviewPanel, parts: RunPageParts): RunPanel {
  const { catalogue, extension, log } = parts;
  let node: RunNode | undefined;
  let isReady = false;
  /** The sweep whose files the page may load. */
  let root: string | undefined;
  let tails = new Map<LogName, LogTail>();
  let watched: { readonly directory: string; close(): void } | undefined;
  let isKept = false;

  const viewOf = () => (node === undefined ? undefined : catalogue.view(node.directory));
  const post = (message: ToRunPage) => void panel.webview.postMessage(message);
  /** Does something with what is shown; what fails is logged, and tried again at the next change. */
  const withRun = (work: (view: SweepView, run: number) => Promise<void>) => async () => {
    const view = viewOf();
    if (!isReady || node === undefined || view === undefined) return;
    try {
      await work(view, node.run);
    } catch (error) {
      log.error(`the page of run ${view.label(node.run)} of ${view.directory}: ${messageOf(error)}`);
    }
  };
  const isStill = (view: SweepView, run: number) => node?.directory === view.directory && node.run === run;

  const sendPage = withRun(async (view, run) => {
    const state = runAt(view.state.runs, run);
    const earlier = await earlierAttempts(view.runDirectory(run), Math.max(0, state.attempts - 1));
    const page = await runPage({
      view,
      run,
      earlier,
      error: state.status === 'failure' ? await pageErrorOf(view, run, parts.analyst) : undefined,
      isStartable: !view.live || parts.isOurs(view.directory),
      isOurs: parts.isOurs(view.directory),
      place: parts.cluster.place(view, run),
      now: Date.now(),
      locale: vscode.env.language,
    });
    if (!isStill(view, run)) return;
    post({
      type: 'page',
      key: { directory: view.directory, run, isKept },
      texts: runTexts(),
      page,
    });
  });

  const sendFiles = withRun(async (view, run) => {
    const directory = view.runDirectory(run);
    const { files, isCut, images } = await listFiles(directory, view.header.inputs);
    if (!isStill(view, run)) return;
    post({
      type: 'files',
      files,
      isCut,
      images: images.map(({ name, changedAt }) => ({
        name,
        address: panel.webview
          .asWebviewUri(vscode.Uri.file(join(directory, name)))
          .with({ query: String(changedAt) })
          .toString(),
      })),
    });
  });

  const sendLogs = withRun(async (view, run) => {
    for (const name of logNames) {
      const tail = tails.get(name) ?? tailLog(join(view.runDirectory(run), runNames[name]));
      tails.set(name, tail);
      const part = await tail.read();
      // Meanwhile the page may have got another run, with tails of its own.
      if (part === undefined || tails.get(name) !== tail) continue;
      const { size, ...rest } = part;
      post({ type: 'log', log: name, ...rest, size: formatSize(size) });
    }
  });

  const pageSoon = coalesce(pageEveryMs, sendPage);
  const filesSoon = coalesce(filesEveryMs, sendFiles);
  const logsSoon = coalesce(logsEveryMs, sendLogs);

  const follow = () => {
    const view = viewOf();
    const directory = view === undefined || node === undefined ? undefined : view.runDirectory(node.run);
    if (directory !== watched?.directory) {
      watched?.close();
      watched =
        directory === undefined
          ? undefined
          : watchRun(directory, () => {
              logsSoon.request();
              filesSoon.request();
            });
    }
  };
  const poll = setInterval(() => {
    const view = viewOf();
    if (!panel.visible || node === undefined || view === undefined) return;
    if (runAt(view.state.runs, node.run).status !== 'running') return;
    pageSoon.request();
    filesSoon.request();
    logsSoon.request();
  }, pollEveryMs);

  const sendAll = () => {
    tails = new Map();
    follow();
    void sendPage();
    void sendLogs();
    void sendFiles();
  };

  const receive = async (message: FromRunPage) => {
    const view = viewOf();
    if (message.type === 'ready') {
      isReady = true;
      return sendAll();
    }
    if (node === undefined || view === undefined) return;
    switch (message.type) {
      case 'action':
        return vscode.commands.executeCommand(commands[message.action], node);
      case 'open-file':
        return openNamedFile(view, node.run, message.name);
      case 'open-place':
        return openNamedPlace(view, node.run, message);
    }
  };

  const show = (wanted: RunNode) => {
    node = wanted;
    const view = viewOf();
    const label = view === undefined ? String(wanted.run) : view.label(wanted.run);
    panel.title = oneLine(`${view?.header.name ?? t('Run')} ${label}`, 60);
    // Setting options loads the page again, even when they are the same.
    if (root === wanted.directory) return sendAll();
    root = wanted.directory;
    isReady = false;
    fillPanel(panel, extension, 'run', vscode.Uri.file(root));
  };

  const owned = vscode.Disposable.from(
    panel.webview.onDidReceiveMessage((message: FromRunPage) =>
      Promise.resolve(receive(message)).catch((error: unknown) =>
        vscode.window.showErrorMessage(messageOf(error)),
      ),
    ),
    panel.onDidChangeViewState(() => {
      // A hidden page is gone; it says that it is ready when it is shown again.
      if (!panel.visible) isReady = false;
    }),
    parts.analyst.onDidChange((directory) => {
      if (directory === node?.directory) pageSoon.request();
    }),
    parts.cluster.onDidChange(() => pageSoon.request()),
    catalogue.onDidChange(({ changed }) => {
      if (node === undefined || !changed.includes(node.directory)) return;
      follow();
      pageSoon.request();
      logsSoon.request();
      filesSoon.request();
    }),
  );

  return {
    panel,
    get isKept() {
      return isKept;
    },
    set isKept(value) {
      isKept = value;
      pageSoon.request();
    },
    shown: () => node,
    show,
    dispose: () => {
      clearInterval(poll);
      watched?.close();
      for (const soon of [pageSoon, filesSoon, logsSoon]) soon.dispose();
      owned.dispose();
    },
  };
}

function watchRun(directory: string, changed: () => void) {
  try {
    const watcher = watch(directory, { persistent: false }, changed);
    watcher.on('error', () => watcher.close());
    return { directory, close: () => watcher.close() };
  } catch {
    // It does not exist yet, or the system has no watches left: the poll goes on, and the next change tries again.
    return undefined;
  }
}
