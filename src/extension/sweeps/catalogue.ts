import { sep } from 'node:path';
import PQueue from 'p-queue';
import * as vscode from 'vscode';
import { isOnCluster } from '../../core/askSweep.ts';
import { openSweep } from '../../core/sweepDirectory/readSweep.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { messageOf } from '../text/messageOf.ts';
import { findSweeps, isSweepDirectory, watchSweeps } from './discovery.ts';
import { inTurn } from './inTurn.ts';
import { journalThread } from './journalThread.ts';
import { type Tail, tailSweep } from './tail.ts';

/** A sweep directory that this window knows of. */
export type CatalogueEntry =
  | { readonly kind: 'sweep'; readonly directory: string; readonly view: SweepView }
  | { readonly kind: 'broken'; readonly directory: string; readonly reason: string };

/** What became different. */
export interface CatalogueChange {
  /** Whether sweeps came or went. */
  readonly list: boolean;
  /** Directories of the sweeps that something happened to. */
  readonly changed: readonly string[];
}

/** The sweeps of this window's workspace, and those elsewhere that it was told of. */
export interface Catalogue extends vscode.Disposable {
  /** Resolves when the workspace has been looked through once. */
  readonly ready: Promise<void>;
  readonly onDidChange: vscode.Event<CatalogueChange>;
  /** Newest first. */
  entries(): readonly CatalogueEntry[];
  /** What is known of a directory. */
  entry(directory: string): CatalogueEntry | undefined;
  /** The sweep in a directory, if it is known and can be read. */
  view(directory: string): SweepView | undefined;
  /** The sweeps that somebody runs now, newest first. */
  live(): readonly SweepView[];
  /** The live ones, and those whose writer is gone while some of their runs go on, or are in a cluster's queue. */
  active(): readonly SweepView[];
  /** Reads a sweep directory again, or for the first time; forgets it when it is gone. */
  update(directory: string): Promise<void>;
  /** Looks through the workspace again. */
  rescan(): Promise<void>;
}

/** Finds sweeps, holds one view of each, and follows those that are live. */
export function createCatalogue(extension: vscode.Uri, log: vscode.LogOutputChannel): Catalogue {
  const readJournal = journalThread(vscode.Uri.joinPath(extension, 'dist', 'journalWorker.js').fsPath);
  const entries = new Map<string, CatalogueEntry>();
  const tails = new Map<string, Tail>();
  const changes = new vscode.EventEmitter<CatalogueChange>();
  const updates = new PQueue({ concurrency: 4 });
  let sorted: readonly CatalogueEntry[] | undefined;

  const put = (entry: CatalogueEntry) => {
    entries.set(entry.directory, entry);
    sorted = undefined;
    follow(entry);
    changes.fire({ list: true, changed: [entry.directory] });
  };

  const forget = (directory: string) => {
    tails.get(directory)?.dispose();
    tails.delete(directory);
    if (!entries.delete(directory)) return;
    sorted = undefined;
    log.info(`gone: ${directory}`);
    changes.fire({ list: true, changed: [] });
  };

  const follow = (entry: CatalogueEntry) => {
    const { directory } = entry;
    if (entry.kind === 'broken' || !isActive(entry.view)) {
      tails.get(directory)?.dispose();
      tails.delete(directory);
    } else if (!tails.has(directory)) {
      tails.set(
        directory,
        tailSweep(entry.view, () => update(directory)),
      );
    }
  };

  const read = async (directory: string): Promise<void> => {
    if (!(await isSweepDirectory(directory))) return forget(directory);
    const known = entries.get(directory);
    if (known?.kind === 'sweep') {
      const changed = await known.view.refresh();
      follow(known);
      if (changed) changes.fire({ list: false, changed: [directory] });
      return;
    }
    put({ kind: 'sweep', directory, view: await openSweep(directory, { readJournal }) });
    log.info(`found: ${directory}`);
  };

  const readOrSayWhyNot = async (directory: string): Promise<void> => {
    try {
      await read(directory);
    } catch (error) {
      const reason = messageOf(error);
      const known = entries.get(directory);
      if (known?.kind === 'broken' && known.reason === reason) return;
      log.warn(`cannot be read: ${directory}: ${reason}`);
      put({ kind: 'broken', directory, reason });
    }
  };

  const update = inTurn((directory) => updates.add(() => readOrSayWhyNot(directory)));

  const rescan = async () => {
    const found = await findSweeps();
    await Promise.all([...new Set([...found, ...entries.keys()])].map(update));
  };
  const watching = watchSweeps({
    touched: (directory) => void update(directory),
    deleted: (path) => {
      for (const directory of entries.keys()) {
        if (`${directory}${sep}`.startsWith(`${path}${sep}`)) void update(directory);
      }
    },
  });
  const ready = rescan().catch((error: unknown) =>
    log.error(`the workspace cannot be searched: ${messageOf(error)}`),
  );

  const newestFirst = () => {
    sorted ??= [...entries.values()].sort((a, b) => createdAt(b) - createdAt(a));
    return sorted;
  };
  const views = () => newestFirst().flatMap((entry) => (entry.kind === 'sweep' ? [entry.view] : []));

  return {
    ready,
    onDidChange: changes.event,
    entries: newestFirst,
    entry: (directory) => entries.get(directory),
    view: (directory) => {
      const entry = entries.get(directory);
      return entry?.kind === 'sweep' ? entry.view : undefined;
    },
    live: () => views().filter(({ live }) => live),
    active: () => views().filter(isActive),
    update,
    rescan,
    dispose: () => {
      for (const tail of tails.values()) tail.dispose();
      updates.clear();
      vscode.Disposable.from(watching, changes).dispose();
    },
  };
}

function isActive(view: SweepView): boolean {
  return view.live || view.state.running.length > 0 || isOnCluster(view);
}

function createdAt(entry: CatalogueEntry): number {
  return entry.kind === 'sweep' ? Date.parse(entry.view.header.createdAt) : 0;
}
