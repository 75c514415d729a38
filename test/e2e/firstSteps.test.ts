import { expect, test } from '../rig/test.ts';

test('a newcomer is shown around', async ({ window }) => {
  // In a narrower editor VS Code leaves the pictures out.
  await window.page.setViewportSize({ width: 1680, height: 900 });
  await window.setTheme('dark');
  await window.openView('Multirun');
  await window.page.getByText('how sweeps work').click();
  await window.page.getByText('Run Your First Parameter Sweep').first().waitFor();
  const picture = async (text: string) => {
    const drawing = () => window.webview().then((webview) => webview.locator('svg').textContent());
    await expect.poll(drawing, { timeout: 15_000 }).toContain(text);
  };
  await window.page.getByText('Say what to run').first().click();
  await picture('Preview');
  await window.screenshot('walkthrough-write-dark');
  await window.page.getByText('Run it', { exact: true }).first().click();
  await picture('Run Sweep');
  await window.screenshot('walkthrough-run-dark');
  await window.page.getByText('See what came of it').first().click();
  await picture('exit code 3');
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
  await window.editor('throw results');
  await (await window.webview()).getByRole('columnheader', { name: 'distance' }).waitFor();
  await window.screenshot('example-results-light');
});
