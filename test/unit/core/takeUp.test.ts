import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { controlsOf } from '../../../src/core/controls.ts';
import { describeDecision } from '../../../src/core/intent.ts';
import { launchSweepFile } from '../../../src/core/launch.ts';
import { loadSweepFile } from '../../../src/core/loadSweepFile.ts';
import { multirunAsync } from '../../../src/core/multirun.ts';
import { ParallelLocalRunner } from '../../../src/core/runner/parallelLocalRunner.ts';
import { runAt } from '../../../src/core/runTable.ts';
import { lockHolder } from '../../../src/core/sweepDirectory/lock.ts';
import { openSweep } from '../../../src/core/sweepDirectory/readSweep.ts';
import { explain, takeUpSweep } from '../../../src/core/takeUp.ts';
import { type ControlledCommand, controlledCommand } from '../../rig/controlledCommand.ts';
import { finish, forgetEvents, killedWriter, written } from '../../rig/killedWriter.ts';
import { temporaryDirectory } from '../../rig/temporaryDirectory.ts';

function sweepOf(program: ControlledCommand, outputPath: string, runs: number, maxParallel: number) {
  return multirunAsync({
    runs: Array.from({ length: runs }, (_, x) => ({ x })),
    cmd: program.cmd,
    outputPath,
    runner: new ParallelLocalRunner({ maxParallel }),
  });
}

describe('a sweep that is taken up after its writer was killed', () => {
  test('goes on: what runs is adopted, what ended is read, what had not begun begins', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = directory.at('sweep');
    const [first, second] = await killedWriter({ directory: sweep, maxParallel: 2, runs: 4, program });
    await finish(first!, 3);
    const handle = await takeUpSweep(sweep, { kind: 'take-up' });
    const third = await program.next();
    expect(handle.state.counts).toEqual({ skipped: 0, pending: 1, running: 2, success: 0, failure: 1 });
    second!.exit(0);
    third.exit(0);
    (await program.next()).exit(0);
    const state = await handle.finished;
    expect(state).toMatchObject({ phase: 'closed', counts: { success: 3, failure: 1 } });
    expect(program.count).toBe(4);
    expect(runAt(state.runs, 1)).toMatchObject({ status: 'success', attempts: 1 });
  });

  test('starts no run a second time whose start was never recorded', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = directory.at('sweep');
    const [first, second] = await killedWriter({ directory: sweep, maxParallel: 2, runs: 2, program });
    forgetEvents(sweep, ({ type }) => type === 'started');
    const handle = await takeUpSweep(sweep, { kind: 'take-up' });
    expect(handle.state.counts).toMatchObject({ running: 2, pending: 0 });
    first!.exit(0);
    second!.exit(0);
    expect((await handle.finished).counts.success).toBe(2);
    expect(program.count).toBe(2);
  });

  test('ends what was being cancelled, and says so also of what ended while nobody watched', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = directory.at('sweep');
    const [first, second] = await killedWriter({
      directory: sweep,
      maxParallel: 3,
      runs: 3,
      program,
      async meanwhile(running) {
        const cancelled = running.slice(0, 2);
        for (const run of cancelled) await run.ignoreSigterm();
        const asked = cancelled.map((run) => run.sigterm());
        await controlsOf(sweep).cancelRuns([0, 1]);
        await Promise.all(asked);
        running[2]!.exit(0);
        await written(running[2]!.cwd, 'exit');
      },
    });
    await finish(first!, 5);
    const { state: seen } = await openSweep(sweep);
    expect(runAt(seen.runs, 0)).toMatchObject({ status: 'failure', failure: { reason: 'cancelled' } });
    const handle = await takeUpSweep(sweep, { kind: 'take-up' });
    await second!.sigterm();
    second!.exit(0);
    const { runs, counts } = await handle.finished;
    expect([0, 1].map((run) => runAt(runs, run))).toMatchObject([
      { status: 'failure', failure: { reason: 'cancelled' } },
      { status: 'failure', failure: { reason: 'cancelled' } },
    ]);
    expect(counts).toMatchObject({ success: 1, failure: 2 });
  });

  test('gives a run that failed while nobody watched the retries that it has', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const file = directory.at('tries.sweep.yaml');
    const retries = { max: 1, on: [{ exit: [75] }] };
    writeFileSync(file, JSON.stringify({ cmd: program.cmd, runs: [{ x: 0 }, { x: 1 }], retries }));
    const sweep = await launchSweepFile(await loadSweepFile(file));
    const [first, second] = [await program.next(), await program.next()];
    await sweep.leave();
    await finish(first, 75);
    await finish(second, 1);
    const handle = await takeUpSweep(sweep.directory, { kind: 'take-up' });
    const again = await program.next();
    expect(again.env.MULTIRUN_RUN).toBe(first.env.MULTIRUN_RUN);
    await finish(again, 75);
    expect((await handle.finished).counts).toMatchObject({ success: 0, failure: 2 });
  });

  test('counts what failed before, for its rule when to halt; resumed by a person, it begins anew', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const file = directory.at('halts.sweep.yaml');
    const values = Array.from({ length: 8 }, (_, x) => x);
    const content = {
      cmd: program.cmd,
      parameters: { x: values },
      halt: 'soon,fail=2',
      runner: { max_parallel: 1 },
    };
    writeFileSync(file, JSON.stringify(content));
    const sweep = await launchSweepFile(await loadSweepFile(file));
    (await program.next()).exit(1);
    const second = await program.next();
    await sweep.leave();
    const taken = await takeUpSweep(sweep.directory, { kind: 'take-up' });
    second.exit(1);
    const state = await taken.finished;
    expect(state).toMatchObject({ halted: 'soon,fail=2', counts: { failure: 2, pending: 6 } });
    const resumed = await takeUpSweep(sweep.directory, { kind: 'resume' });
    (await program.next()).exit(1);
    for (let run = 0; run < 7; run++) (await program.next()).exit(0);
    expect((await resumed.finished).counts).toMatchObject({ failure: 1, success: 7 });
  });

  test('stays paused where it was paused, with the number of places that it had been given', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await sweepOf(program, directory.at('sweep'), 4, 1);
    const first = await program.next();
    sweep.setMaxParallel(2);
    const second = await program.next();
    sweep.pause();
    await sweep.leave();
    const handle = await takeUpSweep(sweep.directory, { kind: 'take-up' });
    expect(handle.state).toMatchObject({ phase: 'running', paused: { kind: 'person' }, maxParallel: 2 });
    first.exit(0);
    second.exit(0);
    await expect.poll(() => handle.state.counts.success).toBe(2);
    expect(handle.state).toMatchObject({ paused: { kind: 'person' }, counts: { running: 0, pending: 2 } });
    expect(program.count).toBe(2);
    handle.resume();
    const both = [await program.next(), await program.next()];
    for (const run of both) run.exit(0);
    expect((await handle.finished).counts.success).toBe(4);
  });

  test('goes on being stopped: what runs is watched to its end, and nothing begins', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await sweepOf(program, directory.at('sweep'), 3, 1);
    const first = await program.next();
    sweep.stop();
    await sweep.leave();
    const handle = await takeUpSweep(sweep.directory, { kind: 'take-up' });
    expect(handle.state).toMatchObject({ phase: 'stopping', counts: { running: 1 } });
    first.exit(0);
    expect(await handle.finished).toMatchObject({ phase: 'closed', counts: { success: 1, pending: 2 } });
  });

  test('runs only what its last writer was to run', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await sweepOf(program, directory.at('sweep'), 4, 1);
    (await program.next()).exit(1);
    const second = await program.next();
    sweep.stop();
    second.exit(1);
    await sweep.finished;
    const again = await takeUpSweep(sweep.directory, { kind: 'rerun', runs: [0, 3] });
    const first = await program.next();
    await again.leave();
    first.exit(0);
    const handle = await takeUpSweep(sweep.directory, { kind: 'take-up' });
    const last = await program.next();
    expect(last.env.MULTIRUN_RUN).toBe('3');
    last.exit(0);
    expect((await handle.finished).counts).toMatchObject({ success: 2, failure: 1, pending: 1 });
  });
});

describe('a sweep that is left', () => {
  test('is another writer’s at once; the runs that it had go on and are told to nobody twice', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await sweepOf(program, directory.at('sweep'), 3, 2);
    const running = [await program.next(), await program.next()];
    await sweep.leave();
    expect(await lockHolder(sweep.directory)).toEqual({ kind: 'none' });
    expect((await sweep.finished).phase).toBe('running');
    const handle = await takeUpSweep(sweep.directory, { kind: 'take-up' });
    for (const run of running) run.exit(0);
    (await program.next()).exit(0);
    expect((await handle.finished).counts.success).toBe(3);
    const { recorded, problems } = await openSweep(sweep.directory);
    expect({ state: recorded, problems }).toEqual({ state: handle.state, problems: [] });
    const ends = readFileSync(`${sweep.directory}/journal.jsonl`, 'utf8').match(/"succeeded"/g);
    expect(ends).toHaveLength(3);
  });
});

describe('resume', () => {
  test('runs what failed and what had not begun; success stays, and so does what was cancelled before', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await sweepOf(program, directory.at('sweep'), 5, 1);
    (await program.next()).exit(0);
    (await program.next()).exit(7);
    const third = await program.next();
    sweep.cancelRun(3);
    sweep.cancel();
    await third.gone;
    await sweep.finished;
    const view = await openSweep(sweep.directory);
    expect(explain(view, { kind: 'resume' }).map(describeDecision)).toEqual([
      'stays: succeeded',
      'runs: failed: exit code 7',
      'runs: failed: cancelled',
      'stays: skipped: cancelled before it started',
      'runs: not started yet',
    ]);
    const handle = await takeUpSweep(sweep.directory, { kind: 'resume' });
    for (const run of [1, 2, 4]) {
      const process = await program.next();
      expect(process.env.MULTIRUN_RUN).toBe(String(run));
      process.exit(0);
    }
    expect((await handle.finished).counts).toEqual({
      skipped: 1,
      pending: 0,
      running: 0,
      success: 4,
      failure: 0,
    });
  });

  test('of a sweep that somebody runs is refused', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await sweepOf(program, directory.at('sweep'), 1, 1);
    await expect(takeUpSweep(sweep.directory, { kind: 'resume' })).rejects.toMatchObject({ code: 'locked' });
    (await program.next()).exit(0);
    await sweep.finished;
  });
});

describe('rerun', () => {
  test('of all makes new attempts and keeps the logs of the old ones', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await sweepOf(program, directory.at('sweep'), 2, 1);
    for (const code of [0, 1]) {
      const run = await program.next();
      await run.print('stdout', `code ${code}\n`);
      run.exit(code);
    }
    await sweep.finished;
    const handle = await takeUpSweep(sweep.directory, { kind: 'rerun', runs: 'all' });
    for (let i = 0; i < 2; i++) (await program.next()).exit(0);
    expect((await handle.finished).counts.success).toBe(2);
    for (const run of [0, 1])
      expect(readFileSync(`${sweep.directory}/runs/${run}/attempts/1/stdout.log`, 'utf8')).toBe(
        `code ${run}\n`,
      );
  });

  test('runs in a sweep whose run directories somebody has deleted', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await sweepOf(program, directory.at('sweep'), 1, 1);
    (await program.next()).exit(1);
    await sweep.finished;
    rmSync(`${sweep.directory}/runs`, { recursive: true });
    const handle = await takeUpSweep(sweep.directory, { kind: 'rerun', runs: 'failed' });
    (await program.next()).exit(0);
    expect((await handle.finished).counts).toMatchObject({ success: 1 });
  });

  test('of failed ones leaves the others as they are, and tells what is no run', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await sweepOf(program, directory.at('sweep'), 3, 1);
    (await program.next()).exit(0);
    const second = await program.next();
    sweep.stop();
    second.exit(1);
    await sweep.finished;
    await expect(takeUpSweep(sweep.directory, { kind: 'rerun', runs: [3] })).rejects.toThrow('has no run 3');
    const handle = await takeUpSweep(sweep.directory, { kind: 'rerun', runs: 'failed' });
    (await program.next()).exit(0);
    expect((await handle.finished).counts).toMatchObject({ success: 2, pending: 1 });
  });
});

describe('a sweep that another process carries', () => {
  test('does what is asked of it, and tells who asked what it refuses', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = directory.at('sweep');
    const rig = fileURLToPath(new URL('../../rig/sweepWriter.ts', import.meta.url));
    const writer = spawn(process.execPath, [rig, sweep, '5', '1', ...program.cmd], { stdio: 'inherit' });
    const ended = once(writer, 'exit');
    const first = await program.next();
    const controls = controlsOf(sweep);
    const view = await openSweep(sweep);
    const stateNow = async () => {
      await view.refresh();
      return view.state;
    };
    await controls.pause();
    expect((await stateNow()).paused).toEqual({ kind: 'person' });
    await controls.setMaxParallel(2);
    await expect(controls.setMaxParallel(0)).rejects.toMatchObject({ code: 'refused' });
    await controls.cancelRuns([0, 4]);
    await first.gone;
    await controls.resume();
    const [second, third] = [await program.next(), await program.next()];
    await controls.runAgain([0]);
    await controls.cancelPending();
    second.exit(0);
    third.exit(0);
    await ended;
    expect((await stateNow()).counts).toEqual({ skipped: 3, pending: 0, running: 0, success: 2, failure: 0 });
    await expect(controls.stop()).rejects.toMatchObject({ code: 'not-carried' });
  });

  test('does not run again what belongs to a sweep that is being stopped, and says so', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await sweepOf(program, directory.at('sweep'), 4, 2);
    const [first, second] = [await program.next(), await program.next()];
    const controls = controlsOf(sweep.directory);
    first.exit(1);
    const third = await program.next();
    await controls.stop();
    const refused = {
      code: 'refused',
      message: expect.stringMatching(/is being stopped.*when it has ended$/),
    };
    await expect(controls.runAgain([0])).rejects.toMatchObject(refused);
    await expect(controlsOf(sweep.directory, sweep).runAgain([0])).rejects.toMatchObject(refused);
    second.exit(0);
    third.exit(0);
    expect((await sweep.finished).counts).toMatchObject({ pending: 1, success: 2, failure: 1 });
  });

  test('does each thing once, also what is asked by many at the same time', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await sweepOf(program, directory.at('sweep'), 20, 1);
    const first = await program.next();
    const controls = controlsOf(sweep.directory);
    await Promise.all(Array.from({ length: 18 }, (_, index) => controls.cancelRuns([index + 2])));
    expect(sweep.state.counts).toMatchObject({ skipped: 18 });
    await controls.cancel();
    await first.gone;
    await sweep.finished;
    expect(readFileSync(`${sweep.directory}/journal.jsonl`, 'utf8').match(/"skipped"/g)).toHaveLength(18);
  });
});
