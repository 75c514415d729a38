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
import { inject, test as plainTest } from 'vitest';
import { launchChromium } from '../../scripts/vscode/chromium.ts';
import { openWindow } from './openWindow.ts';
import { freshWorkspace } from './workspace.ts';

export { describe, expect } from 'vitest';
export { openWindow };

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
