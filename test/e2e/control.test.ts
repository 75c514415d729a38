import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { type ControlledCommand, controlledCommand } from '../rig/controlledCommand.ts';
import { expect, test } from '../rig/test.ts';
import type { Workspace } from '../rig/workspace.ts';

function writeSweep(workspace: Workspace, name: string, program: ControlledCommand): Promise<void> {
  return workspace.write(
    `${name}.sweep.yaml`,
    `cmd: ${JSON.stringify([...program.cmd, '${mass}'])}\nparameters: {mass: [900, 1000, 1100, 1200]}\nrunner: {max_parallel: 2}\n`,
  );
}

test('a sweep is cancelled, and what had not started goes on later', async ({ window, workspace }) => {
  await using program = await controlledCommand();
  await writeSweep(workspace, 'descent', program);
  await window.setTheme('dark');
  await window.explorer.rightClick('descent.sweep.yaml');
  await window.menu('Run Sweep');
  const [first, second] = [await program.next(), await program.next()];
  await window.treeItem(/mass=1200/);
  await window.viewAction('Cancel Sweep…');
  await window.page.getByText('Stop the sweep “descent”?').waitFor();
  await window.screenshot('cancel-question-dark');
  await window.answer('Let Running Runs Finish');
  await window.statusBar(/descent 0\/4 · stopping/);
  first.exit(0);
  await window.statusBar(/descent 1\/4 · stopping/);
  // What is run again now would not be started.
  await window.treeAction(new RegExp(`mass=${first.args[0]}`), 'Run Again');
  await window.notification(/“descent” is being stopped and starts nothing more/);
  second.exit(0);
  await window.notification(/descent: 2 succeeded, 2 not started of 4 runs/);
  await window.treeItem(/descent\s*2\/4 · stopped/);
  await window.screenshot('sweep-stopped-dark');

  await (await window.treeItem(/descent/)).click({ button: 'right' });
  await window.menu('Resume Sweep');
  await program.next();
  await program.next();
  await window.viewAction('Cancel Sweep…');
  await window.answer('Terminate Running Runs');
  await window.treeItem(/cancelled · mass=1100/);
  await window.notification(/descent: 2 succeeded, 2 failed of 4 runs/);
});

test('several sweeps add up, and more than the setting allows wait', async ({ window, workspace }) => {
  await using program = await controlledCommand();
  for (const name of ['alpha', 'beta', 'gamma']) await writeSweep(workspace, name, program);
  await window.setTheme('light');
  for (const name of ['alpha', 'beta', 'gamma']) {
    await window.openView('Explorer');
    await window.explorer.rightClick(`${name}.sweep.yaml`);
    await window.menu('Run Sweep');
    if (name !== 'gamma') await window.begun(name);
  }
  const running = [await program.next(), await program.next(), await program.next(), await program.next()];
  await window.notification(/gamma begins when another sweep has ended/);
  await window.statusBar(/2 sweeps 0\/8 · 1 waiting/);
  await window.screenshot('sweeps-waiting-light');
  await (await window.notification(/gamma begins/)).hover();
  await window.press(/gamma begins/, 'Cancel');
  await window.statusBar(/2 sweeps 0\/8$/);
  for (const run of running) run.exit(0);
  for (let i = 0; i < 4; i++) (await program.next()).exit(0);
  await window.notification(/alpha: all 4 runs succeeded/);
  await window.notification(/beta: all 4 runs succeeded/);
  await window.openView('Multirun');
  expect((await window.treeItems()).some((text) => text.includes('gamma'))).toBe(false);
});

test('a sweep that the command line runs is shown as it goes', async ({ window, workspace }) => {
  await using program = await controlledCommand();
  await writeSweep(workspace, 'descent', program);
  await window.openView('Multirun');
  await window.page.getByText('No sweeps here yet.').waitFor();
  const cli = spawn(process.execPath, [resolve('src/cli/main.ts'), 'run', 'descent.sweep.yaml'], {
    cwd: workspace.folder,
    stdio: 'ignore',
  });
  const ended = once(cli, 'exit');
  const [first, second] = [await program.next(), await program.next()];
  await window.treeItem(/descent\s*0\/4/);
  await window.toggle(/descent/);
  await window.treeItem(/mass=1000/);
  await window.statusBar(/descent 0\/4/);
  first.exit(0);
  second.exit(3);
  await window.treeItem(/exit code 3/);
  await (await window.treeItem(/descent/)).click({ button: 'right' });
  expect(await window.menuEntries()).toContain('Cancel Sweep…');
  expect(await window.menuEntries()).not.toContain('Delete Sweep…');
  await window.page.keyboard.press('Escape');
  (await program.next()).exit(0);
  (await program.next()).exit(0);
  expect((await ended)[0]).toBe(1);
  await window.treeItem(/descent\s*4 runs · 1 failed/);
  await window.statusBar(/descent 4\/4 · 1 failed/);
});

test('everything is in reach of the keyboard', async ({ window, workspace }) => {
  await using program = await controlledCommand();
  await writeSweep(workspace, 'descent', program);
  await window.openView('Multirun');
  await window.page.getByText('No sweeps here yet.').waitFor();
  await window.commandPalette('Multirun: Run Sweep');
  await window.pick('descent.sweep.yaml');
  for (let i = 0; i < 4; i++) {
    const run = await program.next();
    await run.print('stdout', `hello from ${run.args[0]}\n`);
    run.exit(0);
  }
  await window.notification(/descent: all 4 runs succeeded/);
  await window.begun('descent');
  await window.treeItem(/mass=900/);
  await window.commandPalette('Multirun: Focus on Sweeps View');
  await window.keyboardOn();
  await window.page.keyboard.press('Home');
  await window.keyboardOn(/descent/);
  await window.page.keyboard.press('ArrowDown');
  await window.keyboardOn(/mass=900/);
  await window.page.keyboard.press('Enter');
  await window.editor('descent 0');
  await (await window.webview()).getByText('hello from 900').waitFor();
  await window.commandPalette('Multirun: Open Results');
  await window.editor('descent results');
});
