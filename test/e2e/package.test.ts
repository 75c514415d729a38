import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { startServer } from '../../scripts/vscode/server.ts';
import { expect, openWindow, test } from '../rig/test.ts';

const root = path.resolve(import.meta.dirname, '../..');

test('the packaged extension can be installed and runs a sweep', async ({
  browser,
  workspace,
  onTestFinished,
}) => {
  await promisify(execFile)(process.execPath, ['scripts/package.mjs'], { cwd: root });
  const data = path.join(workspace.folder, '..', 'vscode');
  const server = await startServer({ data, extension: path.join(root, 'multirun.vsix') });
  onTestFinished(() => server.stop());
  const window = await openWindow(browser, server.url({ folder: workspace.folder }), workspace);
  await window.explorer.rightClick('lander.sweep.yaml');
  await window.menu('Run Sweep');
  await window.openView('Multirun');
  await window.treeItem(/lander\s*6 runs/);
  expect((await window.treeItems()).filter((text) => text.startsWith('lander'))).toHaveLength(1);
});
