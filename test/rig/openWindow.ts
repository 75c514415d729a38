import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { Window } from './window.ts';
import type { Workspace } from './workspace.ts';

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
