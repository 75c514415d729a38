import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from 'vitest';
import { lockHolder } from '../../src/core/sweepDirectory/lock.ts';
import { openSweep } from '../../src/core/sweepDirectory/readSweep.ts';
import { type ControlledCommand, controlledCommand } from '../rig/controlledCommand.ts';
import { expect, test } from '../rig/test.ts';
import type { Window } from '../rig/window.ts';
import type { Workspace } from '../rig/workspace.ts';

const soon = { timeout: 30_000 };

async function runSweep(window: Window, workspace: Workspace, program: ControlledCommand): Promise<string> {
  await workspace.write(
    'long.sweep.yaml',
    `cmd: ${JSON.stringify([...program.cmd, '${x}'])}\nparameters: {x: [1, 2, 3, 4]}\nrunner: {max_parallel: 2}\n`,
  );
  await window.explorer.rightClick('long.sweep.yaml');
  await window.menu('Run Sweep');
  await window.statusBar(/long 0\/4/);
  const home = join(workspace.folder, 'multirun', 'long');
  const [name = ''] = await readdir(home);
  return join(home, name);
}

async function writerOf(directory: string): Promise<number> {
  const holder = await lockHolder(directory);
  if (holder.kind !== 'living') throw new Error(`nobody runs ${directory}`);
  return holder.pid;
}

function commandLineOf(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
}

describe('a sweep whose extension host is killed', () => {
  test('is taken up where it was by the next one: nothing is lost, nothing runs twice', async ({
    window,
    workspace,
  }) => {
    await using program = await controlledCommand();
    const directory = await runSweep(window, workspace, program);
    const [first, second] = [await program.next(), await program.next()];
    const host = await writerOf(directory);
    expect(commandLineOf(host)).toContain('extensionHost');
    process.kill(host, 'SIGKILL');
    first.exit(0);
    const third = await program.next();
    const next = await writerOf(directory);
    expect(next).not.toBe(host);
    await window.openView('Multirun');
    await window.treeItem(/long\s*1\/4/);
    await window.notification(/“long” goes on/);
    await window.screenshot('host-killed-taken-up');
    second.exit(0);
    third.exit(0);
    (await program.next()).exit(0);
    await window.notification(/long: all 4 runs succeeded/);
    expect(program.count).toBe(4);
    const { state } = await openSweep(directory);
    expect(state).toMatchObject({ phase: 'closed', counts: { success: 4 } });
  });
});

function whenClosed(setting: string) {
  return { '.vscode/settings.json': JSON.stringify({ 'multirun.onWindowClose': setting }) };
}

describe('a window that closes, where the setting is keepGoing', () => {
  test.override('files', whenClosed('keepGoing'));

  test('leaves the whole sweep to another process, and shows it again', async ({ window, workspace }) => {
    await using program = await controlledCommand();
    const directory = await runSweep(window, workspace, program);
    const [first, second] = [await program.next(), await program.next()];
    const carrier = await writerOf(directory);
    expect(commandLineOf(carrier)).toMatch(/cli\.js carry/);
    expect(first.env.ELECTRON_RUN_AS_NODE).toBeUndefined();
    await window.page.goto('about:blank');
    first.exit(0);
    const third = await program.next();
    await window.page.goBack();
    await window.openView('Multirun');
    await window.treeItem(/long\s*1\/4/);
    expect(await writerOf(directory)).toBe(carrier);
    await (await window.treeItem(/long/)).click({ button: 'right' });
    await window.menu('Pause Sweep');
    await window.treeItem(/long\s*1\/4 · paused/);
    await window.screenshot('keep-going-paused');
    second.exit(0);
    third.exit(0);
    await window.treeItem(/long\s*3\/4 · paused/);
    await window.treeAction(/long/, 'Resume Sweep');
    (await program.next()).exit(0);
    await window.notification(/long: all 4 runs succeeded/);
  });
});

describe('a window that closes, where the setting is stop', () => {
  test.override('files', whenClosed('stop'));

  test('terminates what runs', async ({ window, workspace }) => {
    await using program = await controlledCommand();
    const directory = await runSweep(window, workspace, program);
    const [first, second] = [await program.next(), await program.next()];
    await first.ignoreSigterm();
    await window.commandPalette('Developer: Reload Window');
    await Promise.all([first.gone, second.gone]);
    await expect
      .poll(async () => (await openSweep(directory)).state, soon)
      .toMatchObject({ phase: 'closed', counts: { failure: 2, pending: 2 } });
    await window.openView('Multirun');
    await window.treeItem(/long\s*2\/4 · 2 failed · stopped/);
    expect(program.count).toBe(2);
  });
});
