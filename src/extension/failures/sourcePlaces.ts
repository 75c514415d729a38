import { readFile, realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import * as vscode from 'vscode';
import { movedLine } from '../../core/failures/movedLine.ts';
import type { Place, Problem } from '../../core/failures/problem.ts';
import { sourceOf } from '../../core/failures/sourceOf.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { exists, sizeOf } from '../files.ts';
import { placeOfRun } from '../run/openNamed.ts';

/** A place in a person's own source, counted from 1. */
export interface SourcePlace {
  /** Absolute path. */
  readonly path: string;
  readonly line: number;
  /** Where the log does not say, that of the line's first letter. */
  readonly column: number;
  readonly function: string | undefined;
}

/** Code that nobody here wrote. */
const foreign = /[/\\](?:node_modules|site-packages|dist-packages|\.venv|venv|\.julia|\.cargo|\.rustup)[/\\]/;
const largestSource = 2_000_000;

/** Finds places in people's sources; each file is read once by each finder. */
export interface PlaceFinder {
  /**
   * Those of a problem's places that lie in the person's own sources, innermost first; `gone` where the source has another
   * line by now than the run had.
   */
  find(view: SweepView, run: number, problem: Problem): Promise<(SourcePlace | 'gone')[]>;
}

/** Makes a finder for one look at a sweep. */
export function createPlaceFinder(): PlaceFinder {
  const texts = new Map<string, Promise<readonly string[] | undefined>>();
  const linesOf = (path: string) => {
    let lines = texts.get(path);
    if (lines === undefined) {
      lines = readLines(path);
      texts.set(path, lines);
    }
    return lines;
  };

  const locate = async (
    view: SweepView,
    run: number,
    place: Place,
  ): Promise<SourcePlace | 'gone' | undefined> => {
    const { path, used } = sourceOf(place.file, placeOfRun(view, run));
    const isInput = used !== path || view.header.inputs.some((input) => isWithin(path, input.path));
    if (foreign.test(path) || (!isInput && !(await isInWorkspace(path))) || isWithin(path, view.directory))
      return undefined;
    const now = await linesOf(path);
    if (now === undefined) return 'gone';
    const before = used === path ? now : await linesOf(used);
    const line = before === undefined ? place.line : movedLine(before, now, place.line);
    if (line === undefined || line > now.length) return 'gone';
    const column = place.column ?? Math.max(0, now[line - 1]?.search(/\S/) ?? 0) + 1;
    return { path, line, column, function: place.function };
  };

  return {
    find: async (view, run, { places }) => {
      const found = await Promise.all(places.map((place) => locate(view, run, place)));
      return found.filter((place) => place !== undefined);
    },
  };
}

async function readLines(path: string): Promise<readonly string[] | undefined> {
  const size = await sizeOf(path);
  if (size === undefined || size > largestSource) return undefined;
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text?.split(/\r?\n/);
}

async function isInWorkspace(path: string): Promise<boolean> {
  if (vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path)) !== undefined) return true;
  if (!(await exists(path))) return false;
  // The workspace may have been opened through a link.
  const real = await realpath(path);
  const folders = vscode.workspace.workspaceFolders ?? [];
  const roots = await Promise.all(folders.map(({ uri }) => realpath(uri.fsPath).catch(() => uri.fsPath)));
  return roots.some((root) => isWithin(real, root));
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}
