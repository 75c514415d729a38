import { expect, test } from '../rig/test.ts';
import type { Window } from '../rig/window.ts';

const study = `cmd: [lander, "--mass=\${mass:.1f}", "--rate=\${opt.lr}", "\${args}", "a literal \${{"]
method: random
samples: 200
parameters:
  mass: {distribution: normal, mu: 1000, sigma: 50}
  solver: [rk4, euler]
  opt:
    parameters:
      lr: {distribution: log_uniform_values, min: 0.0001, max: 0.1}
derived:
  ratio: mass / 2.0

`;

async function goTo(window: Window, line: number): Promise<void> {
  const { keyboard } = window.page;
  await window.page.locator('.editor-group-container').first().locator('.view-line').first().click();
  await keyboard.press('Control+Home');
  for (let down = 1; down < line; down++) await keyboard.press('ArrowDown');
  await keyboard.press('End');
}

const suggestions = (window: Window) => window.page.locator('.suggest-widget .monaco-list-row');

test('an editor helps to write a sweep file', async ({ window, workspace }) => {
  await window.setTheme('dark');
  await window.set('files.autoSave', 'off');
  await workspace.write('study.sweep.yaml', study);
  await window.explorer.open('study.sweep.yaml');
  await window.page.locator('.codelens-decoration').getByText('Run 200 runs').waitFor();
  await window.screenshot('language-colours-dark');

  await goTo(window, 12);
  await window.page.keyboard.press('Control+Space');
  await suggestions(window).filter({ hasText: 'exclude' }).waitFor();
  await window.screenshot('language-keys-dark');
  await window.page.keyboard.type('exc');
  await window.page.keyboard.press('Enter');
  await window.page.keyboard.type('"m');
  await suggestions(window).filter({ hasText: 'mass' }).first().waitFor();
  await window.screenshot('language-names-dark');
  await window.page.keyboard.press('Escape');

  expect(await window.hover(window.page.locator('.view-line').getByText('method').first())).toContain(
    'How the values become runs',
  );
  await window.screenshot('language-hover-key-dark');
  await window.page.keyboard.press('Escape');
  await window.setTheme('light');
  const mass = window.page.locator('.view-line').filter({ hasText: 'sigma' }).getByText('mass').first();
  expect(await window.hover(mass)).toContain('normal');
  await window.screenshot('language-hover-distribution-light');
});

test('Sweep This makes a sweep file around a number', async ({ window, workspace }) => {
  await window.setTheme('light');
  await workspace.write('train.json', '{\n  "rate": 0.1,\n  "layers": 3\n}\n');
  await window.explorer.open('train.json');
  const number = window.page.locator('.view-line').getByText('0.1').first();
  await number.click();
  await number.click({ button: 'right' });
  await window.page.getByRole('menuitem', { name: 'Sweep This' }).waitFor();
  await window.screenshot('sweep-this-menu-light');
  await window.menu('Sweep This');
  await window.editor('train.sweep.yaml');
  await expect.poll(() => window.editorText()).toContain('rate: [0.05, 0.1, 0.2]');
  await window.page.locator('.codelens-decoration').getByText('Run 3 runs').waitFor();
  await window.screenshot('sweep-this-light');
  expect(await workspace.read('train.json.tmpl')).toBe('{\n  "rate": ${rate},\n  "layers": 3\n}\n');
});
