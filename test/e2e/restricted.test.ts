import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { startServer } from '../../scripts/vscode/server.ts';
import { controlledCommand } from '../rig/controlledCommand.ts';
import { recordedSweep } from '../rig/recordedSweep.ts';
import { expect, openWindow, test } from '../rig/test.ts';
import type { Window } from '../rig/window.ts';
import type { Workspace } from '../rig/workspace.ts';

const extension = process.env.MULTIRUN_EXTENSION ?? resolve(import.meta.dirname, '../..');

/** A window on a server that asks whether a folder is trusted, as on a desktop; nobody has said so of the workspace. */
async function restrictedWindow(
  browser: Browser,
  workspace: Workspace,
  onTestFinished: (work: () => Promise<void>) => void,
): Promise<Window> {
  const data = await mkdtemp(join(tmpdir(), 'multirun-restricted-'));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const server = await startServer({
    data,
    extension,
    workspaceTrust: true,
    settings: {
      'security.workspace.trust.startupPrompt': 'never',
      'workbench.editor.useModal': 'off',
      // A click on the icon of a view that has just opened by itself does not close it.
      'workbench.activityBar.iconClickBehavior': 'focus',
    },
  });
  onTestFinished(server.stop);
  const window = await openWindow(browser, server.url({ folder: workspace.folder }), workspace);
  onTestFinished(() => window.page.close());
  return window;
}

test('in Restricted Mode sweeps are read, and none is run', async ({
  browser,
  workspace,
  onTestFinished,
}) => {
  await recordedSweep(workspace.folder, 'study', [
    { params: { mass: 900 }, results: { speed: 1 } },
    { params: { mass: 1000 }, failure: { reason: 'exit-code', code: 3 } },
  ]);
  const window = await restrictedWindow(browser, workspace, onTestFinished);
  const { page } = window;

  await window.openView('Multirun');
  await window.toggle(/study/);
  await window.treeItem(/exit code 3 · mass=1000/);
  await window.treeItem(/^\s*study/).then((item) => item.click({ button: 'right' }));
  for (const name of ['Rerun All Runs…', 'Rerun Failed Runs', 'Resume Sweep', 'Apply Sweep File…']) {
    const entry = page.getByRole('menuitem', { name, exact: true });
    expect(await entry.getAttribute('aria-disabled'), name).toBe('true');
  }
  await window.screenshot('restricted-menu');
  await page.keyboard.press('Escape');
  await window.openView('Explorer');
  await window.explorer.open('lander.sweep.yaml');
  await page.locator('.codelens-decoration').getByText('Trust this workspace to run it').waitFor();
  await window.screenshot('restricted-editor');
  await window.explorer.rightClick('lander.sweep.yaml');
  const entry = page.getByRole('menuitem', { name: 'Run Sweep', exact: true });
  expect(await entry.getAttribute('aria-disabled')).toBe('true');
});

test('in Restricted Mode no sweep is taken up; as soon as the folder is trusted, it is', async ({
  browser,
  workspace,
  onTestFinished,
}) => {
  await using program = await controlledCommand();
  await workspace.write(
    'long.sweep.yaml',
    `cmd: ${JSON.stringify([...program.cmd, '${x}'])}\nparameters: {x: [1, 2]}\nrunner: {max_parallel: 1}\n`,
  );
  const window = await restrictedWindow(browser, workspace, onTestFinished);
  const trustEditor = async () => {
    await window.commandPalette('Workspaces: Manage Workspace Trust');
    return window.page.locator('.workspace-trust-editor');
  };
  const trust = async () => {
    await (await trustEditor()).getByRole('button', { name: /^Trust/ }).click();
    await window.commandPalette('View: Close All Editors');
  };
  const distrust = async () => {
    const entry = (await trustEditor()).locator('.monaco-list-row').filter({ hasText: workspace.folder });
    await entry.hover();
    // VS Code asks nobody before it opens the window anew.
    const reloaded = window.page.waitForEvent('load');
    await entry
      .locator('.codicon-close, .codicon-settings-remove, .codicon-trash, [aria-label*="elete"]')
      .first()
      .click();
    await reloaded;
    await window.viewTab('Multirun');
  };
  await trust();
  await window.explorer.rightClick('long.sweep.yaml');
  await window.menu('Run Sweep');
  const first = await program.next();
  await distrust();
  await window.openView('Multirun');
  await window.treeItem(/long\s*0\/2 · stopped/);
  first.exit(0);
  await window.treeItem(/long\s*1\/2 · stopped/);
  await window.screenshot('restricted-interrupted');
  expect(program.count).toBe(1);
  await trust();
  (await program.next()).exit(0);
  await window.openView('Multirun');
  await window.treeItem(/long\s*2 runs/);
});
