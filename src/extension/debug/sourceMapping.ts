import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { rewriteSources } from '../../core/debug/rewriteSources.ts';
import { sourceOf } from '../../core/failures/sourceOf.ts';
import { placeOfRun } from '../run/openNamed.ts';
import type { Catalogue } from '../sweeps/catalogue.ts';
import { placeInTry } from './debuggedRun.ts';

/** What a debug session of ours carries in its configuration. */
export interface DebuggedRun {
  readonly directory: string;
  readonly run: number;
  /** The directory in which the run is tried. */
  readonly cwd: string;
}

/** The key of a launch configuration that a {@link DebuggedRun} stands under. */
export const debuggedRunKey = '__multirun';

/**
 * Lets breakpoints in a person's files hold in the copies that a debugged run has of them, and shows those files where the
 * debugger stops in the copies. It changes the paths in the messages between VS Code and the debugger, whichever debugger
 * that is: debuggers themselves map at most one folder, and each in its own way.
 */
export function createSourceMapping(catalogue: Catalogue): vscode.Disposable {
  return vscode.debug.registerDebugAdapterTrackerFactory('*', {
    createDebugAdapterTracker: (session) => {
      const debugged = debuggedRunOf(session);
      const view = debugged && catalogue.view(debugged.directory);
      if (debugged === undefined || view === undefined) return undefined;
      const { cwd, run } = debugged;
      const place = { ...placeOfRun(view, run), runDirectory: cwd };
      return {
        onWillReceiveMessage: (message: unknown) =>
          rewriteSources(message, (path) => placeInTry(view, cwd, path) ?? path),
        onDidSendMessage: (
          message: unknown, // Others stand for code without a file, such as "<node_internals>/…".
        ) => rewriteSources(message, (path) => (isAbsolute(path) ? sourceOf(path, place).path : path)),
      };
    },
  });
}

/** What a session debugs, or the session that started it; undefined for a session that is not ours. */
function debuggedRunOf(session: vscode.DebugSession): DebuggedRun | undefined {
  for (let one: vscode.DebugSession | undefined = session; one !== undefined; one = one.parentSession) {
    const debugged: unknown = one.configuration[debuggedRunKey];
    if (debugged !== undefined) return debugged as DebuggedRun;
  }
  return undefined;
}
