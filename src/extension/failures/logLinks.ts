import { basename, dirname, sep } from 'node:path';
import * as vscode from 'vscode';
import { placesInLine } from '../../core/failures/placesInLine.ts';
import { sourceOf } from '../../core/failures/sourceOf.ts';
import { runNames, sweepNames } from '../../core/sweepDirectory/layout.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { exists } from '../files.ts';
import { placeOfRun } from '../run/openNamed.ts';
import type { Catalogue } from '../sweeps/catalogue.ts';

const mostLines = 20_000;

/** Makes links of the files that logs name, where there are such files: to the originals of inputs. */
export function createLogLinks(catalogue: Catalogue): vscode.Disposable {
  const selector: vscode.DocumentSelector = {
    scheme: 'file',
    pattern: `**/{${runNames.stdout},${runNames.stderr}}`,
  };
  return vscode.languages.registerDocumentLinkProvider(selector, {
    provideDocumentLinks: async (document, cancellation) => {
      await catalogue.ready;
      const found = runOfLog(document.fileName, catalogue);
      return found === undefined ? [] : linksIn(document, found.view, found.run, cancellation);
    },
  });
}

async function linksIn(
  document: vscode.TextDocument,
  view: SweepView,
  run: number,
  cancellation: vscode.CancellationToken,
): Promise<vscode.DocumentLink[]> {
  const known = new Map<string, Promise<string | undefined>>();
  const fileOf = (file: string) => {
    let path = known.get(file);
    if (path === undefined) {
      path = existing(file, view, run);
      known.set(file, path);
    }
    return path;
  };
  const links: vscode.DocumentLink[] = [];
  for (let line = 0; line < Math.min(document.lineCount, mostLines); line++) {
    for (const place of placesInLine(document.lineAt(line).text)) {
      if (cancellation.isCancellationRequested) return [];
      const path = await fileOf(place.file);
      if (path === undefined) continue;
      const fragment = place.line === undefined ? '' : `L${place.line},${place.column ?? 1}`;
      const range = new vscode.Range(line, place.start, line, place.end);
      links.push(new vscode.DocumentLink(range, vscode.Uri.file(path).with({ fragment })));
    }
  }
  return links;
}

async function existing(file: string, view: SweepView, run: number): Promise<string | undefined> {
  const { path, used } = sourceOf(file, placeOfRun(view, run));
  if (await exists(path)) return path;
  return (await exists(used)) ? used : undefined;
}

/** The run that a log belongs to, also the log of an earlier attempt. */
export function runOfLog(path: string, catalogue: Catalogue): { view: SweepView; run: number } | undefined {
  let folder = dirname(path);
  if (basename(dirname(folder)) === runNames.attempts) folder = dirname(dirname(folder));
  const runs = dirname(folder);
  const view = basename(runs) === sweepNames.runDirectories ? catalogue.view(dirname(runs)) : undefined;
  const run = Number(basename(folder));
  if (view === undefined || !Number.isInteger(run)) return undefined;
  return view.runDirectory(run) === [runs, basename(folder)].join(sep) ? { view, run } : undefined;
}
