import { expect, test } from '../rig/test.ts';

test('a sweep file says what it would run, and what is wrong with it', async ({ window, workspace }) => {
  await window.setTheme('dark');
  await window.set('files.autoSave', 'off');
  await window.explorer.open('lander.sweep.yaml');
  const lens = window.page.locator('.codelens-decoration');
  await lens.getByText('Run 6 runs').waitFor();
  await window.screenshot('editor-codelens-dark');

  // Typing, not saving: the lens and the underlines follow.
  await window.page.locator('.editor-group-container').first().getByText('parameters').click();
  await window.page.keyboard.press('Control+Home');
  await window.page.keyboard.type('parametres: {}\n');
  await lens.getByText('1 problem to solve before it runs').waitFor();
  await window.page.locator('.squiggly-error').first().waitFor();
  await window.screenshot('editor-squiggle-dark');
  expect(await workspace.read('lander.sweep.yaml')).not.toContain('parametres');

  await lens.getByText('1 problem').click();
  await window.notification(/Nothing was run/);
  await window.screenshot('editor-not-run-dark');
  await window.setTheme('light');
  await window.screenshot('editor-not-run-light');
});

test('a new sweep file is a template that runs', async ({ window }) => {
  await window.setTheme('light');
  await window.openView('Multirun');
  await window.page.getByRole('button', { name: 'New Sweep File' }).first().click();
  const input = window.page.locator('.quick-input-widget input[type=text]');
  await input.waitFor();
  await window.screenshot('new-sweep-file');
  await input.fill('lander.sweep.yaml');
  await window.page.getByText('exists already').waitFor();
  await input.fill('rates.sweep.yaml');
  await window.page.keyboard.press('Enter');
  await window.editor('rates.sweep.yaml');
  await window.page.locator('.codelens-decoration').getByText('Run 6 runs').click();
  await window.notification(/rates: all 6 runs succeeded/);
  await window.screenshot('new-sweep-file-run-light');
});
