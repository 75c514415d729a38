import { basename, dirname, join } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { normalise } from '../../core/failures/normalise.ts';
import type { LogName } from '../../core/failures/problem.ts';
import { runNames } from '../../core/sweepDirectory/layout.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { settings } from '../ids.ts';
import { linesBeforeEnd } from '../run/logTail.ts';
import { readSettings } from '../settings.ts';
import type { Catalogue } from '../sweeps/catalogue.ts';
import { coalesce } from '../sweeps/coalesce.ts';
import { formatParams, oneLine } from '../text/format.ts';
import { messageOf } from '../text/messageOf.ts';
import { runsText } from '../tree/labels.ts';
import type { RunNode } from '../tree/nodes.ts';
import { logBytes } from './analyseFailures.ts';
import type { Analyst, SweepFailures } from './analyst.ts';
import { createPlaceFinder, type SourcePlace } from './sourcePlaces.ts';

/** A line of a person's source at which runs of a sweep fail. */
interface FailingLine {
  readonly place: SourcePlace;
  /** What the runs say there, with "#" for what differs. */
  message: string;
  /** The runs, each with the place of what it says in its log. */
  readonly runs: { readonly run: number; readonly log: LogName; readonly line: number }[];
}

const shownRuns = 5;
const mostLinesOfSweep = 200;
const mostWatched = 200;
const againEveryMs = 300;

/** The diagnostics that say where runs fail. */
export interface Problems extends vscode.Disposable {
  /** A run that a diagnostic of ours tells of; undefined for any other diagnostic. */
  runOf(diagnostic: vscode.Diagnostic): RunNode | undefined;
}

/**
 * Puts what failed runs say of the person's sources into the Problems view: those of the newest sweep of each sweep file, as
 * long as the lines still say what the runs ran.
 */
export function createProblems(
  catalogue: Catalogue,
  analyst: Analyst,
  log: vscode.LogOutputChannel,
): Problems {
  const runs = new WeakMap<vscode.Diagnostic, RunNode>();
  const collection = vscode.languages.createDiagnosticCollection('multirun-failures');
  const show = async () => {
    try {
      const all = readSettings.problems() ? await diagnosticsOf(newestSweeps(catalogue), analyst, runs) : [];
      collection.clear();
      collection.set(all);
      for (const [uri] of all) watch(uri);
    } catch (error) {
      log.error(`where runs failed: ${messageOf(error)}`);
    }
  };
  const soon = coalesce(againEveryMs, show);
  /** Files whose lines may be mended, in the editor or elsewhere, and come back when that is undone. */
  const watched = new Map<string, vscode.Disposable>();
  const watch = ({ fsPath }: vscode.Uri) => {
    if (watched.has(fsPath) || watched.size >= mostWatched) return;
    const pattern = new vscode.RelativePattern(vscode.Uri.file(dirname(fsPath)), basename(fsPath));
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) event(soon.request);
    watched.set(fsPath, watcher);
  };
  const owned = vscode.Disposable.from(
    collection,
    soon,
    catalogue.onDidChange(({ list }) => {
      // The first question begins the work; its answer comes as a change.
      if (readSettings.problems())
        for (const { directory } of newestSweeps(catalogue)) analyst.failures(directory);
      if (list) soon.request();
    }),
    analyst.onDidChange(soon.request),
    { dispose: () => vscode.Disposable.from(...watched.values()).dispose() },
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(settings.problems)) soon.request();
    }),
  );
  return { runOf: (diagnostic) => runs.get(diagnostic), dispose: () => owned.dispose() };
}

/** The newest sweep of each sweep file, with failures or without. */
function newestSweeps(catalogue: Catalogue): SweepView[] {
  const newest = new Map<string, SweepView>();
  for (const entry of catalogue.entries()) {
    if (entry.kind !== 'sweep') continue;
    const { header } = entry.view;
    const key = header.sweepFile ?? `name ${header.name}`;
    if (!newest.has(key)) newest.set(key, entry.view);
  }
  return [...newest.values()].filter(({ state }) => state.counts.failure > 0);
}

async function diagnosticsOf(
  views: readonly SweepView[],
  analyst: Analyst,
  runs: WeakMap<vscode.Diagnostic, RunNode>,
): Promise<[vscode.Uri, vscode.Diagnostic[]][]> {
  const byFile = new Map<string, vscode.Diagnostic[]>();
  for (const view of views) {
    const failures = analyst.failures(view.directory);
    if (failures === undefined) continue;
    for (const failing of await failingLines(view, failures)) {
      const { path } = failing.place;
      const diagnostic = await diagnosticOf(view, failing);
      runs.set(diagnostic, { kind: 'run', directory: view.directory, run: failing.runs[0]?.run ?? 0 });
      byFile.set(path, [...(byFile.get(path) ?? []), diagnostic]);
    }
  }
  return [...byFile].map(([path, diagnostics]) => [vscode.Uri.file(path), diagnostics]);
}

/** The lines at which runs fail: of each problem, the innermost place that is the person's own. */
async function failingLines(view: SweepView, { errors }: SweepFailures): Promise<FailingLine[]> {
  const finder = createPlaceFinder();
  const lines = new Map<string, FailingLine>();
  for (const [run, { problems, log }] of errors) {
    for (const problem of problems) {
      const [place] = await finder.find(view, run, problem);
      if (place === undefined || place === 'gone' || log === undefined) continue;
      const key = `${place.path}\n${place.line}\n${normalise(problem.message)}`;
      const known = lines.get(key);
      const said = { run, log, line: problem.line };
      if (known !== undefined) {
        known.runs.push(said);
        if (known.message !== problem.message) known.message = normalise(problem.message);
      } else if (lines.size < mostLinesOfSweep)
        lines.set(key, { place, message: problem.message, runs: [said] });
    }
  }
  return [...lines.values()];
}

async function diagnosticOf(
  view: SweepView,
  { place, message, runs }: FailingLine,
): Promise<vscode.Diagnostic> {
  const range = new vscode.Range(place.line - 1, place.column - 1, place.line - 1, Number.MAX_SAFE_INTEGER);
  const failing = new Set(runs.map(({ run }) => run)).size;
  const diagnostic = new vscode.Diagnostic(
    range,
    `${message}\n${t('Fails in {0} of {1} of the sweep “{2}”.', failing, runsText(view.state.total), oneLine(view.header.name, 60))}`,
  );
  diagnostic.source = 'Multirun';
  diagnostic.relatedInformation = await Promise.all(
    runs.slice(0, shownRuns).map(async ({ run, log, line }) => {
      const path = join(view.runDirectory(run), runNames[log]);
      const position = new vscode.Position((await linesBeforeEnd(path, logBytes)) + line, 0);
      return new vscode.DiagnosticRelatedInformation(
        new vscode.Location(vscode.Uri.file(path), position),
        [t('run {0}', view.label(run)), formatParams(view.params(run), view.header.varying)]
          .filter((words) => words !== '')
          .join(': '),
      );
    }),
  );
  return diagnostic;
}
