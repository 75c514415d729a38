import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { FileResource } from '../../../../src/core/fileResource.ts';
import { multirunAsync } from '../../../../src/core/multirun.ts';
import { ParallelLocalRunner } from '../../../../src/core/runner/parallelLocalRunner.ts';
import { openJournalWriter } from '../../../../src/core/sweepDirectory/journalWriter.ts';
import { openSweep } from '../../../../src/core/sweepDirectory/readSweep.ts';
import { takeUpSweep } from '../../../../src/core/takeUp.ts';
import { controlledCommand } from '../../../rig/controlledCommand.ts';
import { written } from '../../../rig/killedWriter.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';

const writerProgram = fileURLToPath(new URL('../../../rig/sweepWriter.ts', import.meta.url));

/** Lets a process write no file beyond this size; undefined lets it write again. */
function limitFiles(pid: number, bytes: number | undefined): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes ?? 'unlimited'}:unlimited`]);
}

describe('a journal that cannot be written', () => {
  test('is told once, and loses nothing that it can write later', async () => {
    const troubles: unknown[] = [];
    const journal = openJournalWriter('/dev/full', {
      onTrouble: (error) => troubles.push(error),
      onRecovered: () => troubles.push('recovered'),
    });
    journal.append({ type: 'succeeded', run: 0, at: 0 });
    await expect(journal.close()).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(troubles).toMatchObject([{ code: 'ENOSPC' }]);
  });

  test('pauses the sweep in the middle of a line; when it can be written, the line is completed and the sweep goes on', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = directory.at('sweep');
    const writer = spawn(process.execPath, [writerProgram, sweep, '3', '1', ...program.cmd], {
      stdio: 'inherit',
    });
    const ended = once(writer, 'exit');
    const first = await program.next();
    const view = await openSweep(sweep);
    while (view.recorded.running.length === 0) await view.refresh();
    const journal = `${sweep}/journal.jsonl`;
    const { size } = statSync(journal);
    limitFiles(writer.pid!, size + 20);
    first.exit(0);
    await written(first.cwd, 'exit');
    while (statSync(journal).size < size + 20) await new Promise((resolve) => setTimeout(resolve, 5));
    limitFiles(writer.pid!, undefined);
    (await program.next()).exit(0);
    (await program.next()).exit(0);
    expect(await ended).toEqual([0, null]);
    await view.refresh();
    expect(view.problems).toEqual([]);
    expect(view.state).toMatchObject({ phase: 'closed', counts: { success: 3 } });
    const reasons = readFileSync(journal, 'utf8').match(/"reason":"(paused|resumed)"|"kind":"journal"/g);
    expect(reasons).toEqual(['"reason":"paused"', '"kind":"journal"', '"reason":"resumed"']);
  });
});

describe('a sweep directory', () => {
  test('that is moved while it runs ends the sweep there, and the sweep goes on in its new place', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await multirunAsync({
      runs: [{}, {}, {}],
      cmd: program.cmd,
      outputPath: directory.at('sweep'),
      runner: new ParallelLocalRunner({ maxParallel: 2 }),
    });
    const running = [await program.next(), await program.next()];
    renameSync(directory.at('sweep'), directory.at('moved'));
    running[0]!.exit(0);
    await expect(sweep.finished).rejects.toThrow(
      `nothing more of the sweep in ${directory.at('sweep')} is recorded or started: ${directory.at('sweep')} was moved or deleted`,
    );
    const handle = await takeUpSweep(directory.at('moved'), { kind: 'take-up' });
    running[1]!.exit(0);
    (await program.next()).exit(0);
    expect((await handle.finished).counts.success).toBe(3);
  });

  test('that is deleted while it runs ends the sweep, and is not made again', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await multirunAsync({
      runs: [{}, {}, {}],
      cmd: program.cmd,
      outputPath: directory.at('sweep'),
      runner: new ParallelLocalRunner({ maxParallel: 1 }),
    });
    const run = await program.next();
    rmSync(directory.at('sweep'), { recursive: true });
    run.exit(0);
    await expect(sweep.finished).rejects.toMatchObject({ code: 'not-recorded' });
    expect(() => statSync(directory.at('sweep'))).toThrow('ENOENT');
  });
});

test('nothing is written through a link that a program has put in the place of a folder of its inputs', async () => {
  await using directory = await temporaryDirectory();
  await using program = await controlledCommand();
  mkdirSync(directory.at('outside'));
  const sweep = await multirunAsync({
    runs: [{}],
    cmd: program.cmd,
    outputPath: directory.at('sweep'),
    inputFiles: new FileResource({ path: import.meta.filename, rename: 'data/input.ts', linkage: 'copy' }),
  });
  const run = await program.next();
  rmSync(`${run.cwd}/data`, { recursive: true });
  symlinkSync(directory.at('outside'), `${run.cwd}/data`);
  run.exit(1);
  await sweep.finished;
  const handle = await takeUpSweep(sweep.directory, { kind: 'resume' });
  const { counts } = await handle.finished;
  expect(counts.failure).toBe(1);
  expect(readFileSync(`${sweep.directory}/journal.jsonl`, 'utf8')).toContain('outside the run directory');
  expect(() => statSync(directory.at('outside', 'input.ts'))).toThrow('ENOENT');
});
