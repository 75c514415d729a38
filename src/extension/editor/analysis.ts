import * as vscode from 'vscode';
import { type LoadedSweepFile, loadSweepFile } from '../../core/loadSweepFile.ts';
import { createDelays } from '../delays.ts';
import type { Runners } from '../runners.ts';
import { messageOf } from '../text/messageOf.ts';
import { isSweepFile, sweepRecordedBy } from './sweepFiles.ts';

/** What is known of an open sweep file. */
export type Analysis =
  | { readonly kind: 'sweep-file'; readonly version: number; readonly loaded: LoadedSweepFile }
  /** A sweep's own copy of its sweep file: a record, not something to run or to correct. */
  | { readonly kind: 'record'; readonly directory: string };

/** Keeps what is known of all open sweep files up to date while they are typed. */
export interface Analyses extends vscode.Disposable {
  /** Fires when a document was looked at again, and when it was closed. */
  readonly onDidChange: vscode.Event<vscode.Uri>;
  /** As of the last look; undefined before the first one and for other documents. */
  get(uri: vscode.Uri): Analysis | undefined;
}

/** A large file is not looked at after each key stroke: the pause is as long as the last look took, within these bounds. */
const shortestPauseMs = 15;
const longestPauseMs = 500;
/** Where random values come from while nothing is launched: always the same, so that they stand still under the typing. */
const previewSeed = 0;

/** Looks at each open sweep file, unsaved text included, whenever it or the files around it change. */
export function createAnalyses(runners: Runners, log: vscode.LogOutputChannel): Analyses {
  const known = new Map<string, Analysis>();
  const delays = createDelays();
  const changes = new vscode.EventEmitter<vscode.Uri>();
  let pauseMs = shortestPauseMs;

  const look = async (document: vscode.TextDocument) => {
    const { version, uri } = document;
    const startedAt = performance.now();
    const analysis = await analyse(document, log);
    pauseMs = Math.min(longestPauseMs, Math.max(shortestPauseMs, performance.now() - startedAt));
    if (analysis === undefined || document.isClosed || document.version !== version) return;
    known.set(uri.toString(), analysis);
    changes.fire(uri);
  };

  const lookSoon = (document: vscode.TextDocument, delayMs: number) => {
    if (!isSweepFile(document.uri)) return;
    delays.start(document.uri.toString(), delayMs, () => void look(document));
  };

  const lookAtAll = () => {
    for (const document of vscode.workspace.textDocuments) lookSoon(document, 0);
  };

  const forget = ({ uri }: vscode.TextDocument) => {
    const key = uri.toString();
    delays.cancel(key);
    if (known.delete(key)) changes.fire(uri);
  };

  const owned = vscode.Disposable.from(
    changes,
    runners.onDidChange(lookAtAll),
    vscode.workspace.onDidOpenTextDocument((document) => lookSoon(document, 0)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => lookSoon(document, pauseMs)),
    vscode.workspace.onDidCloseTextDocument(forget),
    // Input files come and go elsewhere: these are the moments when a person looks at the sweep file again.
    vscode.workspace.onDidSaveTextDocument(lookAtAll),
    vscode.workspace.onDidCreateFiles(lookAtAll),
    vscode.workspace.onDidDeleteFiles(lookAtAll),
    vscode.workspace.onDidRenameFiles(lookAtAll),
    vscode.window.onDidChangeActiveTextEditor((editor) => editor && lookSoon(editor.document, 0)),
    vscode.window.onDidChangeWindowState(({ focused }) => focused && lookAtAll()),
  );
  lookAtAll();

  return {
    onDidChange: changes.event,
    get: (uri) => known.get(uri.toString()),
    dispose: () => {
      delays.dispose();
      owned.dispose();
    },
  };
}

async function analyse(
  document: vscode.TextDocument,
  log: vscode.LogOutputChannel,
): Promise<Analysis | undefined> {
  const path = document.uri.fsPath;
  try {
    const directory = await sweepRecordedBy(path);
    if (directory !== undefined) return { kind: 'record', directory };
    return {
      kind: 'sweep-file',
      version: document.version,
      loaded: await loadSweepFile(path, document.getText(), { seed: previewSeed }),
    };
  } catch (error) {
    log.error(`cannot be checked: ${path}: ${messageOf(error)}`);
    return undefined;
  }
}
