/**
 * What an end-to-end test starts from.
 *
 *     import { expect, test } from '../rig/test.ts';
 *
 *     test('a right click runs a sweep', async ({ window, workspace }) => {
 *       await window.explorer.rightClick('lander.sweep.yaml');
 *       await window.menu('Run Sweep');
 *       await window.openView('Multirun');
 *       await window.treeItem(/0005/);
 *       await window.screenshot('tree');
 *     });
 *
 * `window` is a VS Code window on `workspace`, a fresh copy of test/fixtures/workspace; both are gone after the test. A file
 * that the test needs in the workspace before VS Code opens is written with `test.override('files', { 'a.yaml': '…' })`.
 * When a test fails, the window is photographed as failed-<test's name>.png.
 *
 * Every method of `window` waits, by itself, until it can be done or seen. For what is not there to be waited for, poll:
 * `await expect.poll(() => window.editorText()).toContain('…')`.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { inject, test as plainTest } from 'vitest';
import { launchChromium } from '../../scripts/vscode/chromium.ts';
import { Window } from './window.ts';
import { freshWorkspace, type Workspace } from './workspace.ts';

export { describe, expect } from 'vitest';

export const test = plainTest
  .extend('files', {} as Readonly<Record<string, string>>)
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern what a fixture needs.
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }) => {
    const browser = await launchChromium();
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('workspace', async ({ files }, { onCleanup }) => {
    const workspace = await freshWorkspace();
    onCleanup(() => workspace.remove());
    for (const [file, text] of Object.entries(files)) await workspace.write(file, text);
    return workspace;
  })
  .extend('window', async ({ browser, workspace, task }, { onCleanup }) => {
    const url = `${inject('editorUrl')}?${new URLSearchParams({ folder: workspace.folder })}`;
    const window = await openWindow(browser, url, workspace);
    onCleanup(async () => {
      if (task.result?.state === 'fail') await window.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`);
      await window.page.close();
    });
    return window;
  });

/** Opens a window and waits until the extension is part of it. */
export async function openWindow(browser: Browser, url: string, workspace: Workspace): Promise<Window> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const window = new Window(page, workspace);
  await page.goto(url);
  await window.explorer.root.waitFor();
  // The extension's icon comes with all its other contributions: menus opened earlier would lack them.
  await window.viewTab('Multirun');
  // Until this mark, VS Code takes every workspace for untrusted, and menus offer nothing that starts a program.
  await page.waitForFunction(
    () => performance.getEntriesByName('code/didCreateWorkbenchContributions/3').length > 0,
  );
  await untilWatched(window, workspace);
  return window;
}

/**
 * Of what is written before VS Code watches the folder it is never told: neither a file nor a setting. So files are written
 * until the Explorer shows one.
 */
async function untilWatched(window: Window, workspace: Workspace): Promise<void> {
  for (let count = 1; ; count++) {
    const name = `.watched-${count}`;
    const row = window.explorer.root.getByRole('treeitem', { name, exact: true });
    await workspace.write(name, '');
    const isShown = await row.waitFor({ timeout: 1000 }).then(
      () => true,
      () => false,
    );
    await rm(path.join(workspace.folder, name));
    if (isShown) return row.waitFor({ state: 'hidden' });
    if (count === 30) throw new Error('VS Code does not watch the folder that it has opened');
  }
}
