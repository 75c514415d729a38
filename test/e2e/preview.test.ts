import type { FrameLocator, Locator } from 'playwright-core';
import { controlledCommand } from '../rig/controlledCommand.ts';
import { recordedSweep } from '../rig/recordedSweep.ts';
import { expect, test } from '../rig/test.ts';
import type { Window } from '../rig/window.ts';

const study = `name: study
cmd: [echo, "--mass=\${mass}", "--thrust=\${thrust:.2f}", "\${solver}"]
parameters:
  mass: {min: 900, max: 1100, steps: 11}
  thrust: [1.4, 1.5, 1.6]
  solver: [rk4, euler]
exclude:
  - solver == 'euler' && thrust > 1.5
derived:
  ratio: mass / thrust
`;

/** Replaces a word of the shown sweep file by typing. */
async function retype(window: Window, line: number, text: string): Promise<void> {
  const { keyboard } = window.page;
  await window.page.locator('.editor-group-container').first().locator('.view-line').first().click();
  await keyboard.press('Control+Home');
  for (let down = 1; down < line; down++) await keyboard.press('ArrowDown');
  await keyboard.press('End');
  // To the first character behind the indentation.
  await keyboard.press('Shift+Home');
  await keyboard.insertText(text);
}

function row(page: FrameLocator, label: string): Locator {
  return page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: label, exact: true }) });
}

test('a preview shows what runs, what is left out, and what is new', async ({ window, workspace }) => {
  await window.setTheme('dark');
  await window.set('files.autoSave', 'off');
  await workspace.write('study.sweep.yaml', study);
  await window.explorer.open('study.sweep.yaml');
  await window.page.locator('.codelens-decoration').getByText('Preview').click();
  await window.editor('Preview study.sweep.yaml');
  const page = await window.webview();
  await page.getByRole('heading', { name: '55 runs' }).waitFor();
  expect(await row(page, '07').innerText()).toContain('rk4');
  await row(page, '07').click();
  await page.getByText('echo --mass=920 --thrust=1.50 rk4').waitFor();
  await window.screenshot('preview-dark');

  await page.getByRole('tab', { name: 'Left out 11' }).click();
  await page.getByRole('rowheader', { name: "solver == 'euler' && thrust > 1.5" }).first().waitFor();
  await window.screenshot('preview-left-out-dark');
  await page.getByRole('tab', { name: 'All 55' }).click();

  // A sweep of this very file comes into being; then the file is changed.
  await recordedSweep(
    workspace.folder,
    'study',
    [900, 920, 940, 960, 1200].flatMap((mass) =>
      [1.4, 1.5].map((thrust) => ({ params: { mass, thrust, solver: 'rk4', ratio: mass / thrust } })),
    ),
    undefined,
    { sweepFile: { path: `${workspace.folder}/study.sweep.yaml`, content: study } },
  );
  await page.getByRole('tab', { name: 'New +47' }).waitFor();
  await page.getByRole('tab', { name: 'Gone −2' }).waitFor();
  await window.screenshot('preview-compared-dark');
  await window.setTheme('light');
  await window.screenshot('preview-compared-light');
  await page.getByRole('tab', { name: 'Gone −2' }).click();
  await page.getByText('1200').first().waitFor();
  await window.screenshot('preview-gone-light');
  await page.getByRole('tab', { name: 'All 55' }).click();

  await retype(window, 5, 'thrust: [1.4, 1.5]');
  await page.getByRole('heading', { name: '44 runs' }).waitFor();
  await retype(window, 5, 'thrust: {min: 1.6, max: 1.4, steps: 3}');
  const problem = page.locator('.problem.error');
  await problem.waitFor();
  await window.screenshot('preview-problem-light');
  await problem.click();
  await expect.poll(() => window.page.locator('.monaco-editor.focused').count()).toBe(1);
  await retype(window, 5, 'thrust: [1.4]');
  await page.getByRole('heading', { name: '22 runs' }).waitFor();
  expect(await problem.count()).toBe(0);
});

test('a preview of any size is used from the keyboard', async ({ window, workspace }) => {
  await window.setTheme('light');
  const digits = '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]';
  const parameters = Array.from({ length: 12 }, (_, index) => `  digit_${index}: ${digits}\n`).join('');
  await workspace.write('large.sweep.yaml', `cmd: [echo, "\${digit_11}"]\nparameters:\n${parameters}`);
  await window.explorer.open('large.sweep.yaml');
  await window.commandPalette('Multirun: Preview Runs');
  const page = await window.webview();
  await page.getByRole('heading', { name: '1,000,000,000,000 runs' }).waitFor();
  await page.getByRole('grid').focus();
  await window.page.keyboard.press('End');
  await page.getByRole('rowheader', { name: '999999999999' }).waitFor();
  await page.getByText('echo 9').waitFor();
  await window.page.keyboard.press('PageUp');
  await window.page.keyboard.press('ArrowUp');
  await window.screenshot('preview-large-light');
  await window.page.keyboard.press('Home');
  await page.getByRole('rowheader', { name: '000000000000' }).waitFor();
});

test('a preview runs its sweep, and is there again after a reload', async ({ window, workspace }) => {
  await using program = await controlledCommand();
  const cmd = JSON.stringify([...program.cmd, '${mass}']);
  await workspace.write('small.sweep.yaml', `cmd: ${cmd}\nparameters:\n  mass: [1, 2]\n`);
  await window.explorer.open('small.sweep.yaml');
  await window.commandPalette('Multirun: Preview Runs');
  const page = await window.webview();
  await page.getByRole('button', { name: 'Run' }).click();
  (await program.next()).exit(0);
  (await program.next()).exit(0);
  await window.notification(/small: all 2 runs succeeded/);
  await page.getByRole('tab', { name: 'Kept 2' }).waitFor();
  await window.commandPalette('Developer: Reload Window');
  await page.locator('body').waitFor({ state: 'detached' });
  const again = await window.webview();
  await again.getByRole('heading', { name: '2 runs' }).waitFor();
});
