import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '../rig/test.ts';

const soon = { timeout: 30_000 };

const flight = `// Flies a probe down.
import { readFileSync, writeFileSync } from 'node:fs';
import { solve } from './lib/solver.mjs';

const { dt } = JSON.parse(readFileSync(process.env.MULTIRUN_PARAMS, 'utf8'));
const height = solve(dt, Number(process.argv[2]));
console.log(\`height \${height}\`);
writeFileSync(process.env.MULTIRUN_RESULTS, JSON.stringify({ height }));
`;

const solver = `export function solve(dt, seed) {
  let height = 1000 + seed;
  height -= 9.81 * dt;
  if (dt > 0.1) throw new RangeError('the step is too large');
  return height;
}
`;

const sweep = `cmd: [node, flight.mjs, "\${seed}"]
input_files: [flight.mjs, {path: src/solver.mjs, rename: lib/solver.mjs}]
parameters:
  dt: [0.1, 0.25]
  seed: [7]
`;

test('a breakpoint in the source stops a run that is debugged, with its own parameters', async ({
  window,
  workspace,
}) => {
  await window.setTheme('dark');
  await workspace.write('flight.mjs', flight);
  await workspace.write('src/solver.mjs', solver);
  await workspace.write('probe.sweep.yaml', sweep);
  await window.explorer.rightClick('probe.sweep.yaml');
  await window.menu('Run Sweep');
  await window.begun('probe');
  await window.notification(/probe: 1 succeeded, 1 failed of 2 runs/);
  await window.commandPalette('Notifications: Clear All Notifications');

  // The breakpoint is set in the person's own file, not in the sweep's copy of it.
  await window.openView('Explorer');
  await window.explorer.expand('src');
  await window.explorer.open('solver.mjs');
  await window.editor('solver.mjs');
  await window.page.locator('.editor-instance .view-lines').getByText('9.81').click();
  await window.page.keyboard.press('F9');
  await window.page.locator('.codicon-debug-breakpoint').first().waitFor();

  await window.openView('Multirun');
  await (await window.treeItem(/dt=0\.25/)).click({ button: 'right' });
  await window.menu('Debug Run');
  // It stopped on that line of that file, and knows that run's values.
  await window.page.locator('.debug-top-stack-frame-line').first().waitFor();
  const variables = window.page.locator('.debug-variables');
  await variables.getByText('Local: solve').click();
  await variables.getByText('0.25').first().waitFor();
  await variables.getByText('1007').first().waitFor();
  const stack = window.page.locator('.debug-call-stack');
  await stack.getByText('solver.mjs').first().waitFor();
  await expect
    .poll(() => window.page.locator('.tabs-container').getByRole('tab').allTextContents(), soon)
    .toEqual(['solver.mjs']);
  await window.screenshot('debug-stopped-dark');
  await window.setTheme('light');
  await window.screenshot('debug-stopped-light');
  await window.page.keyboard.press('F5');
  await window.page.locator('.debug-top-stack-frame-line').first().waitFor({ state: 'detached' });
  await window.page.keyboard.press('Shift+F5');

  // The run itself is as it was; what was tried has a directory of its own.
  await window.commandPalette('Multirun: Focus on Sweeps View');
  await (await window.treeItem(/dt=0\.1\b/)).click({ button: 'right' });
  await window.menu('Run in Terminal');
  await window.page
    .locator('.terminal-tab, .single-terminal-tab')
    .filter({ hasText: 'probe 0' })
    .first()
    .waitFor();
  const [launched = ''] = await readdir(path.join(workspace.folder, 'multirun/probe'));
  const tried = path.join(workspace.folder, 'multirun/probe', launched, 'runs/0-try-1/results.json');
  await expect.poll(() => readFile(tried, 'utf8').catch(() => ''), soon).toContain('1006.019');
  await window.screenshot('run-in-terminal');
});

test('a missing debugger is named, and so is a launch configuration that does not exist', async ({
  window,
  workspace,
}) => {
  await workspace.write('model.py', 'print(1)\n');
  await workspace.write(
    'model.sweep.yaml',
    'cmd: [python3, model.py]\ninput_files: [model.py]\nparameters: {x: [1, 5]}\n',
  );
  await workspace.write('named.sweep.yaml', 'cmd: [echo]\ndebug: "My launch"\nparameters: {y: [2, 6]}\n');
  for (const [file, name] of [
    ['model.sweep.yaml', 'model'],
    ['named.sweep.yaml', 'named'],
  ] as const) {
    await window.openView('Explorer');
    await window.explorer.rightClick(file);
    await window.menu('Run Sweep');
    await window.begun(name);
    await window.notification(new RegExp(`${name}: all 2 runs succeeded`));
  }
  await window.commandPalette('Notifications: Clear All Notifications');
  await window.openView('Multirun');
  for (const name of [/^\s*named/, /^\s*model/]) {
    const row = await window.treeItem(name);
    if ((await row.getAttribute('aria-expanded')) !== 'true') await window.toggle(name);
  }
  await (await window.treeItem(/x=1/)).click({ button: 'right' });
  await window.menu('Debug Run');
  await window.notification(/needs the extension “Python Debugger” \(ms-python\.debugpy\)/);
  await window.screenshot('debugger-missing');
  await (await window.treeItem(/y=2/)).click({ button: 'right' });
  await window.menu('Debug Run');
  await window.notification(/names the launch configuration “My launch”/);
});
