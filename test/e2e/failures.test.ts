import { expect, test } from '../rig/test.ts';

const soon = { timeout: 20_000 };

const flight = `// Flies a probe down, one step after the other.
import { readFileSync, writeFileSync } from 'node:fs';
import { solve } from './solver.mjs';

const { dt, engine, seed } = JSON.parse(readFileSync(process.env.MULTIRUN_PARAMS, 'utf8'));
if (engine === 'vulcain' && seed === 3) throw new TypeError('no thrust curve for vulcain at 3 bar');
const height = solve(dt, seed);
writeFileSync(process.env.MULTIRUN_RESULTS, JSON.stringify({ height, engine }));
`;

const solver = `/** Integrates the fall with steps of dt. */
export function solve(dt, seed) {
  let height = 1000 + seed;
  for (let step = 0; step < 100; step++) {
    height -= 9.81 * dt * step;
    if (dt > 0.1 && step > 2) throw new RangeError(\`the step \${dt} s is too large: height \${height.toFixed(1)} m\`);
  }
  return height;
}
`;

const sweep = `cmd: [node, flight.mjs]
input_files: [flight.mjs, src/solver.mjs]
parameters:
  dt: [0.01, 0.05, 0.1, 0.2, 0.5]
  engine: [merlin, raptor, vulcain]
  seed: [1, 2, 3, 4]
`;

test('failed runs are grouped by their reason, and the line at which they fail is marked', async ({
  window,
  workspace,
}) => {
  await window.setTheme('dark');
  // Else the list of problems scrolls to those of the file that is open, at a moment of its own.
  await window.set('problems.autoReveal', false);
  await workspace.write('flight.mjs', flight);
  await workspace.write('src/solver.mjs', solver);
  await workspace.write('probe.sweep.yaml', sweep);
  await window.explorer.rightClick('probe.sweep.yaml');
  await window.menu('Run Sweep');
  await window.notification(/probe: 33 succeeded, 27 failed of 60 runs/);
  await window.commandPalette('Notifications: Clear All Notifications');
  // The reasons stand behind all sixty runs, where nothing moves when the first run fails; the bulb leads to them.
  await window.treeAction(/probe/, 'Why Did They Fail?');
  await window.treeItem(/22 × RangeError: the step # s is too large: height # m\s*all 22 have dt > 0\.1/);
  const other = await window.treeItem(/5 × TypeError: no thrust curve for vulcain at 3 bar/);
  await expect.poll(() => other.textContent(), soon).toContain('all 5 have');
  await window.toggle(/22 × RangeError/);
  await window.treeItem(/all 22 have dt > 0\.1\s*none of the 33 successful runs has/);
  await window.page.mouse.move(900, 780);
  await window.screenshot('failures-tree-dark');
  await window.toggle(/22 × RangeError/);

  // A click on the reason opens its first run, and says who else fails so.
  await (await window.treeItem(/5 × TypeError/)).click();
  const page = await window.webview();
  await page.getByText('5 of 60 runs fail so').waitFor();
  await page.getByRole('button', { name: 'flight.mjs:6' }).waitFor();
  await window.screenshot('failures-page-dark');
  await window.setTheme('light');
  await window.screenshot('failures-tree-light');
  await page.getByRole('button', { name: 'flight.mjs:6' }).click();
  await window.editor('flight.mjs');

  // The results view tells the same, and selects the runs that fail so.
  await window.treeAction(/probe/, 'Open Results');
  await window.editor('probe results');
  const results = await window.webview();
  await results.getByRole('tab', { name: 'Failures' }).click();
  await results.getByText('all 22 have dt > 0.1').waitFor();
  await window.screenshot('failures-results-light');
  await window.setTheme('dark');
  await window.screenshot('failures-results-dark');
  await window.setTheme('light');
  await results
    .getByRole('listitem')
    .filter({ hasText: 'TypeError' })
    .getByRole('button', { name: 'Select in Table' })
    .click();
  await results.getByText('60 runs · 5 selected').waitFor();
  await results.getByRole('tab', { name: 'Failures' }).click();
  await results
    .getByRole('listitem')
    .filter({ hasText: 'TypeError' })
    .getByRole('button', { name: '10' })
    .click();
  await window.editor('probe 10');

  await window.openView('Explorer');
  await window.explorer.expand('src');
  await window.explorer.open('solver.mjs');
  await window.commandPalette('Problems: Focus on Problems View');
  await window.problem(/Fails in 22 of 60 runs of the sweep “probe”/);
  const related = await window.problem(/run 22: dt=0\.05, engine=vulcain, seed=3/);
  await window.screenshot('failures-problems-light');
  await window.setTheme('dark');
  await window.screenshot('failures-problems-dark');
  await related.dblclick();
  await window.editor('stderr.log');
  await expect.poll(() => window.editorText(), soon).toContain('TypeError: no thrust curve');
  // The log names the shared copy, and its link leads to the original.
  await window.page.locator('.detected-link').first().waitFor();
  await window.screenshot('failures-log-links-dark');

  // Whoever mends the line is not reminded of it.
  await workspace.write('src/solver.mjs', solver.replace('dt > 0.1 && ', 'dt > 10 && '));
  await expect
    .poll(() => window.problems(), soon)
    .toEqual([expect.stringContaining('Fails in 5 of 60 runs')]);
});
