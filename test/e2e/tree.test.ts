import { controlledCommand } from '../rig/controlledCommand.ts';
import { recordedSweep } from '../rig/recordedSweep.ts';
import { expect, test } from '../rig/test.ts';

const soon = { timeout: 30_000 };

test('sweeps of any size open at once', async ({ window, workspace }) => {
  await window.setTheme('dark');
  await window.openView('Multirun');
  const large = Array.from({ length: 10_000 }, (_, run) => ({
    params: { seed: run, angle: run / 100 },
    ...(run % 903 === 0 && run > 0 ? { failure: { reason: 'exit-code', code: 1 } as const } : {}),
  }));
  await recordedSweep(workspace.folder, 'montecarlo', large);
  await recordedSweep(workspace.folder, 'study', [
    {
      params: { mass: 900, engine: 'merlin' },
      results: { speed: 0.61, landed: true },
      stdout: 'touched down\n',
    },
    { params: { mass: 1000, engine: 'merlin' }, failure: { reason: 'exit-code', code: 3 } },
    { params: { mass: 1100, engine: 'raptor' }, failure: { reason: 'signal', signal: 'SIGKILL' } },
    { params: { mass: 1200, engine: 'raptor' }, failure: { reason: 'timeout', timeoutMs: 30_000 } },
    { params: { mass: 1300, engine: 'raptor' }, pending: true },
  ]);
  // The newest sweep stands first, and moves the others down when it is found.
  await window.treeItem(/study/);
  await window.toggle(/montecarlo/);
  await window.treeItem(/^0000 – 0099/);
  await window.toggle(/^0900 – 0999/);
  await window.treeItem(/^0903/);
  await window.screenshot('tree-groups-dark');

  await window.toggle(/montecarlo/);
  await window.toggle(/study/);
  const first = await window.treeItem(/mass=900/);
  expect(await window.hover(first)).toContain('speed:  0.61');
  await window.screenshot('tree-tooltip-dark');

  await window.setTheme('light');
  await first.click({ button: 'right' });
  await window.screenshot('tree-run-menu-light');
  await window.page.keyboard.press('Escape');
  await (await window.treeItem(/study/)).click({ button: 'right' });
  await window.screenshot('tree-sweep-menu-light');
  await window.page.keyboard.press('Escape');

  await window.viewAction('Filter Runs');
  expect(await window.menuEntries()).toEqual(['All Runs\u2003✓', 'Failed Runs', 'Running Runs']);
  await window.screenshot('tree-filter-menu-light');
  await window.menu(/Failed Runs/);
  await window.page.getByText('Only failed runs are shown.').waitFor();
  await expect.poll(async () => (await window.treeItems()).length, soon).toBe(6);
  await window.screenshot('tree-failed-only-light');
  await window.viewAction('Filter Runs');
  await window.screenshot('tree-filter-menu-active-light');
  await window.menu(/Running Runs/);
  await window.page.getByText('Nothing is running.').waitFor();
  await window.screenshot('tree-nothing-running-light');
  await window.page.getByRole('button', { name: 'Show All Runs' }).first().click();
  await window.treeItem(/montecarlo/);
});

test('runs are run again and cancelled, and a sweep is deleted', async ({ window, workspace }) => {
  await using program = await controlledCommand();
  await window.setTheme('dark');
  await recordedSweep(
    workspace.folder,
    'study',
    [
      { params: { mass: 900 } },
      { params: { mass: 1000 }, failure: { reason: 'exit-code', code: 3 } },
      { params: { mass: 1100 }, failure: { reason: 'exit-code', code: 3 } },
    ],
    [...program.cmd, '${mass}'],
  );
  await window.openView('Multirun');
  await window.toggle(/study/);
  await (await window.treeItem(/study/)).click({ button: 'right' });
  await window.menu('Rerun Failed Runs');
  const again = [await program.next(), await program.next()];
  expect(again.flatMap(({ args }) => args).sort()).toEqual(['1000', '1100']);
  await window.statusBar(/study 1\/3/);
  // With the last failure its row goes.
  await window.page.locator('.sidebar').getByText('Why did they fail?').waitFor({ state: 'hidden' });
  await window.treeItem(/mass=1100 · .*attempt 2/);

  await window.treeAction(/mass=1100/, 'Cancel Run');
  await window.treeItem(/cancelled · mass=1100/);
  again.find(({ args }) => args[0] === '1000')?.exit(0);
  await window.notification(/study: 2 succeeded, 1 failed of 3 runs/);
  await window.treeItem(/mass=1000 · .* · attempt 2/);
  await window.screenshot('tree-rerun-dark');

  await (await window.treeItem(/study/)).click();
  await window.page.keyboard.press('Delete');
  await window.page.getByText('Delete the sweep “study” with its 3 runs?').waitFor();
  await window.screenshot('delete-question');
  await window.answer('Move to Trash');
  await window.answer('Delete Permanently');
  await window.page.getByText('No sweeps here yet.').waitFor();
});

test('a run leads to its directory, in the Explorer and in a terminal', async ({ window, workspace }) => {
  await recordedSweep(workspace.folder, 'study', [
    { params: { mass: 900 }, stdout: 'touched down\n' },
    { params: { mass: 1000 }, stdout: 'touched down\n' },
  ]);
  await window.openView('Multirun');
  await window.toggle(/study/);
  await (await window.treeItem(/mass=1000/)).click({ button: 'right' });
  await window.menu('Open in Terminal');
  const terminal = window.page.locator('.terminal-tab, .single-terminal-tab').filter({ hasText: 'study 1' });
  await terminal.first().waitFor();
  await window.screenshot('terminal');
  await (await window.treeItem(/mass=1000/)).click({ button: 'right' });
  await window.menu('Reveal in Explorer');
  await window.explorer.file('params.json');
  await window.explorer.file('stdout.log');
});

test('the view is readable in a narrow side bar', async ({ window, workspace }) => {
  await recordedSweep(workspace.folder, 'sensitivity of the landing speed', [
    { params: { mass: 900, thrust: 1.4, angle: 0.25 } },
    { params: { mass: 900, thrust: 1.6, angle: 0.5 }, failure: { reason: 'exit-code', code: 3 } },
  ]);
  await window.openView('Multirun');
  await window.toggle(/sensitivity/);
  const sash = window.page.locator('.monaco-sash.vertical').first();
  const box = await window.page.locator('.sidebar').boundingBox();
  await window.page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) + 2, 400);
  await window.page.mouse.down();
  await window.page.mouse.move(230, 400, { steps: 5 });
  await window.page.mouse.up();
  await sash.waitFor({ state: 'attached' });
  await window.screenshot('tree-narrow');
});
