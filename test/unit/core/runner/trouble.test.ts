import { existsSync, rmSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { multirunAsync } from '../../../../src/core/multirun.ts';
import { ParallelLocalRunner } from '../../../../src/core/runner/parallelLocalRunner.ts';
import { runAt } from '../../../../src/core/runTable.ts';
import { openSweep } from '../../../../src/core/sweepDirectory/readSweep.ts';
import type { SweepHandle } from '../../../../src/core/sweepHandle.ts';
import { controlledCommand } from '../../../rig/controlledCommand.ts';
import { mayMount, smallDisk } from '../../../rig/smallDisk.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';

/** Where nothing can be written there is no change to wait for: looks again each turn of the event loop. */
async function eventually(condition: () => boolean): Promise<void> {
  while (!condition()) await nextTurn();
}

/** Makes events until the page of the disk that the journal ends in is full. */
async function writeUntilFull(sweep: SweepHandle): Promise<void> {
  while (sweep.state.paused?.kind !== 'journal') {
    sweep.pause();
    sweep.resume();
    await nextTurn();
  }
}

describe.runIf(mayMount())('on a disk that is full', () => {
  test('a sweep pauses when what happens cannot be recorded, and loses nothing of it', async () => {
    await using disk = await smallDisk(2e6);
    await using program = await controlledCommand();
    const sweep = await multirunAsync({
      runs: [{}, {}, {}],
      cmd: program.cmd,
      outputPath: disk.at('sweep'),
      runner: new ParallelLocalRunner({ maxParallel: 2 }),
      policy: { minFreeDiskBytes: 0 },
    });
    const both = [await program.next(), await program.next()];
    const [first, second] = both.sort((a, b) => Number(a.env.MULTIRUN_RUN) - Number(b.env.MULTIRUN_RUN));
    disk.fill();
    await writeUntilFull(sweep);
    expect(sweep.state.paused).toMatchObject({ message: expect.stringContaining('ENOSPC') });
    // What runs goes on to its end, and that is known although it is not on the disk.
    const { task } = sweep.runner.runs[0]!;
    first!.exit(7);
    expect(await task).toBe('failure');
    const view = await openSweep(sweep.directory);
    expect(runAt(view.state.runs, 0).status).toBe('running');
    expect(program.count).toBe(2);
    disk.empty();
    const third = await program.next();
    expect(sweep.state.paused).toBeUndefined();
    second!.exit(0);
    third.exit(0);
    const state = await sweep.finished;
    expect(state.counts).toMatchObject({ success: 2, failure: 1 });
    const later = await openSweep(sweep.directory);
    expect(later.problems).toEqual([]);
    expect(later.state).toEqual(state);
  });

  test('a sweep of which all runs have ended waits until that is recorded', async () => {
    await using disk = await smallDisk(2e6);
    await using program = await controlledCommand();
    const sweep = await multirunAsync({
      runs: [{}],
      cmd: program.cmd,
      outputPath: disk.at('sweep'),
      policy: { minFreeDiskBytes: 0 },
    });
    const run = await program.next();
    disk.fill();
    await writeUntilFull(sweep);
    run.exit(0);
    await eventually(() => sweep.state.counts.success === 1);
    expect(sweep.state.phase).toBe('running');
    disk.empty();
    expect((await sweep.finished).phase).toBe('closed');
  });

  test('a sweep that is stopped all the same says that its end is not recorded', async () => {
    await using disk = await smallDisk(2e6);
    await using program = await controlledCommand();
    const sweep = await multirunAsync({
      runs: [{}, {}],
      cmd: program.cmd,
      outputPath: disk.at('sweep'),
      runner: new ParallelLocalRunner({ maxParallel: 1 }),
      policy: { minFreeDiskBytes: 0 },
    });
    const run = await program.next();
    disk.fill();
    await writeUntilFull(sweep);
    sweep.stop();
    run.exit(0);
    await expect(sweep.finished).rejects.toMatchObject({
      code: 'not-recorded',
      message: expect.stringContaining('ENOSPC'),
    });
    // What was recorded before the disk was full is there, and the lock is not.
    expect((await openSweep(sweep.directory)).live).toBe(false);
  });

  test('a sweep pauses when no run directory can be made, instead of failing each run', async () => {
    await using disk = await smallDisk(2e6);
    await using program = await controlledCommand();
    const sweep = await multirunAsync({
      runs: Array.from({ length: 6 }, () => ({})),
      cmd: program.cmd,
      outputPath: disk.at('sweep'),
      runner: new ParallelLocalRunner({ maxParallel: 1 }),
      policy: { minFreeDiskBytes: 0 },
    });
    const first = await program.next();
    disk.fill();
    first.exit(0);
    // One or two runs were prepared before.
    let started = 1;
    const ending = (async () => {
      for (; started < 6; started++) (await program.next()).exit(0);
    })();
    await eventually(() => sweep.state.paused !== undefined);
    expect(sweep.state.paused).toMatchObject({ kind: 'journal', message: expect.stringContaining('ENOSPC') });
    expect(sweep.state.counts.failure).toBe(0);
    disk.empty();
    await ending;
    expect((await sweep.finished).counts.success).toBe(6);
  });

  test('the disk guard pauses before that, and goes on when there is space again', async () => {
    await using disk = await smallDisk(2e6);
    await using program = await controlledCommand();
    disk.fill(6e4);
    const sweep = await multirunAsync({ runs: [{}], cmd: program.cmd, outputPath: disk.at('sweep') });
    await eventually(() => sweep.state.paused !== undefined);
    // By default the limit is 5 % of a disk as small as this one.
    expect(sweep.state.paused).toMatchObject({ kind: 'disk', limitBytes: expect.closeTo(1e5, -4) });
    disk.empty();
    (await program.next()).exit(0);
    expect((await sweep.finished).counts.success).toBe(1);
  });
});

test('a sweep whose directory is deleted ends, says so, and makes nothing of it again', async () => {
  await using directory = await temporaryDirectory();
  await using program = await controlledCommand();
  const sweep = await multirunAsync({
    runs: [{}, {}, {}, {}, {}],
    cmd: program.cmd,
    outputPath: directory.at('sweep'),
    runner: new ParallelLocalRunner({ maxParallel: 1 }),
  });
  const first = await program.next();
  rmSync(directory.at('sweep'), { recursive: true });
  first.exit(0);
  await expect(sweep.finished).rejects.toMatchObject({ code: 'not-recorded' });
  expect(existsSync(directory.at('sweep'))).toBe(false);
});
