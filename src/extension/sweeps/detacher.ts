import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type CarryOrder, carryDetached } from '../../core/detach.ts';
import { loadedRunnerModules, runnerModulesVariable } from '../../core/runnerModules.ts';
import { withoutEditor } from './environment.ts';
import { slurmVariables } from './sweepEnvironment.ts';

/** What a window needs to let others carry its sweeps, and to know them again. */
export interface Detacher {
  /** Lets a process of its own carry a sweep. Rejects with what core throws. */
  carry(order: CarryOrder): Promise<void>;
  /**
   * The word by which this workspace knows a sweep in this directory as its own, also after a restart. It differs for a
   * copy of the sweep elsewhere, and on another machine. Undefined in a window without a folder.
   */
  ownerOf(directory: string): string | undefined;
}

/** Makes what the window's own installation of the command line can do. */
export function createDetacher({
  extensionUri,
  storageUri,
}: Pick<vscode.ExtensionContext, 'extensionUri' | 'storageUri'>): Detacher {
  const program = [process.execPath, join(extensionUri.fsPath, 'dist', 'cli.js')];
  return {
    carry: (order) => carryDetached(order, { program, env: environment() }),
    ownerOf: (directory) =>
      storageUri &&
      createHash('sha256')
        .update([vscode.env.machineId, storageUri.fsPath, directory].join('\0'))
        .digest('hex')
        .slice(0, 32),
  };
}

/** On the desktop, the program that runs the extensions is the editor itself, and has to be told that it is to run a script. */
function environment(): NodeJS.ProcessEnv {
  // It has to find the same runners and programs.
  const env = {
    ...withoutEditor(process.env),
    ...slurmVariables(),
    [runnerModulesVariable]: loadedRunnerModules(),
  };
  return process.versions.electron === undefined ? env : { ...env, ELECTRON_RUN_AS_NODE: '1' };
}
