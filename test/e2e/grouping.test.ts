import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { recordedSweep } from '../rig/recordedSweep.ts';
import { expect, test } from '../rig/test.ts';

const soon = { timeout: 30_000 };

const sweepFile = {
  path: '/nowhere/lander.sweep.yaml',
  content: `cmd: [lander]
parameters:
  mass: [900, 1000, 1100]
  engine: [merlin, raptor]
replicates: 4
`,
};

/** Three masses, two engines, four repetitions; one run failed. */
const landings = Array.from({ length: 24 }, (_, run) => {
  const mass = 900 + 100 * Math.floor(run / 8);
  const engine = Math.floor(run / 4) % 2 === 0 ? 'merlin' : 'raptor';
  const params = { mass, engine, replicate: run % 4, seed: 1000 + run };
  if (run === 5) return { params, failure: { reason: 'exit-code', code: 3 } as const };
  return { params, results: { miss: (mass - 850) / 10 + (run % 4), landed: run % 4 < 3 } };
});

test('repetitions stand together, runs are grouped by parameters, and one click leads back to single runs', async ({
  window,
  workspace,
}) => {
  await recordedSweep(workspace.folder, 'lander', landings, undefined, { sweepFile });
  await window.setTheme('dark');
  await window.openView('Multirun');
  await window.treeAction(/lander/, 'Open Results');
  const view = await window.webview();
  const cell = (row: number, column: string) =>
    view.locator(`.ag-root-wrapper:visible [row-index="${row}"] [col-id="${column}"]`);
  // Six points, each with its four repetitions.
  await view.getByText('Repetitions Together').waitFor();
  await expect.poll(() => cell(0, 'mean result:miss').innerText(), soon).toBe('6.5 ± 1.3');
  expect(await cell(1, 'succeeded ').innerText()).toBe('3');
  expect(await cell(0, 'mean result:landed').innerText()).toBe('0.75');
  await window.screenshot('results-repetitions-dark');

  await view.getByText('Repetitions Together').click();
  await view.getByLabel('mass').check();
  await view.getByText('By mass').waitFor();
  await expect.poll(() => cell(0, 'runs ').innerText(), soon).toBe('8');
  expect(await cell(2, 'min result:miss').innerText()).toBe('25');
  expect(await cell(2, 'max result:miss').innerText()).toBe('28');
  await window.setTheme('light');
  await window.screenshot('results-group-by-light');
  await view.getByText('By mass').click();
  await view.getByRole('columnheader', { name: 'miss mean' }).click();
  await view.getByRole('columnheader', { name: 'miss mean' }).click();
  await expect.poll(() => cell(0, 'key parameter:mass').innerText(), soon).toBe('1100');
  await view.getByRole('button', { name: 'Export…' }).click();
  await window.pick(/^Groups as CSV/);
  const input = window.page.locator('.quick-input-widget input[type=text]');
  await expect.poll(() => input.inputValue()).toMatch(/lander groups\.csv$/);
  await input.fill(path.join(workspace.folder, 'groups.csv'));
  await window.page.keyboard.press('Enter');
  await window.notification(/Exported the groups of 24 runs to groups.csv/);
  const lines = (await readFile(path.join(workspace.folder, 'groups.csv'), 'utf8')).trimEnd().split('\n');
  // As they stand in the table.
  expect(lines.map((line) => line.split(',').slice(0, 3).join())).toEqual([
    'mass,runs,succeeded',
    '1100,8,8',
    '1000,8,8',
    '900,8,7',
  ]);
  expect(lines[0]).toMatch(/,miss mean,miss sd,miss min,miss max,/);
  // A group is selected with its runs, and opened as its runs.
  await cell(0, 'runs ').click();
  await view.getByText('24 runs · 8 selected').waitFor();
  await cell(0, 'runs ').dblclick();
  await view.getByText('8 of 24 runs').waitFor();
  await expect.poll(() => cell(0, 'parameter:mass').innerText(), soon).toBe('1100');
  await view.getByText('Clear Filters').click();
  await view.getByText('24 runs', { exact: false }).first().waitFor();

  await view.getByText('Group By').click();
  await view.getByLabel('Repetitions Together').check();
  await view.getByRole('button', { name: 'Single Runs' }).click();
  await view.locator('[col-id="run:run"]').getByText('23').waitFor();
});

test('values are chosen from a list in the filter of a column', async ({ window, workspace }) => {
  await recordedSweep(workspace.folder, 'lander', landings);
  await window.setTheme('light');
  await window.openView('Multirun');
  await window.treeAction(/lander/, 'Open Results');
  const view = await window.webview();
  await view.getByText('24 runs', { exact: true }).waitFor();
  const openFilter = async (column: string) => {
    const header = view.getByRole('columnheader', { name: column });
    await header.hover();
    await header.locator('.ag-header-cell-filter-button').click();
  };
  await openFilter('engine');
  await view.getByLabel(/^merlin/).uncheck();
  await view.getByText('12 of 24 runs').waitFor();
  await window.screenshot('results-set-filter-light');
  await view.getByRole('checkbox', { name: 'All', exact: true }).check();
  await view.getByText('24 runs', { exact: true }).waitFor();
  const search = view.getByRole('searchbox', { name: 'Search' });
  await search.fill('RAP');
  await search.press('Enter');
  await view.getByText('12 of 24 runs').waitFor();
  await window.page.keyboard.press('Escape');

  await window.setTheme('dark');
  await openFilter('mass');
  await view.getByRole('spinbutton', { name: 'from' }).fill('950');
  await view.getByText('8 of 24 runs').waitFor();
  await expect.poll(() => view.getByLabel(/^900/).isChecked(), soon).toBe(false);
  await window.screenshot('results-set-filter-numbers-dark');
  await window.page.keyboard.press('Escape');
  await view.getByText('Clear Filters').click();
  await view.getByText('24 runs', { exact: true }).waitFor();
});

test('the context menu of a row has what can be done with its run, by mouse and by keyboard', async ({
  window,
  workspace,
}) => {
  await window.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await recordedSweep(workspace.folder, 'lander', landings, ['node', 'lander.js']);
  await window.setTheme('dark');
  await window.openView('Multirun');
  await window.treeAction(/lander/, 'Open Results');
  const view = await window.webview();
  await view.getByText('24 runs', { exact: true }).waitFor();
  const cell = (row: number) => view.locator(`[row-index="${row}"] [col-id="parameter:mass"]`);
  await cell(3).click({ button: 'right' });
  await view.getByText('24 runs · 1 selected').waitFor();
  expect(await window.menuEntries()).toEqual([
    'Open Run',
    'Open Log',
    'Open Results of Run',
    'Reveal in Explorer',
    'Open in Terminal',
    'Copy Parameters',
    'Copy Command Line',
    'Export Run…',
    'Run Again',
    'Debug Run',
    'Run in Terminal',
    'New Sweep from Selection',
  ]);
  await window.screenshot('results-row-menu-dark');
  await window.menu('Copy Parameters');
  await (await window.statusBar('Parameters copied')).waitFor();
  expect(JSON.parse(await window.page.evaluate('navigator.clipboard.readText()'))).toEqual(
    landings[3]?.params,
  );

  await cell(1).click();
  await cell(4).click({ modifiers: ['Control'] });
  await view.getByText('24 runs · 2 selected').waitFor();
  await window.page.keyboard.press('Shift+F10');
  expect(await window.menuEntries()).toContain('Compare Runs');
  await window.menu('Compare Runs');
  await window.editor(/Compare/);
});

test('the selected runs become a new sweep file that looks closer at them', async ({ window, workspace }) => {
  const file = { path: path.join(workspace.folder, 'lander.sweep.yaml'), content: sweepFile.content };
  await recordedSweep(workspace.folder, 'lander', landings, undefined, { sweepFile: file });
  await window.setTheme('dark');
  await window.openView('Multirun');
  await window.treeAction(/lander/, 'Open Results');
  const view = await window.webview();
  await view.getByRole('button', { name: 'Single Runs' }).click();
  const cell = (row: number) => view.locator(`[row-index="${row}"] [col-id="parameter:mass"]`);
  await cell(2).click();
  await cell(9).click({ modifiers: ['Control'] });
  await view.getByRole('button', { name: 'New Sweep from Selection' }).click();
  await window.editor('lander-2.sweep.yaml');
  await expect.poll(() => window.editorText(), soon).toContain('mass: [900, 1000]');
  expect(await window.editorText()).toContain('engine: [merlin]');
  await window.screenshot('results-refined-dark');

  // The same from the tree, which opened where the first row was selected; under the next name that is free.
  await (await window.treeItem(/^05/)).click();
  await (await window.treeItem(/^06/)).click({ modifiers: ['Control'] });
  await (await window.treeItem(/^06/)).click({ button: 'right' });
  await window.menu('New Sweep from Selection');
  await window.editor('lander-3.sweep.yaml');
  await expect.poll(() => window.editorText(), soon).toContain('engine: [raptor]');
});
