import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { controlsOf } from '../../../src/core/controls.ts';
import {
  compareWithFile,
  describeExplained,
  explainExtension,
  extendSweep,
  loadForSweep,
} from '../../../src/core/extendSweep.ts';
import { launchSweepFile } from '../../../src/core/launch.ts';
import { loadSweepFile } from '../../../src/core/loadSweepFile.ts';
import { runAt } from '../../../src/core/runTable.ts';
import { openSweep } from '../../../src/core/sweepDirectory/readSweep.ts';
import { takeUpSweep } from '../../../src/core/takeUp.ts';
import { controlledCommand } from '../../rig/controlledCommand.ts';
import { temporaryDirectory } from '../../rig/temporaryDirectory.ts';

/** A sweep that has run a file, and what applies the file's next version to it. */
async function sweepOf(text: string) {
  const directory = await temporaryDirectory();
  const file = directory.at('a.sweep.yaml');
  writeFileSync(file, text);
  const sweep = await launchSweepFile(await loadSweepFile(file), { outputPath: directory.at('sweep') });
  return {
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
    at: directory.at,
    sweep,
    explained: async (next: string, alsoFailed = false) => {
      const view = await openSweep(sweep.directory);
      const loaded = await loadForSweep(view, file, next);
      const plan = loaded.runnable!.plan;
      const extension = await compareWithFile(view, loaded);
      return [...explainExtension(view, plan, extension, alsoFailed)].map(
        (run) => `${view.label(run.run)} ${describeExplained(run)}`,
      );
    },
    extend: async (next: string, alsoFailed = false) => {
      writeFileSync(file, next);
      const view = await openSweep(sweep.directory);
      return extendSweep(sweep.directory, await loadForSweep(view, file), { alsoFailed });
    },
  };
}

const echo = (values: string, more = '') => `cmd: [echo, "\${x}"]\nparameters: {x: ${values}}\n${more}`;

describe('extending a sweep', () => {
  test('runs only new points, whatever their order; names of directories stay as they are', async () => {
    await using study = await sweepOf(echo('[0, 1, 2]'));
    await study.sweep.finished;
    const next = echo('[12, 2, 1, 11, 10, 9, 8, 7, 6, 5, 4, 3, 0]');
    expect(await study.explained(next)).toEqual([
      ...[0, 1, 2].map((run) => `${run} stays: succeeded`),
      ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((run) => `${run} runs: new in the sweep file`),
    ]);
    expect(await study.extend(next)).toEqual({ added: 10, removed: 0 });
    const handle = await takeUpSweep(study.sweep.directory, { kind: 'take-up' });
    const state = await handle.finished;
    expect(state).toMatchObject({ total: 13, createdTotal: 3, revision: 2, counts: { success: 13 } });
    const names = readdirSync(join(study.sweep.directory, 'runs')).sort((a, b) => Number(a) - Number(b));
    expect(names).toEqual(Array.from({ length: 13 }, (_, run) => String(run)));
    const view = await openSweep(study.sweep.directory);
    expect(view.params(3)).toEqual({ x: 12 });
    expect(readFileSync(join(view.runDirectory(12), 'stdout.log'), 'utf8')).toBe('3\n');
    expect(runAt(state.runs, 1)).toMatchObject({ attempts: 1 });
    expect(view.state).toEqual(state);
    expect(view.header.varying).toEqual(['x']);
  });

  test('skips what is gone and has not begun, leaves what is over, and takes it back when it comes back', async () => {
    await using program = await controlledCommand();
    const cmd = JSON.stringify([...program.cmd, '${x}']);
    const text = (values: string) => `cmd: ${cmd}\nparameters: {x: ${values}}\nrunner: {max_parallel: 1}\n`;
    await using study = await sweepOf(text('[0, 1, 2, 3]'));
    (await program.next()).exit(0);
    const second = await program.next();
    study.sweep.stop();
    second.exit(5);
    await study.sweep.finished;
    expect(await study.explained(text('[3, 4]'))).toEqual([
      '0 stays: succeeded; no longer in the sweep file',
      '1 stays: failed: exit code 5; no longer in the sweep file',
      '2 skipped: no longer in the sweep file',
      '3 runs: not started yet',
      '4 runs: new in the sweep file',
    ]);
    await study.extend(text('[3, 4]'));
    const handle = await takeUpSweep(study.sweep.directory, { kind: 'take-up' });
    for (const x of ['3', '4']) {
      const run = await program.next();
      expect(run.args).toEqual([x]);
      run.exit(0);
    }
    expect((await handle.finished).counts).toMatchObject({ success: 3, failure: 1, skipped: 1 });
    expect((await study.explained(text('[0, 2]'), true))[1]).toBe(
      '1 stays: failed: exit code 5; no longer in the sweep file',
    );
    expect((await study.explained(text('[0, 1, 2, 3, 4]'), true)).slice(0, 3)).toEqual([
      '0 stays: succeeded',
      '1 runs: failed: exit code 5',
      '2 runs: again in the sweep file',
    ]);
    await study.extend(text('[0, 1, 2, 3, 4]'), true);
    const again = await takeUpSweep(study.sweep.directory, { kind: 'take-up' });
    for (const x of ['1', '2']) {
      const run = await program.next();
      expect(run.args).toEqual([x]);
      run.exit(0);
    }
    expect((await again.finished).counts).toMatchObject({ success: 5 });
  });

  test('keeps every version of the file with its command and inputs, and knows which one a run had', async () => {
    const text = (word: string, values: string) =>
      `cmd: [sh, -c, "cat data.txt; echo ${word} $0", "\${x}"]\nparameters: {x: ${values}}\ninput_files: [data.txt]\n`;
    await using directory = await temporaryDirectory();
    writeFileSync(directory.at('data.txt'), 'old ');
    writeFileSync(directory.at('a.sweep.yaml'), text('first', '[1]'));
    const file = directory.at('a.sweep.yaml');
    const sweep = await launchSweepFile(await loadSweepFile(file), { outputPath: directory.at('sweep') });
    await sweep.finished;
    writeFileSync(directory.at('data.txt'), 'new ');
    const follower = await openSweep(sweep.directory);
    await extendSweep(sweep.directory, await loadForSweep(follower, file, text('second', '[1, 2]')));
    await (await takeUpSweep(sweep.directory, { kind: 'take-up' })).finished;
    await follower.refresh();
    const output = (run: number) => readFileSync(join(follower.runDirectory(run), 'stdout.log'), 'utf8');
    expect([output(0), output(1)]).toEqual(['old first 1\n', 'new second 2\n']);
    expect(readFileSync(join(sweep.directory, 'sweep.yaml'), 'utf8')).toBe(text('first', '[1]'));
    expect(readFileSync(join(sweep.directory, 'revisions', '2', 'sweep.yaml'), 'utf8')).toBe(
      text('second', '[1, 2]'),
    );
    expect(follower.revisionOf(0).header.cmd).toEqual(sweep.header.cmd);
    expect(follower.revisionOf(1).header.cmd[2]).toContain('second');
    expect(follower.params(1)).toEqual({ x: 2 });
    // Run again, the first one runs as the file says now.
    await (await takeUpSweep(sweep.directory, { kind: 'rerun', runs: [0] })).finished;
    expect(output(0)).toBe('new second 1\n');
  });

  test('to more runs than can be started is refused before anything is compared', async () => {
    await using study = await sweepOf(echo('[0]'));
    await study.sweep.finished;
    await expect(study.explained(echo('{min: 0, max: 1000000000000, step: 1}'))).rejects.toThrow(
      /at most 1000000 can be started/,
    );
  });

  test('draws no other values than before: the seed stays', async () => {
    const text = (samples: number) =>
      `cmd: [echo, "\${x}"]\nmethod: random\nsamples: ${samples}\nparameters: {x: {min: 0, max: 1}}\n`;
    await using study = await sweepOf(text(3));
    await study.sweep.finished;
    expect(await study.extend(text(5))).toEqual({ added: 2, removed: 0 });
  });

  test('that was broken off before it counted changes nothing, and is done again', async () => {
    await using study = await sweepOf(echo('[1]'));
    await study.sweep.finished;
    const { directory } = study.sweep;
    mkdirSync(join(directory, 'revisions', '2'), { recursive: true });
    writeFileSync(join(directory, 'revisions', '2', 'sweep.yaml'), 'half');
    const runs = readFileSync(join(directory, 'runs.jsonl'), 'utf8');
    writeFileSync(join(directory, 'runs.jsonl'), `${runs}{"run":1,"params":{"x":99}}\n{"run":2,"par`);
    expect((await openSweep(directory)).state.total).toBe(1);
    await study.extend(echo('[1, 2, 3]'));
    const view = await openSweep(directory);
    expect([1, 2].map((run) => view.params(run))).toEqual([{ x: 2 }, { x: 3 }]);
    expect(view.state).toMatchObject({ total: 3, counts: { pending: 2, success: 1 } });
  });

  test('is done while the sweep runs: its process lets go of it, and what runs goes on', async () => {
    await using program = await controlledCommand();
    const cmd = JSON.stringify([...program.cmd, '${x}']);
    const text = (values: string) => `cmd: ${cmd}\nparameters: {x: ${values}}\nrunner: {max_parallel: 1}\n`;
    await using study = await sweepOf(text('[0, 1]'));
    const first = await program.next();
    await expect(study.extend(text('[0, 1, 2]'))).rejects.toMatchObject({ code: 'locked' });
    await controlsOf(study.sweep.directory).leave();
    expect((await study.sweep.finished).phase).toBe('running');
    await study.extend(text('[0, 2]'));
    const handle = await takeUpSweep(study.sweep.directory, { kind: 'take-up' });
    first.exit(0);
    const last = await program.next();
    expect(last.args).toEqual(['2']);
    last.exit(0);
    expect((await handle.finished).counts).toMatchObject({ success: 2, skipped: 1 });
    expect(program.count).toBe(2);
  });
});
