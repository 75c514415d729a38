import { expect, test } from '../rig/test.ts';

const sweep = `description: Which step is the best for the solver
cmd: [sh, -c, 'test "$1" = 4 || echo "final cost: $(( ($1 - 3) * ($1 - 3) + 1 ))"', sh, "\${step}"]
parameters: {step: [1, 2, 3, 4, 5]}
results: {stdout: {cost: 'final cost: ([0-9.eE+-]+)'}}
metric: {name: cost, goal: minimize}
`;

test.override('files', { 'solver.sweep.yaml': sweep });

test('a sweep names its best run, and a run without its results has a warning', async ({ window }) => {
  // Spaces in texts of others do not break.
  const textOf = async (thing: Parameters<typeof window.hover>[0]) =>
    (await window.hover(thing)).replaceAll('\u00a0', ' ');
  await window.setTheme('dark');
  await window.explorer.rightClick('solver.sweep.yaml');
  await window.menu('Run Sweep');
  await window.openView('Multirun');
  await window.treeItem(/solver.*5 runs/);
  const best = await window.treeItem(/step=3 · cost = 1/);
  const lacking = await window.treeItem(/results missing · step=4/);
  await window.screenshot('metric-tree-dark');
  // The name of the view, which the mouse is still on, must not be taken for the tooltip of a row.
  await window.page.mouse.move(900, 300);
  await window.page.locator('.monaco-hover:visible').waitFor({ state: 'hidden' });
  await expect
    .poll(() => textOf(lacking))
    .toContain('stdout.log has no match for "final cost: ([0-9.eE+-]+)", the result "cost"');
  await window.screenshot('metric-run-tooltip-dark');
  await best.click();
  await window.setTheme('light');
  const row = await window.treeItem(/solver.*5 runs/);
  await expect.poll(() => textOf(row)).toContain('Best: run 2 · cost = 1 · step=3');
  expect(await textOf(row)).toContain('Which step is the best for the solver');
  await window.screenshot('metric-sweep-tooltip-light');
});
