import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { lockHolder } from '../../../src/core/sweepDirectory/lock.ts';
import { openSweep } from '../../../src/core/sweepDirectory/readSweep.ts';
import { type ControlledCommand, controlledCommand, type Invocation } from '../../rig/controlledCommand.ts';
import { temporaryDirectory } from '../../rig/temporaryDirectory.ts';
import { main, runCli, startCli } from './cli.ts';

vi.setConfig({ testTimeout: 60_000 });

async function sweepIn(program: ControlledCommand, runs: number, maxParallel = 1) {
  const directory = await temporaryDirectory();
  const values = Array.from({ length: runs }, (_, x) => x);
  writeFileSync(
    directory.at('a.sweep.yaml'),
    `cmd: ${JSON.stringify([...program.cmd, '${x}'])}\nparameters: {x: ${JSON.stringify(values)}}\nrunner: {max_parallel: ${maxParallel}}\n`,
  );
  const run = (...more: string[]) => [
    'run',
    directory.at('a.sweep.yaml'),
    '-o',
    directory.at('out'),
    ...more,
  ];
  return { ...directory, out: directory.at('out'), run };
}

async function pidOfWriter(directory: string): Promise<number> {
  const holder = await lockHolder(directory);
  if (holder.kind !== 'living') throw new Error(`nobody writes ${directory}`);
  return holder.pid;
}

async function finishAll(program: ControlledCommand, count: number): Promise<Invocation[]> {
  const finished: Invocation[] = [];
  for (let i = 0; i < count; i++) {
    const run = await program.next();
    run.exit(0);
    finished.push(run);
  }
  return finished;
}

describe('run --detach', () => {
  test('comes back at once; another process carries the sweep, and attach watches it to its end', async () => {
    await using program = await controlledCommand();
    await using sweep = await sweepIn(program, 3);
    const { exitCode, stdout, stderr } = await runCli(sweep.run('--detach'));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain(`multirun attach ${sweep.out}`);
    const first = await program.next();
    expect(await pidOfWriter(sweep.out)).not.toBe(process.pid);
    expect(first.env.ELECTRON_RUN_AS_NODE).toBeUndefined();
    const watching = startCli(['attach', sweep.out]);
    await watching.said('watching 3 runs');
    first.exit(0);
    await finishAll(program, 2);
    const ended = await watching.ended;
    expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ended.stdout).toContain('3 succeeded');
    expect(readFileSync(`${sweep.out}/carrier.log`, 'utf8')).toBe('');
  });

  test('attach leaves the sweep alone when it is left itself, and says so where there is nothing to watch', async () => {
    await using program = await controlledCommand();
    await using sweep = await sweepIn(program, 1);
    await runCli(sweep.run('--detach'));
    const run = await program.next();
    const watching = startCli(['attach', sweep.out]);
    await watching.said('watching 1 run');
    watching.child.kill('SIGINT');
    expect((await watching.ended).stdout).toContain(`a goes on: multirun attach ${sweep.out}`);
    run.exit(0);
    const view = await openSweep(sweep.out);
    while (view.live) await view.refresh();
    expect(view.state.counts.success).toBe(1);
    const over = await runCli(['attach', sweep.out]);
    expect(over).toMatchObject({ exitCode: 2 });
    expect(over.stderr).toContain('all its runs are over');
  });

  test('leaves the sweep to be taken up when its process is told to end, as a shutdown does', async () => {
    await using program = await controlledCommand();
    await using sweep = await sweepIn(program, 2);
    await runCli(sweep.run('--detach'));
    const first = await program.next();
    const watching = startCli(['attach', sweep.out]);
    await watching.said('watching 2 runs');
    process.kill(await pidOfWriter(sweep.out), 'SIGTERM');
    const left = await watching.ended;
    expect(left).toMatchObject({ exitCode: 1 });
    expect(left.stderr).toContain(`multirun resume ${sweep.out} goes on with the sweep`);
    const resumed = startCli(['resume', sweep.out]);
    await resumed.said('2 runs');
    first.exit(0);
    await finishAll(program, 1);
    expect((await resumed.ended).exitCode).toBe(0);
    expect(program.count).toBe(2);
  });
});

test('a terminal that goes away takes no sweep with it', async () => {
  await using program = await controlledCommand();
  await using sweep = await sweepIn(program, 2);
  // A terminal of its own, which ends with the program that made it.
  const terminal = spawn(
    'script',
    ['-qfec', [process.execPath, main, ...sweep.run()].join(' '), '/dev/null'],
    {
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  );
  const first = await program.next();
  const writer = await pidOfWriter(sweep.out);
  terminal.kill('SIGKILL');
  await once(terminal, 'exit');
  first.exit(0);
  const second = await program.next();
  expect(await pidOfWriter(sweep.out)).toBe(writer);
  second.exit(0);
  const view = await openSweep(sweep.out);
  while (view.live) await view.refresh();
  expect(view.state).toMatchObject({ phase: 'closed', counts: { success: 2 } });
});

describe('a sweep that a process carries', () => {
  test('is paused, resumed, given more places, and told what to leave out, from another terminal', async () => {
    await using program = await controlledCommand();
    await using sweep = await sweepIn(program, 6);
    const cli = startCli(sweep.run());
    const first = await program.next();
    expect(await runCli(['pause', sweep.out])).toEqual({ exitCode: 0, stdout: 'a is paused\n', stderr: '' });
    first.exit(3);
    const view = await openSweep(sweep.out);
    while (view.state.counts.failure === 0) await view.refresh();
    expect((await runCli(['rerun', sweep.out, '0'])).stdout).toBe('a: 1 run once more\n');
    expect((await runCli(['cancel', sweep.out, '5'])).stdout).toBe('a: cancelled run 5\n');
    expect((await runCli(['max-parallel', sweep.out, '2'])).stdout).toBe('a runs 2 at a time\n');
    expect((await runCli(['resume', sweep.out])).stdout).toBe('a starts runs again\n');
    const both = [await program.next(), await program.next()];
    expect((await runCli(['cancel', sweep.out, '--pending'])).exitCode).toBe(0);
    for (const run of both) run.exit(0);
    await cli.ended;
    await view.refresh();
    expect(view.state.counts).toEqual({ skipped: 4, pending: 0, running: 0, success: 2, failure: 0 });
    expect(await runCli(['stop', sweep.out])).toMatchObject({
      exitCode: 2,
      stderr: `multirun: nobody runs the sweep in ${sweep.out} at the moment\n`,
    });
  });

  test('goes on elsewhere when it is extended there; its own process ends, whatever its runs do', async () => {
    await using program = await controlledCommand();
    await using sweep = await sweepIn(program, 2);
    const carrying = startCli(sweep.run());
    const first = await program.next();
    const file = sweep.at('a.sweep.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('[0,1]', '[1,7]'));
    const extending = startCli(['extend', sweep.out]);
    await extending.said('1 new run, 1 no longer in the file');
    const { exitCode, stdout } = await carrying.ended;
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Another process goes on with the sweep');
    first.exit(0);
    const rest = await finishAll(program, 2);
    expect(rest.map(({ args }) => args)).toEqual([['1'], ['7']]);
    expect((await extending.ended).stdout).toContain('3 succeeded');
  });

  test('goes on as it was where a changed file cannot be applied to it', async () => {
    await using program = await controlledCommand();
    await using sweep = await sweepIn(program, 2);
    const carrying = startCli(sweep.run());
    const first = await program.next();
    const file = sweep.at('a.sweep.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, `${text.replace('[0,1]', '[1,7]')}env: {TOKEN: "\${envvar:NOBODY_HAS_THIS}"}\n`);
    const extending = startCli(['extend', sweep.out]);
    await extending.said('NOBODY_HAS_THIS');
    expect((await carrying.ended).exitCode).toBe(0);
    first.exit(0);
    expect((await finishAll(program, 1)).map(({ args }) => args)).toEqual([['1']]);
    const { exitCode, stdout, stderr } = await extending.ended;
    expect(exitCode).toBe(2);
    expect(stderr).toContain('a goes on as it was');
    expect(stdout).toContain('2 succeeded');
  });

  test('is stopped and cancelled from another terminal, and resumed here', async () => {
    await using program = await controlledCommand();
    await using sweep = await sweepIn(program, 3);
    await runCli(sweep.run('--detach'));
    const first = await program.next();
    await runCli(['stop', sweep.out]);
    await runCli(['cancel', sweep.out]);
    await first.gone;
    const view = await openSweep(sweep.out);
    while (view.live) await view.refresh();
    const explained = await runCli(['resume', sweep.out, '--explain']);
    expect(explained.stdout).toBe(
      [
        'a: 3 runs of 3 would run',
        '0  runs: failed: cancelled  (x=0)',
        '1  runs: not started yet  (x=1)',
        '2  runs: not started yet  (x=2)',
        '',
      ].join('\n'),
    );
    expect(program.count).toBe(1);
    const resumed = startCli(['resume', sweep.out]);
    await finishAll(program, 3);
    expect((await resumed.ended).exitCode).toBe(0);
  });
});

test('a run is named by its number, and which runs are meant has to be said', async () => {
  await using program = await controlledCommand();
  await using sweep = await sweepIn(program, 1);
  const cli = startCli(sweep.run());
  await finishAll(program, 1);
  await cli.ended;
  expect((await runCli(['rerun', sweep.out])).stderr).toContain('say which runs');
  expect((await runCli(['rerun', sweep.out, '0', '--all'])).stderr).toContain('say which runs');
  expect((await runCli(['rerun', sweep.out, '1'])).stderr).toContain('has no run 1; its runs are 0 to 0');
});

test('a sweep is deleted where somebody says yes', async () => {
  await using program = await controlledCommand();
  await using sweep = await sweepIn(program, 1);
  const carrying = startCli(sweep.run());
  await finishAll(program, 1);
  await carrying.ended;
  const asked = await runCli(['delete', sweep.out]);
  expect(asked).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('add --yes') });
  expect((await openSweep(sweep.out)).state.counts.success).toBe(1);
  const { exitCode, stdout } = await runCli(['delete', sweep.out, '--yes']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `deleted a in ${sweep.out}, with 1 run\n` });
  await expect(openSweep(sweep.out)).rejects.toMatchObject({ code: 'not-a-sweep' });
});
