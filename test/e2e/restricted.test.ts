import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startServer } from '../../scripts/vscode/server.ts';
import { recordedSweep } from '../rig/recordedSweep.ts';
import { expect, openWindow, test } from '../rig/test.ts';

const extension = process.env.MULTIRUN_EXTENSION ?? resolve(import.meta.dirname, '../..');

test('in Restricted Mode sweeps are read, and none is run', async ({
  browser,
  workspace,
  onTestFinished,
}) => {
  await recordedSweep(workspace.folder, 'study', [
    { params: { mass: 900 }, results: { speed: 1 } },
    { params: { mass: 1000 }, failure: { reason: 'exit-code', code: 3 } },
  ]);
  const data = await mkdtemp(join(tmpdir(), 'multirun-restricted-'));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const server = await startServer({
    data,
    extension,
    workspaceTrust: true,
    settings: { 'security.workspace.trust.startupPrompt': 'never' },
  });
  onTestFinished(server.stop);
  const window = await openWindow(browser, server.url({ folder: workspace.folder }), workspace);
  const { page } = window;
  onTestFinished(() => page.close());

  await window.openView('Multirun');
  await window.toggle(/study/);
  await window.treeItem(/exit code 3 · mass=1000/);
  await window.treeItem(/^\s*study/).then((item) => item.click({ button: 'right' }));
  await window.screenshot('restricted-menu');
  await page.keyboard.press('Escape');
  await window.openView('Explorer');
  await window.explorer.open('lander.sweep.yaml');
  await page.locator('.codelens-decoration').getByText('Trust this workspace to run it').waitFor();
  await window.screenshot('restricted-editor');
  await window.explorer.rightClick('lander.sweep.yaml');
  const entry = page.getByRole('menuitem', { name: 'Run Sweep' });
  expect(await entry.getAttribute('aria-disabled')).toBe('true');
});
