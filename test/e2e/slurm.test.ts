import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { controlledCommand } from '../rig/controlledCommand.ts';
import { type Slurm, slurmMissing, startSlurm } from '../rig/slurm/slurm.ts';
import { describe, expect, test } from '../rig/test.ts';

const why = slurmMissing();
if (why !== undefined) console.log(`The test of the editor on a real Slurm is skipped: ${why}.`);

/** Slurm's programs as the setting names them, each of which finds this Slurm: the editor was started before it. */
async function programsOf({ env }: Slurm) {
  const folder = await mkdtemp(path.join(tmpdir(), 'multirun-slurm-programs-'));
  const commands: Record<string, string> = {};
  for (const program of ['sbatch', 'squeue', 'scancel', 'scontrol', 'sacct']) {
    const file = path.join(folder, program);
    await writeFile(file, `#!/bin/sh\nSLURM_CONF='${env.SLURM_CONF}' exec ${program} "$@"\n`);
    await chmod(file, 0o755);
    commands[program] = file;
  }
  return { commands, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

describe.skipIf(why !== undefined)('on a real Slurm', () => {
  test('a person sends a sweep to the cluster, sees where its runs are and why they wait, cancels, and looks at results', async ({
    window,
    workspace,
  }) => {
    await using slurm = await startSlurm({ cpus: 2, port: 17_400 });
    await using programs = await programsOf(slurm);
    await using program = await controlledCommand();
    await workspace.write(
      'descent.sweep.yaml',
      `cmd: ${JSON.stringify([...program.cmd, '${mass}'])}\nparameters: {mass: [900, 1000, 1100, 1200, 1300, 1400]}\n`,
    );
    await window.setTheme('dark');

    // Where Slurm is not, it says so. A change of the theme shows when the settings have been read.
    await window.set('multirun.slurmCommands', { sbatch: '/nowhere/sbatch' });
    await window.setTheme('light');
    const choices = window.page.locator('.quick-input-list .monaco-list-row');
    await window.explorer.rightClick('descent.sweep.yaml');
    await window.menu('Run Sweep On…');
    await choices.filter({ hasText: '/nowhere/sbatch does not exist' }).waitFor();
    await window.screenshot('run-on-no-slurm-light');
    await window.pick(/Slurm/);
    await window.notification(/Nothing was started: .*\/nowhere\/sbatch does not exist/);

    // Two nodes with two processors each have four of the six runs.
    await window.set('multirun.slurmCommands', programs.commands);
    await window.setTheme('dark');
    await window.explorer.rightClick('descent.sweep.yaml');
    await window.menu('Run Sweep On…');
    await choices.filter({ hasText: 'as job arrays of the cluster' }).waitFor();
    await window.screenshot('run-on-dark');
    await window.pick(/Slurm/);
    const runs = [await program.next(), await program.next(), await program.next(), await program.next()];
    await window.begun('descent');
    await window.treeItem(/^\s*0\s*on n[12] · mass=900/);
    await window.treeItem(/^\s*3\s*on n[12] · mass=1200/);
    await window.treeItem(/^\s*5\s*waits: (Resources|Priority) · mass=1400/);
    await window.statusBar(/descent 0\/6 · 4 running/);
    await window.screenshot('slurm-tree-dark');
    await window.setTheme('light');
    await window.screenshot('slurm-tree-light');

    await (await window.treeItem(/^\s*5\s*waits/)).click();
    await window.editor(/descent 5/);
    await (await window.webview())
      .getByText(/waits: (Resources|Priority)/)
      .first()
      .waitFor();
    await window.screenshot('slurm-run-page-waiting-light');
    await (await window.treeItem(/^\s*0\s*on n/)).click();
    await window.editor(/descent 0/);
    await (await window.webview())
      .getByText(/on n[12]/)
      .first()
      .waitFor();
    await window.screenshot('slurm-run-page-light');

    // As one run ends, the next one starts.
    const byRun = (id: string) => runs.find(({ env }) => env.MULTIRUN_RUN === id);
    byRun('0')?.exit(0);
    byRun('1')?.exit(3);
    const next = [await program.next(), await program.next()];
    await window.treeItem(/exit code 3 · mass=1000/);
    await window.treeItem(/^\s*5\s*on n[12] · mass=1400/);
    await window.statusBar(/descent 2\/6 · 1 failed · 4 running/);

    await window.commandPalette('Multirun: Cancel Sweep…');
    await window.answer('Terminate Running Runs');
    await Promise.all([byRun('2'), byRun('3'), ...next].map((run) => run?.gone));
    await window.notification(/descent: 1 succeeded, 5 failed of 6 runs/);
    await window.treeItem(/cancelled · mass=1400/);
    await window.screenshot('slurm-cancelled-light');
    await window.press(/descent/, 'Open Results');
    await window.editor('descent results');
    await (await window.webview()).getByText('6 runs', { exact: true }).waitFor();
    expect(program.count).toBe(6);
  });
});
