import { controlledCommand } from '../rig/controlledCommand.ts';
import { expect, test } from '../rig/test.ts';

const soon = { timeout: 30_000 };

test('an open log follows its run', async ({ window, workspace }) => {
  await using program = await controlledCommand();
  await workspace.write('talk.sweep.yaml', `cmd: ${JSON.stringify(program.cmd)}\nruns: [{}]\n`);
  await window.explorer.rightClick('talk.sweep.yaml');
  await window.menu('Run Sweep');
  const run = await program.next();
  await run.print('stdout', lines(0, 100));
  await window.treeAction(/^\s*0/, 'Open Log');
  await window.editor('stdout.log');
  await expect.poll(() => window.editorText(), soon).toContain('line 99');

  await run.print('stdout', lines(100, 200));
  await expect.poll(() => window.editorText(), soon).toContain('line 199');
  await run.print('stdout', lines(200, 300));
  await expect.poll(() => window.editorText(), soon).toContain('line 299');
  await window.screenshot('log-following');

  // Whoever reads further up is left there.
  await window.page.locator('.editor-instance .view-lines').click();
  await window.page.keyboard.press('Control+Home');
  await expect.poll(() => window.editorText(), soon).toContain('line 0');
  await run.print('stdout', 'the last line\n');
  run.exit(0);
  await window.notification(/talk: the run succeeded/);
  expect(await window.editorText()).toContain('line 0');
});

test('a window that comes back shows what is true', async ({ window, workspace }) => {
  await using program = await controlledCommand();
  await workspace.write(
    'long.sweep.yaml',
    `cmd: ${JSON.stringify([...program.cmd, '${x}'])}\nparameters: {x: [1, 2, 3, 4]}\nrunner: {max_parallel: 2}\n`,
  );
  await window.explorer.rightClick('long.sweep.yaml');
  await window.menu('Run Sweep');
  const first = await program.next();
  const second = await program.next();
  first.exit(0);
  const third = await program.next();
  await window.statusBar(/long 1\/4/);

  await window.page.reload();
  await window.openView('Multirun');
  await window.treeItem(/long\s*1\/4/);
  await window.toggle(/long/);
  await window.treeItem(/x=2/);
  await window.screenshot('after-reload-running');
  second.exit(0);
  third.exit(3);
  // What had not begun begins by itself: the sweep has been taken up where it was.
  const fourth = await program.next();
  await window.treeItem(/long\s*3\/4 · 1 failed/);
  await window.screenshot('after-reload-taken-up');
  fourth.exit(0);
  await window.notification(/long: 3 succeeded, 1 failed of 4 runs/);
  expect(program.count).toBe(4);
});

function lines(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, i) => `line ${from + i}\n`).join('');
}
