import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { controlledCommand } from '../rig/controlledCommand.ts';
import { recordedSweep } from '../rig/recordedSweep.ts';
import { expect, test } from '../rig/test.ts';

const soon = { timeout: 30_000 };
const metric = { metric: { name: 'miss', goal: 'minimize' } } as const;

const landings = Array.from({ length: 24 }, (_, run) => {
  const mass = 900 + 50 * (run % 6);
  const thrust = [1.4, 1.5, 1.6, 1.7][Math.floor(run / 6)] ?? 0;
  const miss = Math.abs(Math.sin(run * 1.7)) * 20 + (mass - 900) / 40;
  const params = { mass, thrust, engine: run % 2 === 0 ? 'merlin' : 'raptor', gravity: 1.62 };
  if (run % 11 === 5) return { params, failure: { reason: 'exit-code', code: 3 } as const };
  return { params, results: { miss, landed: miss < 12, fuel: { left: 120 - miss * 3, used: miss * 3 } } };
});

test('the results of a sweep are a table that a person sorts, filters and selects in', async ({
  window,
  workspace,
}) => {
  await recordedSweep(workspace.folder, 'lander', landings, undefined, metric);
  await window.setTheme('dark');
  await window.openView('Multirun');
  await window.treeAction(/lander/, 'Open Results');
  await window.editor('lander results');
  const view = await window.webview();
  await view.getByText('24 runs', { exact: true }).waitFor();
  const cell = (row: number, column: string) => view.locator(`[row-index="${row}"] [col-id="${column}"]`);
  // The metric sorts, the best run is marked, and what is the same everywhere is hidden.
  await view.getByRole('img', { name: 'Best run' }).waitFor();
  const misses = landings
    .flatMap(({ results }) => (results === undefined ? [] : [results.miss]))
    .sort((a, b) => a - b);
  await expect
    .poll(() => cell(0, 'result:miss').innerText(), soon)
    .toBe(String(Number(misses[0]?.toPrecision(6))));
  expect(await view.getByRole('columnheader', { name: 'gravity' }).count()).toBe(0);
  await window.screenshot('results-table-dark');

  await view.getByRole('columnheader', { name: 'mass' }).click();
  await expect.poll(() => cell(0, 'parameter:mass').innerText(), soon).toBe('900');
  await view.locator('[row-index="2"] [col-id="parameter:mass"]').click();
  await view.getByText('24 runs · 1 selected').waitFor();
  await view.getByText('Columns').click();
  await view.getByLabel('gravity').check();
  await view.getByRole('columnheader', { name: 'gravity' }).waitFor();
  await window.setTheme('light');
  await window.screenshot('results-columns-light');
  await view.getByText('Columns').click();
  await window.screenshot('results-table-light');

  await view.getByRole('button', { name: 'Open Log' }).click();
  await window.page
    .getByText(/left no stdout.log|has no stdout.log/)
    .first()
    .waitFor();
});

test('results appear while a sweep runs, and come back after a reload', async ({ window, workspace }) => {
  await using program = await controlledCommand();
  await workspace.write(
    'descent.sweep.yaml',
    `cmd: ${JSON.stringify([...program.cmd, '${mass}'])}\nparameters:\n  mass: [900, 1000, 1100]\nrunner: {max_parallel: 1}\n`,
  );
  await window.setTheme('light');
  await window.explorer.rightClick('descent.sweep.yaml');
  await window.menu('Run Sweep');
  const first = await program.next();
  await window.openView('Multirun');
  await window.treeAction(/descent/, 'Open Results');
  const view = await window.webview();
  await view.getByText('No run has handed back results yet.').waitFor();
  await window.screenshot('results-none-yet-light');
  await writeFile(path.join(first.cwd, 'results.json'), JSON.stringify({ speed: 4.5 }));
  first.exit(0);
  const second = await program.next();
  await view.locator('[col-id="result:speed"]').getByText('4.5').waitFor();
  await window.screenshot('results-live-light');
  await writeFile(path.join(second.cwd, 'results.json'), 'speed: 7');
  second.exit(0);
  (await program.next()).exit(3);
  await view.getByText('Results that cannot be read: 1').waitFor();
  await view.getByText('exit code 3').waitFor();
  await window.screenshot('results-unreadable-light');

  await window.commandPalette('Developer: Reload Window');
  await window.page.waitForEvent('load');
  await window.editor('descent results');
  const again = await window.webview();
  await again.locator('[col-id="result:speed"]').getByText('4.5').waitFor();
});

test('what a person made of the table is there again after a reload', async ({ window, workspace }) => {
  await recordedSweep(workspace.folder, 'lander', landings, undefined, metric);
  await window.setTheme('light');
  await window.openView('Multirun');
  await window.treeAction(/lander/, 'Open Results');
  await window.editor('lander results');
  const view = await window.webview();
  await view.getByText('24 runs', { exact: true }).waitFor();
  await view.getByRole('columnheader', { name: 'mass' }).click();
  await view.getByRole('columnheader', { name: 'mass' }).click();
  await expect
    .poll(() => view.locator('[row-index="0"] [col-id="parameter:mass"]').innerText(), soon)
    .toBe('1150');
  await view.getByText('Columns').click();
  await view.getByLabel('gravity').check();
  await view.getByLabel('thrust').uncheck();
  await view.getByText('Columns').click();
  const header = view.getByRole('columnheader', { name: 'engine' });
  await header.hover();
  await header.locator('.ag-header-cell-filter-button').click();
  await view.getByLabel(/^merlin/).uncheck();
  await view.getByText('12 of 24 runs').waitFor();
  await window.page.keyboard.press('Escape');

  await window.commandPalette('Developer: Reload Window');
  await window.page.waitForEvent('load');
  await window.editor('lander results');
  const again = await window.webview();
  await again.getByText('12 of 24 runs').waitFor();
  await again.getByRole('columnheader', { name: 'gravity' }).waitFor();
  expect(await again.getByRole('columnheader', { name: 'thrust' }).count()).toBe(0);
  await expect
    .poll(() => again.locator('[row-index="0"] [col-id="parameter:mass"]').innerText(), soon)
    .toBe('1150');
  await window.screenshot('results-after-reload-light');
});

test('several sweeps are joined, and exported to a file', async ({ window, workspace }) => {
  await recordedSweep(workspace.folder, 'monday', landings, undefined, metric);
  await recordedSweep(workspace.folder, 'tuesday', landings.slice(0, 6), undefined, metric);
  await window.setTheme('dark');
  await window.openView('Multirun');
  await (await window.treeItem(/monday/)).click();
  await (await window.treeItem(/tuesday/)).click({ modifiers: ['Control'] });
  await (await window.treeItem(/tuesday/)).click({ button: 'right' });
  await window.menu('Open Results');
  await window.editor('Results of 2 sweeps');
  const view = await window.webview();
  await view.getByText('30 runs', { exact: true }).waitFor();
  await view.locator('[col-id="run:sweep"]').getByText('tuesday').first().waitFor();
  await window.screenshot('results-joined-dark');
  await view.getByRole('button', { name: 'Export…' }).click();
  await window.pick(/^CSV/);
  const input = window.page.locator('.quick-input-widget input[type=text]');
  // The list of formats has the same input; the dialog's comes with a path in it.
  await expect.poll(() => input.inputValue()).toMatch(/\.csv$/);
  const file = path.join(workspace.folder, 'both.csv');
  await mkdir(workspace.folder, { recursive: true });
  await input.fill(file);
  await window.page.keyboard.press('Enter');
  await window.notification(/Exported 30 runs to both.csv/);
  await window.screenshot('results-exported-dark');
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  expect(lines).toHaveLength(31);
  expect(lines[0]).toBe(
    'sweep,run,status,reason,duration_s,attempt,started,mass,thrust,engine,gravity,miss,landed,fuel.left,fuel.used',
  );
});
