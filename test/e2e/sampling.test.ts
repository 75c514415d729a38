import { expect, test } from '../rig/test.ts';

test('more than 10,000 runs ask before they start', async ({ window, workspace }) => {
  await workspace.write('many.sweep.yaml', 'cmd: ["true"]\nparameters:\n  seed: {min: 1, max: 12000}\n');
  await window.openView('Explorer');
  await window.explorer.rightClick('many.sweep.yaml');
  await window.menu('Run Sweep');
  const dialog = window.page.locator('.monaco-dialog-box');
  await dialog.getByText('many.sweep.yaml plans 12,000 runs. Start them?').waitFor();
  await dialog.getByText('Each run gets a directory of its own').waitFor();
  await window.screenshot('many-runs-question');
  await window.answer('Cancel');
  await dialog.waitFor({ state: 'detached' });
  await window.openView('Multirun');
  await window.page.getByText('No sweeps here yet.').waitFor();
});

test('nested parameters have dotted names in the tree, the preview and the tooltip', async ({
  window,
  workspace,
}) => {
  await workspace.write(
    'train.sweep.yaml',
    `cmd: [echo, "\${opt.lr}"]
parameters:
  opt: {parameters: {lr: [0.1, 0.01], momentum: {value: 0.9}}}
  solver: [euler, rk4]
  tolerance: {values: [1, 2], when: solver == 'rk4'}
exclude: [{solver: euler, opt: {lr: 0.1}}]
derived: {step: opt.lr / 2}
`,
  );
  await window.openView('Explorer');
  await window.explorer.rightClick('train.sweep.yaml');
  await window.menu('Preview Runs');
  const preview = await window.webview();
  await preview.getByText('opt.momentum').waitFor();
  await preview.getByText('Left out').waitFor();
  await window.screenshot('plan-nested');
  await window.openView('Explorer');
  await window.explorer.rightClick('train.sweep.yaml');
  await window.menu('Run Sweep');
  await window.statusBar(/train 5\/5/);
  const run = await window.treeItem(/opt\.lr=0\.1/);
  expect(await window.hover(run)).toMatch(/opt\.momentum:\s*0\.9/);
  await window.screenshot('tree-nested');
});
