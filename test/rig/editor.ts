/**
 * The VS Code of the end-to-end tests: one server for all of them, started by vitest before the first test file and stopped
 * after the last one. Each test has a window of its own on it: see test.ts.
 *
 * Environment: `MULTIRUN_EXTENSION`, another extension's folder than the checkout.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startServer } from '../../scripts/vscode/server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the server's front door; a window's folder follows as its query. */
    readonly editorUrl: string;
  }
}

const settings = {
  // Where a test's own settings are written: see Window.set.
  'files.exclude': { '**/.vscode': true },
  'workbench.reduceMotion': 'on',
  // A click on the icon of a view that has just opened by itself does not close it.
  'workbench.activityBar.iconClickBehavior': 'focus',
};

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const extension = process.env.MULTIRUN_EXTENSION ?? path.resolve(import.meta.dirname, '../..');
  const data = await mkdtemp(path.join(tmpdir(), 'multirun-e2e-'));
  const server = await startServer({ data, settings, extension });
  project.provide('editorUrl', server.url());
  return async () => {
    await server.stop();
    await rm(data, { recursive: true, force: true });
  };
}
