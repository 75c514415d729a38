import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { multirun } from '../../../../src/core/multirun.ts';
import { runAt } from '../../../../src/core/runTable.ts';
import { openSweep } from '../../../../src/core/sweepDirectory/readSweep.ts';
import { takeUpSweep } from '../../../../src/core/takeUp.ts';
import { controlledCommand } from '../../../rig/controlledCommand.ts';
import { parentOf, written } from '../../../rig/killedWriter.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';
import { until } from '../../../rig/until.ts';

const writerProgram = fileURLToPath(new URL('../../../rig/sweepWriter.ts', import.meta.url));

describe('a sweep whose writer was killed', () => {
  test('is told truly: what runs, what has ended since, and what has not begun', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const writer = spawn(process.execPath, [writerProgram, directory.at('sweep'), '3', '2', ...program.cmd], {
      stdio: 'inherit',
    });
    const both = [await program.next(), await program.next()];
    const first = both.find(({ env }) => env.MULTIRUN_RUN === '0')!;
    const second = both.find(({ env }) => env.MULTIRUN_RUN === '1')!;
    const view = await openSweep(directory.at('sweep'));
    expect(view.live).toBe(true);
    writer.kill('SIGKILL');
    await once(writer, 'exit');

    await view.refresh();
    expect(view.live).toBe(false);
    expect(view.state.counts).toMatchObject({ running: 2, pending: 1 });
    symlinkSync(directory.at('sweep'), directory.at('alias'));
    expect((await openSweep(directory.at('alias'))).state.counts).toMatchObject({ running: 2, pending: 1 });

    first.exit(4);
    await written(first.cwd, 'exit');
    await view.refresh();
    expect(runAt(view.state.runs, 0)).toMatchObject({
      status: 'failure',
      failure: { reason: 'exit-code', code: 4 },
    });
    expect(runAt(view.state.runs, 1).status).toBe('running');
    expect((await openSweep(directory.at('sweep'))).state).toEqual(view.state);

    await expect(takeUpSweep(directory.at('sweep'), { kind: 'rerun', runs: [1, 2] })).rejects.toThrow(
      'run 1 of',
    );
    second.exit(0);
    await written(second.cwd, 'exit');
    await view.refresh();
    expect(view.state.counts).toMatchObject({ success: 1, failure: 1, pending: 1 });

    // Another process takes the sweep up: the failed run again, and the one that never began.
    const handle = await takeUpSweep(directory.at('sweep'), { kind: 'rerun', runs: [0, 2] });
    const again = [await program.next(), await program.next()];
    for (const process of again) process.exit(0);
    const state = await handle.finished;
    expect(state.counts).toMatchObject({ success: 3, failure: 0, pending: 0 });
    expect(runAt(state.runs, 0)).toMatchObject({ status: 'success', attempts: 2 });
    await view.refresh();
    expect(view.state).toEqual(state);
  });

  test('calls a run lost whose process is gone without an exit code', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const writer = spawn(process.execPath, [writerProgram, directory.at('sweep'), '1', '1', ...program.cmd], {
      stdio: 'inherit',
    });
    const run = await program.next();
    const shell = parentOf(run.pid);
    // The program may be quicker than its writer.
    await until(directory.at('sweep'), () =>
      readFileSync(directory.at('sweep/journal.jsonl'), 'utf8').includes('"started"'),
    );
    writer.kill('SIGKILL');
    await once(writer, 'exit');
    process.kill(shell, 'SIGKILL');
    process.kill(run.pid, 'SIGKILL');
    await run.gone;
    expect(runAt((await openSweep(directory.at('sweep'))).state.runs, 0)).toMatchObject({
      status: 'failure',
      failure: { reason: 'lost' },
    });
  });
});

describe('openSweep', () => {
  test('ignores a torn last line and reads on when it is whole', async () => {
    await using directory = await temporaryDirectory();
    await multirun({ runs: [{}, {}], cmd: ['/bin/true'], outputPath: directory.at('sweep') });
    const journal = directory.at('sweep', 'journal.jsonl');
    const whole = readFileSync(journal);
    truncateSync(journal, whole.length - 30);
    const view = await openSweep(directory.at('sweep'));
    expect(view.state.phase).toBe('running');
    appendFileSync(journal, whole.subarray(whole.length - 30));
    expect(await view.refresh()).toBe(true);
    expect(view.state.phase).toBe('closed');
    expect(view.problems).toEqual([]);
  });

  test('says how many lines of a journal it could not read', async () => {
    await using directory = await temporaryDirectory();
    await multirun({ runs: [{}], cmd: ['/bin/true'], outputPath: directory.at('sweep') });
    appendFileSync(directory.at('sweep', 'journal.jsonl'), 'nonsense\n');
    expect((await openSweep(directory.at('sweep'))).problems).toEqual([
      'a line of journal.jsonl cannot be read; statuses may be older than they look',
    ]);
  });

  test('refuses a directory that is no sweep, and one that a newer version wrote', async () => {
    await using directory = await temporaryDirectory();
    await expect(openSweep(directory.path)).rejects.toMatchObject({ code: 'not-a-sweep' });
    writeFileSync(directory.at('sweep.json'), '{"formatVersion":99}');
    await expect(openSweep(directory.path)).rejects.toMatchObject({ code: 'newer-format' });
    writeFileSync(directory.at('sweep.json'), '{"formatVersion":1}');
    await expect(openSweep(directory.path)).rejects.toMatchObject({ code: 'not-a-sweep' });
  });

  test('gives the results that a run handed back', async () => {
    await using directory = await temporaryDirectory();
    await multirun({
      runs: [{ x: 1 }, { x: 2 }],
      cmd: ['/bin/sh', '-c', '[ $1 = 2 ] || echo "{\\"cost\\": 7}" >"$MULTIRUN_RESULTS"', 'sh', '${x}'],
      outputPath: directory.at('sweep'),
    });
    const view = await openSweep(directory.at('sweep'));
    expect(await view.results(0)).toEqual({ cost: 7 });
    expect(await view.results(1)).toBeUndefined();
  });
});

describe('two writers', () => {
  test('cannot write one sweep at the same time', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const writer = spawn(process.execPath, [writerProgram, directory.at('sweep'), '2', '1', ...program.cmd], {
      stdio: 'inherit',
    });
    const first = await program.next();
    await expect(takeUpSweep(directory.at('sweep'), { kind: 'rerun', runs: [1] })).rejects.toMatchObject({
      code: 'locked',
    });
    // What is read without the lock may be old by the time that it is used, so nothing is judged before.
    await expect(takeUpSweep(directory.at('sweep'), { kind: 'rerun', runs: [0] })).rejects.toMatchObject({
      code: 'locked',
    });
    first.exit(0);
    (await program.next()).exit(0);
    await once(writer, 'exit');
    expect((await openSweep(directory.at('sweep'))).state.counts.success).toBe(2);
  });
});
