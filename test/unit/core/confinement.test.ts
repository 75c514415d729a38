import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, test } from 'vitest';
import { deleteSweep } from '../../../src/core/deleteSweep.ts';
import { extendSweep, loadForSweep } from '../../../src/core/extendSweep.ts';
import { launchSweepFile } from '../../../src/core/launch.ts';
import { loadSweepFile } from '../../../src/core/loadSweepFile.ts';
import { runAt } from '../../../src/core/runTable.ts';
import { openSweep } from '../../../src/core/sweepDirectory/readSweep.ts';
import { takeUpSweep } from '../../../src/core/takeUp.ts';
import { controlledCommand } from '../../rig/controlledCommand.ts';
import { finish } from '../../rig/killedWriter.ts';
import { temporaryDirectory } from '../../rig/temporaryDirectory.ts';

/** A folder with a sweep file, beside another folder that no sweep may write to. */
async function scene(content: object) {
  const directory = await temporaryDirectory();
  mkdirSync(directory.at('home'));
  mkdirSync(directory.at('outside'));
  writeFileSync(directory.at('outside', 'precious'), 'precious');
  const file = directory.at('home', 'a.sweep.yaml');
  writeFileSync(file, JSON.stringify({ parameters: { x: [0] }, output_path: 'sweep', ...content }));
  return {
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
    home: (...path: string[]) => directory.at('home', ...path),
    outside: (...path: string[]) => directory.at('outside', ...path),
    sweep: (...path: string[]) => directory.at('home', 'sweep', ...path),
    launch: async () => launchSweepFile(await loadSweepFile(file)),
    /** What is in the other folder, and what the file there says. */
    isUntouched: () =>
      readdirSync(directory.at('outside')).join() === 'precious' &&
      readFileSync(directory.at('outside', 'precious'), 'utf8') === 'precious',
  };
}

describe('a program that writes to what it was given', () => {
  test.each(['copy', 'shared'])(
    'changes nothing that links in an input directory lead to (%s)',
    async (linkage) => {
      const cmd = [
        'sh',
        '-c',
        'echo mine >data/file && echo mine >data/folder/precious && echo mine >data/folder/new',
      ];
      await using place = await scene({ cmd, input_files: [{ path: 'data', linkage }] });
      mkdirSync(place.home('data'));
      symlinkSync(place.outside('precious'), place.home('data', 'file'));
      symlinkSync('../../outside', place.home('data', 'folder'));
      const { counts } = await (await place.launch()).finished;
      expect(counts.success).toBe(1);
      expect(readFileSync(place.sweep('runs', '0', 'data', 'folder', 'precious'), 'utf8')).toBe('mine\n');
      expect(place.isUntouched()).toBe(true);
    },
  );

  test('is not started with inputs whose links go in a circle', async () => {
    await using place = await scene({ cmd: ['true'], input_files: ['data'] });
    mkdirSync(place.home('data'));
    for (const name of ['a', 'b']) symlinkSync('.', place.home('data', name));
    await expect(place.launch()).rejects.toThrow(/ELOOP/);
    expect(existsSync(place.sweep())).toBe(false);
  });
});

describe('nothing is written through a link', () => {
  test('that a program has put where its input, or a filled-in template, was', async () => {
    await using program = await controlledCommand();
    await using place = await scene({
      cmd: program.cmd,
      template_files: [{ path: 'case.tmpl', rename: 'case/in' }],
    });
    writeFileSync(place.home('case.tmpl'), 'x = ${x}');
    const sweep = await place.launch();
    const run = await program.next();
    renameSync(place.sweep('runs', '0', 'case'), place.sweep('runs', '0', 'was'));
    symlinkSync(place.outside(), place.sweep('runs', '0', 'case'));
    run.exit(1);
    await sweep.finished;
    const { runs } = await (await takeUpSweep(place.sweep(), { kind: 'resume' })).finished;
    expect(runAt(runs, 0)).toMatchObject({
      status: 'failure',
      failure: { reason: 'spawn-error', message: expect.stringContaining('outside the run directory') },
    });
    expect(place.isUntouched()).toBe(true);
  });

  test('that stands where a run directory is to be', async () => {
    await using program = await controlledCommand();
    await using place = await scene({
      cmd: program.cmd,
      parameters: { x: [0, 1, 2, 3] },
      runner: { max_parallel: 1 },
    });
    const sweep = await place.launch();
    const first = await program.next();
    symlinkSync(place.outside(), place.sweep('runs', '3'));
    first.exit(0);
    for (let run = 1; run < 3; run++) (await program.next()).exit(0);
    const { runs, counts } = await sweep.finished;
    expect(counts).toMatchObject({ success: 3, failure: 1 });
    expect(runAt(runs, 3)).toMatchObject({
      failure: { reason: 'spawn-error', message: expect.stringContaining('is a link to somewhere else') },
    });
    expect(place.isUntouched()).toBe(true);
  });

  test('that stands where later versions of a sweep file are kept', async () => {
    await using place = await scene({ cmd: ['true'] });
    await (await place.launch()).finished;
    mkdirSync(place.outside('2'));
    symlinkSync(place.outside(), place.sweep('revisions'));
    const view = await openSweep(place.sweep());
    const loaded = await loadForSweep(view, place.home('a.sweep.yaml'));
    await expect(extendSweep(place.sweep(), loaded)).rejects.toThrow(/is a link to somewhere else/);
    expect(readdirSync(place.outside()).sort()).toEqual(['2', 'precious']);
    expect((await openSweep(place.sweep())).live).toBe(false);
  });
});

describe('deleting a sweep', () => {
  test('removes links in it, and nothing that they lead to', async () => {
    await using place = await scene({ cmd: ['ln', '-s', '../../../../outside', 'link'] });
    await (await place.launch()).finished;
    symlinkSync(place.outside(), place.sweep('inputs'));
    expect(readdirSync(place.sweep('runs', '0', 'link'))).toEqual(['precious']);
    await deleteSweep(place.sweep());
    expect(existsSync(place.sweep())).toBe(false);
    expect(readdirSync(place.home())).toEqual(['a.sweep.yaml']);
    expect(place.isUntouched()).toBe(true);
  });

  test('is refused where its directory is a link, and where there is no sweep', async () => {
    await using place = await scene({ cmd: ['true'] });
    await (await place.launch()).finished;
    renameSync(place.sweep(), place.outside('real'));
    symlinkSync(place.outside('real'), place.sweep());
    await expect(deleteSweep(place.sweep())).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(deleteSweep(place.outside())).rejects.toMatchObject({ code: 'not-a-sweep' });
    expect((await openSweep(place.outside('real'))).state.counts.success).toBe(1);
  });

  test('is refused while somebody runs it, and while a run of it goes on', async () => {
    await using program = await controlledCommand();
    await using place = await scene({ cmd: program.cmd });
    const sweep = await place.launch();
    const run = await program.next();
    await expect(deleteSweep(place.sweep())).rejects.toMatchObject({ code: 'locked' });
    await sweep.leave();
    await expect(deleteSweep(place.sweep())).rejects.toThrow(/has runs that still run/);
    await finish(run, 0);
    await deleteSweep(place.sweep());
    expect(existsSync(place.sweep())).toBe(false);
  });
});

test('a pickle is kept, and never unpickled', async () => {
  // What Python would do on reading it: os.system('touch …').
  const bomb = (target: string) => `cos\nsystem\n(S'touch ${target}'\ntR.`;
  await using place = await scene({ cmd: ['cp', 'bomb.pkl', 'results.pkl'], input_files: ['bomb.pkl'] });
  writeFileSync(place.home('bomb.pkl'), bomb(place.outside('exploded')));
  await (await place.launch()).finished;
  const view = await openSweep(place.sweep());
  await view.results(0);
  expect(existsSync(place.sweep('runs', '0', 'results.pkl'))).toBe(true);
  expect(place.isUntouched()).toBe(true);
});
