import { recordedSweep } from '../rig/recordedSweep.ts';
import { expect, test } from '../rig/test.ts';

const soon = { timeout: 30_000 };

/** A sweep of three runs, as it came out with one or another solver. */
function study(shift: number) {
  return [900, 1000, 1100].map((mass) => ({
    params: { mass, engine: 'merlin', solver: { kind: 'euler', order: 1 } },
    results: { speed: mass / 1000 + shift, landed: mass < 1100, steps: 120 },
    stdout: `2026-11-24 08:00:0${mass % 7} started\nmass ${mass}\ndone\n`,
    stderr: '',
  }));
}

test('two runs are compared, value by value and file by file', async ({ window, workspace }) => {
  await window.setTheme('dark');
  await window.openView('Multirun');
  await recordedSweep(workspace.folder, 'study', study(0));
  await window.toggle(/study/);
  await (await window.treeItem(/mass=900/)).click();
  await window.page.keyboard.down('Control');
  await (await window.treeItem(/mass=1000/)).click();
  await window.page.keyboard.up('Control');
  await (await window.treeItem(/mass=1000/)).click({ button: 'right' });
  await window.menu('Compare Runs');
  await window.editor('Compare two runs');
  const page = await window.webview();
  await page.getByRole('row', { name: /^mass 900 1000 \+100/ }).waitFor();
  await page.getByRole('row', { name: /^speed 0\.9 1 \+0\.1 \(\+11\.1 %\)/ }).waitFor();
  expect(await page.getByRole('row', { name: /^engine/ }).count()).toBe(0);
  await window.screenshots('compare-two-runs');
  await window.setTheme('light');
  await page.getByText('Show what is the same').click();
  await page.getByRole('row', { name: /^solver\.kind euler euler/ }).waitFor();
  await page.getByText('Compare files without times').click();
  await page.getByRole('button', { name: 'stdout.log' }).click();
  await window.editor(/stdout\.log: run 0 ↔ run 1/);
  await window.page.locator('.diff-editor, .monaco-diff-editor').first().waitFor();
  await expect
    .poll(() => window.page.locator('.monaco-diff-editor .view-lines').last().textContent(), soon)
    .toContain('<time>');
  await window.screenshot('compare-diff-light');
});

test('many runs are one table of what differs', async ({ window, workspace }) => {
  await window.setTheme('dark');
  await window.openView('Multirun');
  await recordedSweep(workspace.folder, 'study', study(0));
  await window.toggle(/study/);
  await (await window.treeItem(/mass=900/)).click();
  await window.page.keyboard.down('Shift');
  await (await window.treeItem(/mass=1100/)).click();
  await window.page.keyboard.up('Shift');
  await (await window.treeItem(/mass=1100/)).click({ button: 'right' });
  await window.menu('Compare Runs');
  const page = await window.webview();
  await page.getByRole('heading', { name: 'Compare 3 runs' }).waitFor();
  await page.getByRole('row', { name: /^landed true true false/ }).waitFor();
  await window.screenshots('compare-many');
});

test('two sweeps are compared run by run', async ({ window, workspace }) => {
  await window.setTheme('dark');
  await window.openView('Multirun');
  await recordedSweep(workspace.folder, 'study', study(0));
  await window.treeItem(/study/);
  await recordedSweep(workspace.folder, 'study-again', [...study(0).slice(0, 1), ...study(0.05).slice(1)]);
  await (await window.treeItem(/^\s*study\s*3/)).click();
  await window.page.keyboard.down('Control');
  await (await window.treeItem(/study-again/)).click();
  await window.page.keyboard.up('Control');
  await (await window.treeItem(/study-again/)).click({ button: 'right' });
  await window.menu('Compare Sweeps');
  const page = await window.webview();
  await page.getByText('3 runs matched by mass, engine, solver.kind, solver.order; 2 changed').waitFor();
  await page.getByRole('row', { name: /mass=1000 speed 1 1\.05 \+0\.05 \(\+5 %\)/ }).waitFor();
  await window.screenshots('compare-sweeps');
});
