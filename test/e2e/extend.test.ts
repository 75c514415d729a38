import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { controlledCommand } from '../rig/controlledCommand.ts';
import { describe, expect, test } from '../rig/test.ts';

const study = (values: string) => `cmd: [sh, -c, "test $0 != 1100 || exit 3", "\${mass}"]
parameters: {mass: ${values}}
`;

describe('an edited sweep file', () => {
  test.override('files', { 'study.sweep.yaml': study('[900, 1000, 1100]') });

  test('is applied to its sweep after a look at what becomes of each run', async ({ window, workspace }) => {
    await window.set('multirun.notifications', 'never');
    await window.explorer.rightClick('study.sweep.yaml');
    await window.menu('Run Sweep');
    await window.treeItem(/study\s*3 runs · 1 failed/);
    await workspace.write('study.sweep.yaml', study('[1000, 1100, 1200, 1300]'));
    await (await window.treeItem(/study/)).click({ button: 'right' });
    await window.screenshot('sweep-menu');
    await window.menu('Apply Sweep File…');
    const list = window.page.locator('.quick-input-list');
    await list.getByText('new in the sweep file').first().waitFor();
    const rows = await list.locator('.monaco-list-row').allTextContents();
    expect(rows.map((row) => row.replace(/\s+/g, ' ').trim())).toEqual([
      expect.stringContaining('Apply study.sweep.yaml and start 2 runs'),
      expect.stringContaining('Apply study.sweep.yaml and start 3 runs'),
      expect.stringContaining('List All in an Editor'),
      expect.stringMatching(/^3 mass=1200\s*new in the sweep file\s*Run · 2$/),
      expect.stringContaining('4 mass=1300'),
      expect.stringMatching(/^0 mass=900\s*succeeded; no longer in the sweep file\s*Stay as they are · 3$/),
      expect.stringMatching(/1 mass=1000.*succeeded/),
      expect.stringMatching(/2 mass=1100.*failed: exit code 3/),
    ]);
    await window.setTheme('light');
    await window.screenshot('apply-light');
    await window.setTheme('dark');
    await window.screenshot('apply-dark');
    await window.pick(/start 2 runs/);
    await window.treeItem(/study\s*5 runs · 1 failed/);
    await window.treeItem(/mass=1300/);
  });

  test('is explained in an editor; rerunning all is looked at first', async ({ window }) => {
    await window.set('multirun.notifications', 'never');
    await window.explorer.rightClick('study.sweep.yaml');
    await window.menu('Run Sweep');
    await window.treeItem(/study\s*3 runs · 1 failed/);
    await (await window.treeItem(/study/)).click({ button: 'right' });
    await window.menu('Show What Would Run…');
    await window.page.locator('.quick-input-list').getByText('1 of 3 runs').first().waitFor();
    await window.screenshot('what-would-run');
    await window.pick('Rerun Failed Runs');
    await window.pick(/List All in an Editor/);
    await window.editor('Rerun Failed Runs: study');
    await expect.poll(() => window.editorText()).toContain('2  failed: exit code 3  mass=1100');
    await window.commandPalette('Multirun: Rerun All Runs…');
    await window.pick(/Start 3 runs/);
    await (await window.treeItem(/^\s*2/)).click();
    await window.editor('study 2');
    await (await window.webview()).getByText('Earlier attempts').waitFor();
  });
});

test('a sweep that runs elsewhere is extended, paused, resumed and cut short from the tree', async ({
  window,
  workspace,
}) => {
  await using program = await controlledCommand();
  const text = (values: string) =>
    `cmd: ${JSON.stringify([...program.cmd, '${x}'])}\nparameters: {x: ${values}}\nrunner: {max_parallel: 1}\n`;
  await workspace.write('far.sweep.yaml', text('[1, 2, 3]'));
  await window.openView('Multirun');
  const cli = spawn(process.execPath, [resolve('src/cli/main.ts'), 'run', 'far.sweep.yaml'], {
    cwd: workspace.folder,
    stdio: 'ignore',
  });
  const ended = once(cli, 'exit');
  const first = await program.next();
  await window.treeItem(/far\s*0\/3/);
  await window.treeAction(/far/, 'Pause Sweep');
  await window.treeItem(/far\s*0\/3 · paused/);
  await window.treeAction(/far/, 'Resume Sweep');
  first.exit(0);
  const second = await program.next();
  await window.treeItem(/far\s*1\/3 ·(?! paused)/);

  await workspace.write('far.sweep.yaml', text('[1, 2, 3, 4, 5]'));
  await (await window.treeItem(/far/)).click({ button: 'right' });
  await window.menu('Apply Sweep File…');
  await window.pick(/start 3 runs/);
  await ended;
  await window.treeItem(/far\s*1\/5/);
  second.exit(0);
  const third = await program.next();
  expect(third.args).toEqual(['3']);
  await window.treeItem(/far\s*2\/5/);
  await window.treeAction(/far/, 'Cancel Sweep…');
  await window.page.getByText('Stop the sweep “far”?').waitFor();
  await window.screenshot('cancel-choices');
  await window.answer('Skip Pending Runs');
  await window.treeItem(/far\s*4\/5 · 2 skipped/);
  third.exit(0);
  await window.treeItem(/far\s*5 runs · 2 skipped/);
  expect(program.count).toBe(3);
});
