import * as vscode from 'vscode';
import { type RunnerApi, runnerApi } from '../core/runnerApi.ts';
import { loadRunnerModule } from '../core/runnerModules.ts';
import { settings } from './ids.ts';
import { readSettings } from './settings.ts';
import { messageOf } from './text/messageOf.ts';

/** What other extensions get from this one's `activate`: they bring runners with it. */
export interface ExtensionRunnerApi extends RunnerApi {
  /**
   * Loads a runner module, whose default export takes this API. Runners that come this way are found by processes of their own
   * too, which carry sweeps on when the window closes. Rejects with a MultirunError that names the module.
   */
  readonly loadRunnerModule: typeof loadRunnerModule;
}

/** The runners that others bring. */
export interface Runners extends vscode.Disposable {
  readonly api: ExtensionRunnerApi;
  /** Fires when a type was registered or taken away. */
  readonly onDidChange: vscode.Event<void>;
  /** Resolves when the modules of the setting are loaded, as far as they can be. */
  readonly ready: Promise<void>;
}

/** Loads the modules of the setting `runnerModules`, now and whenever it changes, and lets other extensions register runners. */
export function createRunners(log: vscode.LogOutputChannel): Runners {
  const changes = new vscode.EventEmitter<void>();
  const loadConfigured = async () => {
    for (const path of readSettings.runnerModules()) {
      try {
        await loadRunnerModule(path);
        log.info(`runner module: ${path}`);
      } catch (error) {
        log.error(messageOf(error));
        // Nobody waits for an answer.
        void vscode.window.showErrorMessage(messageOf(error));
      }
    }
    changes.fire();
  };
  const configured = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(settings.runnerModules)) void loadConfigured();
  });
  return {
    onDidChange: changes.event,
    ready: loadConfigured(),
    api: {
      ...runnerApi,
      registerRunner: (type, factory) => {
        const registered = runnerApi.registerRunner(type, factory);
        log.info(`runner: ${type}`);
        changes.fire();
        return {
          dispose: () => {
            registered.dispose();
            changes.fire();
          },
        };
      },
      loadRunnerModule: async (path) => {
        await loadRunnerModule(path);
        changes.fire();
      },
    },
    dispose: () => vscode.Disposable.from(configured, changes).dispose(),
  };
}
