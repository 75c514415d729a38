import { test } from '../rig/test.ts';

test('a newcomer is shown around', async ({ window }) => {
  await window.setTheme('dark');
  await window.openView('Multirun');
  await window.page.getByText('how sweeps work').click();
  await window.page.getByText('Run Your First Parameter Sweep').first().waitFor();
  await window.page.getByText('Say what to run').first().click();
  await window.screenshot('walkthrough-write-dark');
  await window.page.getByText('Run it', { exact: true }).first().click();
  await window.screenshot('walkthrough-run-dark');
  await window.page.getByText('See what came of it').first().click();
  await window.screenshot('walkthrough-look-dark');
  await window.setTheme('light');
  await window.screenshot('walkthrough-look-light');
});

test('the example runs', async ({ window }) => {
  await window.setTheme('light');
  await window.openView('Multirun');
  await window.page.getByText('Create and run an example').click();
  await window.editor('sweep.yaml');
  await window.treeItem(/throw/);
  await window.treeItem(/angle=15, speed=20/);
  await window.statusBar(/throw \d+\/21 .* left/);
  await window.screenshot('example-running-light');
  await window.notification(/throw: all 21 runs succeeded/);
  await window.treeItem(/throw\s*21 runs/);
  await window.screenshot('example-finished-light');
  await window.press(/throw/, 'Open Results');
  await window.editor('throw results.csv');
  await window.page.getByText('run,status,duration_s,angle,speed,distance,height,time').waitFor();
  await window.screenshot('example-results-light');
});
