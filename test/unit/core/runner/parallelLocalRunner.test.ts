import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { multirun, multirunAsync } from '../../../../src/core/multirun.ts';
import { directLauncher } from '../../../../src/core/runner/directLauncher.ts';
import type { LaunchFactory } from '../../../../src/core/runner/launcher.ts';
import { ParallelLocalRunner } from '../../../../src/core/runner/parallelLocalRunner.ts';
import { shellLauncher } from '../../../../src/core/runner/shellLauncher.ts';
import { runAt } from '../../../../src/core/runTable.ts';
import { lockHolder } from '../../../../src/core/sweepDirectory/lock.ts';
import { openSweep } from '../../../../src/core/sweepDirectory/readSweep.ts';
import { controlledCommand } from '../../../rig/controlledCommand.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';

const launchers: Record<string, LaunchFactory> = {
  'the shell /bin/sh': (slot, env) => shellLauncher({ ...env, MULTIRUN_SLOT: `${slot}` }),
  'the shell bash, with a process group for each run': (slot, env) =>
    shellLauncher({ ...env, MULTIRUN_SLOT: `${slot}` }, { shell: 'bash' }),
  'no shell': (slot, env) => directLauncher({ ...env, MULTIRUN_SLOT: `${slot}` }),
};

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie has ended, and waits for its parent to hear of it.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

for (const [name, launcher] of Object.entries(launchers)) {
  describe(`with ${name}`, () => {
    test('runs a command once for each set of parameters, in directories of their own', async () => {
      await using directory = await temporaryDirectory();
      const output = directory.at('sweep');
      const state = await multirun({
        runs: [{ x: 1 }, { x: 2 }, { x: 3 }],
        cmd: ['/bin/sh', '-c', 'echo "$1 $MULTIRUN_RUN"; pwd; echo oops >&2', 'sh', '${x}'],
        outputPath: output,
        runner: new ParallelLocalRunner({ maxParallel: 2, launcher }),
      });
      expect(state.counts).toEqual({ skipped: 0, pending: 0, running: 0, success: 3, failure: 0 });
      for (const id of [0, 1, 2]) {
        const run = directory.at('sweep', 'runs', `${id}`);
        expect(readFileSync(`${run}/stdout.log`, 'utf8')).toBe(`${id + 1} ${id}\n${run}\n`);
        expect(readFileSync(`${run}/stderr.log`, 'utf8')).toBe('oops\n');
        expect(readFileSync(`${run}/exit`, 'utf8')).toBe('0\n');
        expect(JSON.parse(readFileSync(`${run}/params.json`, 'utf8'))).toEqual({ x: id + 1 });
      }
    });

    test('tells how each run ended', async () => {
      await using directory = await temporaryDirectory();
      const state = await multirun({
        runs: [
          { script: 'exit 0' },
          { script: 'exit 3' },
          { script: 'kill -KILL $$' },
          { script: 'kill -SEGV $$' },
        ],
        cmd: ['/bin/sh', '-c', '${script}'],
        outputPath: directory.at('sweep'),
        runner: new ParallelLocalRunner({ maxParallel: 4, launcher }),
      });
      expect([0, 1, 2, 3].map((id) => runAt(state.runs, id))).toMatchObject([
        { status: 'success' },
        { status: 'failure', failure: { reason: 'exit-code', code: 3 } },
        { status: 'failure', failure: { reason: 'signal', signal: 'SIGKILL' } },
        { status: 'failure', failure: { reason: 'signal', signal: 'SIGSEGV' } },
      ]);
    });

    test('says which program could not be started, and where it was looked for', async () => {
      await using directory = await temporaryDirectory();
      const state = await multirun({
        runs: [{ program: 'no-such-program' }, { program: './missing.sh' }, { program: '/etc/passwd' }],
        cmd: ['${program}'],
        outputPath: directory.at('sweep'),
        runner: new ParallelLocalRunner({ launcher }),
      });
      const messages = [0, 1, 2].map((id) => {
        const run = runAt(state.runs, id);
        return run.status === 'failure' && run.failure.reason === 'spawn-error' ? run.failure.message : run;
      });
      expect(messages).toEqual([
        'no-such-program: not found in any folder of PATH',
        `./missing.sh: ${directory.at('sweep', 'runs', '1', 'missing.sh')} does not exist`,
        '/etc/passwd: /etc/passwd is not executable',
      ]);
    });

    test('never runs more than maxParallel at a time, each in a slot that no other has', async () => {
      await using directory = await temporaryDirectory();
      await using program = await controlledCommand();
      const sweep = await multirunAsync({
        runs: [{}, {}, {}, {}],
        cmd: program.cmd,
        outputPath: directory.at('sweep'),
        runner: new ParallelLocalRunner({ maxParallel: 2, launcher }),
      });
      const first = await program.next();
      const second = await program.next();
      expect([first.env.MULTIRUN_SLOT, second.env.MULTIRUN_SLOT].sort()).toEqual(['0', '1']);
      expect(sweep.runner.computeStatistics()).toMatchObject({
        runningCount: 2,
        pendingCount: 2,
        totalCount: 4,
      });
      first.exit(0);
      const third = await program.next();
      expect(third.env.MULTIRUN_SLOT).toBe(first.env.MULTIRUN_SLOT);
      expect(program.count).toBe(3);
      second.exit(0);
      third.exit(0);
      (await program.next()).exit(0);
      expect((await sweep.finished).counts.success).toBe(4);
    });

    test('ends a run that takes longer than its timeout, with everything that it started', async () => {
      await using directory = await temporaryDirectory();
      // What a shell ignores, the programs that it starts ignore too.
      const script = 'trap "" TERM; echo $$ >pids; sleep 1000 & echo $! >>pids; wait';
      const state = await multirun({
        runs: [{}],
        cmd: ['/bin/sh', '-c', script],
        outputPath: directory.at('sweep'),
        timeoutMs: 1000,
        runner: new ParallelLocalRunner({ launcher, graceMs: 300 }),
      });
      expect(runAt(state.runs, 0)).toMatchObject({
        status: 'failure',
        failure: { reason: 'timeout', timeoutMs: 1000 },
      });
      const pids = readFileSync(directory.at('sweep', 'runs', '0', 'pids'), 'utf8')
        .trim()
        .split('\n')
        .map(Number);
      expect(pids).toHaveLength(2);
      expect(pids.filter(isAlive)).toEqual([]);
    });

    test('cancelling one run leaves the others alone, also what an earlier run left behind', async () => {
      await using directory = await temporaryDirectory();
      await using program = await controlledCommand();
      const sweep = await multirunAsync({
        runs: [{}, {}, {}],
        cmd: program.cmd,
        outputPath: directory.at('sweep'),
        runner: new ParallelLocalRunner({ maxParallel: 1, launcher }),
      });
      const first = await program.next();
      await first.spawn();
      const leftover = await program.next();
      first.exit(0);
      const second = await program.next();
      await second.spawn();
      const child = await program.next();
      sweep.cancelRun(1);
      await Promise.all([second.gone, child.gone]);
      const third = await program.next();
      expect(isAlive(leftover.pid)).toBe(true);
      third.exit(0);
      const state = await sweep.finished;
      expect([0, 1, 2].map((id) => runAt(state.runs, id))).toMatchObject([
        { status: 'success' },
        { status: 'failure', failure: { reason: 'cancelled' } },
        { status: 'success' },
      ]);
      leftover.exit(0);
    });
  });
}

describe('a sweep that runs', () => {
  test('starts nothing more after a stop; running runs finish and pending ones stay pending', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await multirunAsync({
      runs: [{}, {}, {}],
      cmd: program.cmd,
      outputPath: directory.at('sweep'),
      runner: new ParallelLocalRunner({ maxParallel: 1 }),
    });
    const first = await program.next();
    sweep.stop();
    expect(sweep.state.phase).toBe('stopping');
    first.exit(0);
    expect(await sweep.finished).toMatchObject({ phase: 'closed', counts: { success: 1, pending: 2 } });
  });

  test('ends what runs when it is cancelled', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await multirunAsync({
      runs: [{}, {}, {}],
      cmd: program.cmd,
      outputPath: directory.at('sweep'),
      runner: new ParallelLocalRunner({ maxParallel: 2, graceMs: 200 }),
    });
    const [first, second] = [await program.next(), await program.next()];
    await second.ignoreSigterm();
    sweep.cancel();
    await Promise.all([first.gone, second.gone]);
    expect((await sweep.finished).counts).toMatchObject({ failure: 2, pending: 1 });
  });

  test('skips a pending run that is cancelled', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await multirunAsync({
      runs: [{}, {}, {}],
      cmd: program.cmd,
      outputPath: directory.at('sweep'),
      runner: new ParallelLocalRunner({ maxParallel: 1 }),
    });
    const first = await program.next();
    sweep.cancelRun(1);
    first.exit(0);
    (await program.next()).exit(0);
    const state = await sweep.finished;
    expect(runAt(state.runs, 1)).toMatchObject({ status: 'skipped', why: 'cancelled' });
    expect(state.counts).toMatchObject({ success: 2, skipped: 1 });
  });

  test('skips all pending runs when only they are cancelled; what runs finishes', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await multirunAsync({
      runs: [{}, {}, {}],
      cmd: program.cmd,
      outputPath: directory.at('sweep'),
      runner: new ParallelLocalRunner({ maxParallel: 1 }),
    });
    const first = await program.next();
    sweep.cancelPending();
    expect(sweep.state.counts).toMatchObject({ running: 1, skipped: 2 });
    first.exit(0);
    expect((await sweep.finished).counts).toMatchObject({ success: 1, skipped: 2 });
  });

  test('starts nothing while it is paused, lets running runs finish, and goes on when it is resumed', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await multirunAsync({
      runs: [{}, {}],
      cmd: program.cmd,
      outputPath: directory.at('sweep'),
      runner: new ParallelLocalRunner({ maxParallel: 1 }),
    });
    const first = await program.next();
    const { task } = sweep.runner.runs[0]!;
    sweep.pause();
    first.exit(0);
    expect(await task).toBe('success');
    expect(sweep.state).toMatchObject({
      phase: 'running',
      paused: { kind: 'person' },
      counts: { pending: 1 },
    });
    sweep.resume();
    (await program.next()).exit(0);
    expect((await sweep.finished).counts.success).toBe(2);
  });

  test('that is stopped while it is paused is over', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await multirunAsync({
      runs: [{}, {}],
      cmd: program.cmd,
      outputPath: directory.at('sweep'),
      runner: new ParallelLocalRunner({ maxParallel: 1 }),
    });
    const first = await program.next();
    const { task } = sweep.runner.runs[0]!;
    sweep.pause();
    first.exit(0);
    await task;
    sweep.stop();
    expect(await sweep.finished).toMatchObject({ phase: 'closed', counts: { success: 1, pending: 1 } });
  });

  test('changes how many runs run at the same time while it runs', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await multirunAsync({
      runs: [{}, {}, {}, {}, {}],
      cmd: program.cmd,
      outputPath: directory.at('sweep'),
      runner: new ParallelLocalRunner({ maxParallel: 1 }),
    });
    const first = await program.next();
    expect(() => sweep.setMaxParallel(0)).toThrow('must be a whole number');
    sweep.setMaxParallel(3);
    const [second, third] = [await program.next(), await program.next()];
    expect(sweep.state.maxParallel).toBe(3);
    expect(sweep.runner.maxParallel).toBe(3);
    sweep.setMaxParallel(1);
    const tasks = sweep.runner.runs.map(({ task }) => task);
    for (const process of [second, third]) process.exit(0);
    await Promise.all([tasks[1], tasks[2]]);
    expect(program.count).toBe(3);
    first.exit(0);
    (await program.next()).exit(0);
    (await program.next()).exit(0);
    expect((await sweep.finished).counts.success).toBe(5);
  });

  test('offers each run to be awaited once it runs', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await multirunAsync({
      runs: [{ x: 5 }, { x: 6 }],
      cmd: program.cmd,
      outputPath: directory.at('sweep'),
      runner: new ParallelLocalRunner({ maxParallel: 1 }),
    });
    const process = await program.next();
    const [first, second] = sweep.runner.runs;
    expect(first).toMatchObject({ id: 0, params: { x: 5 }, status: 'running', directory: process.cwd });
    expect(second?.task).toBeUndefined();
    const task = first?.task;
    process.exit(1);
    expect(await task).toBe('failure');
    (await program.next()).exit(0);
    await sweep.finished;
    expect(await second?.task).toBe('success');
  });

  test('runs a failed run again in the same directory and keeps what the first attempt left', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await multirunAsync({
      runs: [{}, {}],
      cmd: program.cmd,
      outputPath: directory.at('sweep'),
      runner: new ParallelLocalRunner({ maxParallel: 2 }),
    });
    const both = [await program.next(), await program.next()];
    const first = both.find(({ env }) => env.MULTIRUN_RUN === '0')!;
    const other = both.find(({ env }) => env.MULTIRUN_RUN === '1')!;
    await first.print('stdout', 'first attempt\n');
    const task = sweep.runner.runs[0]?.task;
    first.exit(1);
    expect(await task).toBe('failure');
    sweep.runAgain([0]);
    const again = await program.next();
    expect(again.cwd).toBe(first.cwd);
    await again.print('stdout', 'second attempt\n');
    again.exit(0);
    other.exit(0);
    const state = await sweep.finished;
    expect(runAt(state.runs, 0)).toMatchObject({ status: 'success', attempts: 2 });
    expect(readFileSync(`${first.cwd}/stdout.log`, 'utf8')).toBe('second attempt\n');
    expect(readFileSync(`${first.cwd}/attempts/1/stdout.log`, 'utf8')).toBe('first attempt\n');
    expect(readFileSync(`${first.cwd}/attempts/1/exit`, 'utf8')).toBe('1\n');
  });

  test('goes on with a new shell when one is killed, and calls the run lost', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await multirunAsync({
      runs: [{}, {}],
      cmd: program.cmd,
      outputPath: directory.at('sweep'),
      runner: new ParallelLocalRunner({ maxParallel: 1 }),
    });
    const first = await program.next();
    const shell = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${first.pid}/status`, 'utf8'))?.[1]);
    process.kill(shell, 'SIGKILL');
    await first.gone;
    (await program.next()).exit(0);
    const state = await sweep.finished;
    expect([0, 1].map((id) => runAt(state.runs, id))).toMatchObject([
      { status: 'failure', failure: { reason: 'lost' } },
      { status: 'success' },
    ]);
  });

  test('is told by its directory exactly as by its handle', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await multirunAsync({
      runs: [{ x: 1 }, { x: 2 }],
      cmd: program.cmd,
      outputPath: directory.at('sweep'),
      runner: new ParallelLocalRunner({ maxParallel: 2 }),
    });
    const both = [await program.next(), await program.next()];
    const view = await openSweep(sweep.directory);
    expect(view.live).toBe(true);
    expect(view.state).toEqual(sweep.state);
    for (const process of both) process.exit(0);
    const state = await sweep.finished;
    expect(await view.refresh()).toBe(true);
    expect(view.live).toBe(false);
    expect(view.state).toEqual(state);
    expect(await lockHolder(directory.at('sweep'))).toEqual({ kind: 'none' });
    expect(view.params(1)).toEqual({ x: 2 });
    expect(view.header.varying).toEqual(['x']);
  });
});
