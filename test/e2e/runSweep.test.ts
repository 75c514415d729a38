import { controlledCommand, type Invocation } from '../rig/controlledCommand.ts';
import { test } from '../rig/test.ts';

test('a person runs a sweep and sees what comes of it', async ({ window, workspace }) => {
  await using program = await controlledCommand();
  await workspace.write(
    'descent.sweep.yaml',
    `cmd: ${JSON.stringify([...program.cmd, '${mass}'])}
parameters:
  mass: [900, 1000, 1100]
  thrust: [1.4, 1.6]
runner: {max_parallel: 2}
`,
  );

  await window.setTheme('dark');
  await window.openView('Multirun');
  await window.page.getByText('No sweeps here yet.').waitFor();
  await window.screenshot('welcome-dark');
  await window.setTheme('light');
  await window.screenshot('welcome-light');
  await window.setTheme('dark');

  await window.openView('Explorer');
  await window.explorer.rightClick('descent.sweep.yaml');
  await window.screenshot('explorer-menu');
  await window.menu('Run Sweep');

  const first = await program.next();
  const second = await program.next();
  await window.treeItem(/^\s*descent/);
  await window.treeItem(/^0\s*mass=900/);
  await window.statusBar(/descent 0\/6/);
  await window.screenshot('tree-running');
  await first.print('stdout', 'engine on\n');
  first.exit(0);
  const third = await program.next();
  await window.statusBar(/descent 1\/6 · \d+:\d\d left/);
  await second.print('stderr', 'Traceback: fuel ran out\n');
  second.exit(3);
  const fourth = await program.next();
  await window.statusBar(/descent 2\/6 · 1 failed/);
  const failed = await window.treeItem(/exit code 3/);
  await window.treeItem(/descent\s*2\/6 · 1 failed/);
  await window.screenshot('tree-one-failed');

  await failed.click();
  // Either of the two that were started together may have been the first to say hello.
  await window.editor(/descent [01]/);
  await (await window.webview()).getByText('fuel ran out').first().waitFor();

  await finish([third, fourth]);
  await finish([await program.next(), await program.next()]);
  await window.notification(/descent: 5 succeeded, 1 failed of 6 runs/);
  await window.treeItem(/descent\s*6 runs · 1 failed/);
  await window.screenshot('notification');
  await window.press(/descent/, 'Open Results');
  await window.editor('descent results');
  const results = await window.webview();
  await results.getByText('6 runs', { exact: true }).waitFor();
  await results.locator('[col-id="run:reason"]').getByText('exit code 3').waitFor();
});

async function finish(invocations: readonly Invocation[]): Promise<void> {
  for (const invocation of invocations) invocation.exit(0);
}
