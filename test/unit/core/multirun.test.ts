import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FileResource } from '../../../src/core/fileResource.ts';
import { multirun, multirunAsync } from '../../../src/core/multirun.ts';
import { ParallelLocalRunner } from '../../../src/core/runner/parallelLocalRunner.ts';
import { openSweep } from '../../../src/core/sweepDirectory/readSweep.ts';
import { temporaryDirectory } from '../../rig/temporaryDirectory.ts';

const cat = ['/bin/cat', 'input.txt'];

describe('multirun', () => {
  test('refuses an output path that exists and leaves it as it was', async () => {
    await using directory = await temporaryDirectory();
    mkdirSync(directory.at('taken'));
    await expect(
      multirun({ runs: [{}], cmd: ['/bin/true'], outputPath: directory.at('taken') }),
    ).rejects.toMatchObject({
      code: 'output-exists',
      message: `${directory.at('taken')} exists already; choose an output path that does not, so that nothing is overwritten`,
    });
    expect(readdirSync(directory.at('taken'))).toEqual([]);
  });

  test('resolves to the started sweep before its runs have ended when it is asked to', async () => {
    await using directory = await temporaryDirectory();
    const sweep = await multirunAsync({
      runs: [{}],
      cmd: ['/bin/sh', '-c', 'read line'],
      outputPath: directory.at('sweep'),
    });
    expect(sweep.header).toMatchObject({ name: 'sweep', size: 1, cmd: ['/bin/sh', '-c', 'read line'] });
    await sweep.finished;
  });

  test('refuses a template that names no parameter of a run, before anything is made', async () => {
    await using directory = await temporaryDirectory();
    const runs = [{ mass: 1 }, { thrust: 2 }];
    await expect(
      multirun({ runs, cmd: ['echo', '${mass}'], outputPath: directory.at('sweep') }),
    ).rejects.toThrow('${mass} in cmd or env names no parameter of the run {"thrust":2}');
    expect(readdirSync(directory.path)).toEqual([]);
  });

  test('refuses an empty command', async () => {
    await expect(multirun({ runs: [{}], cmd: [] })).rejects.toMatchObject({ code: 'invalid-argument' });
  });

  test('has nothing to do for no runs', async () => {
    await using directory = await temporaryDirectory();
    expect(await multirun({ runs: [], cmd: ['/bin/true'], outputPath: directory.at('sweep') })).toMatchObject(
      { phase: 'closed', total: 0 },
    );
  });

  test('writes what the sweep is, and never the whole environment', async () => {
    await using directory = await temporaryDirectory();
    await multirun({
      runs: [
        { x: 1, y: 'a' },
        { x: 2, y: 'a' },
      ],
      cmd: ['/bin/true', '${x}'],
      env: { LEVEL: '${x}' },
      outputPath: directory.at('sweep'),
    });
    const header = JSON.parse(readFileSync(directory.at('sweep', 'sweep.json'), 'utf8'));
    expect(header).toMatchObject({
      formatVersion: 2,
      size: 2,
      parameters: ['x', 'y'],
      varying: ['x'],
      env: { LEVEL: '${x}' },
      runner: { type: 'local', maxParallel: 4 },
    });
    expect(JSON.stringify(header)).not.toContain(process.env.PATH);
    expect(readFileSync(directory.at('sweep', 'runs.jsonl'), 'utf8')).toBe(
      '{"run":0,"params":{"x":1,"y":"a"}}\n{"run":1,"params":{"x":2,"y":"a"}}\n',
    );
  });
});

describe('an input file', () => {
  test('with the linkage shared is one copy that all runs see, still there when the original changes', async () => {
    await using directory = await temporaryDirectory();
    writeFileSync(directory.at('input.txt'), 'as launched');
    const runner = new ParallelLocalRunner();
    const sweep = await multirunAsync({
      runs: [{}, {}],
      cmd: cat,
      inputFiles: directory.at('input.txt'),
      outputPath: directory.at('sweep'),
      runner,
    });
    writeFileSync(directory.at('input.txt'), 'changed later');
    await sweep.finished;
    for (const run of runner.runs) {
      expect(readFileSync(`${run.directory}/stdout.log`, 'utf8')).toBe('as launched');
      expect(readlinkSync(`${run.directory}/input.txt`)).toBe('../../inputs/input.txt');
    }
  });

  test('with the linkage copy is a file of its own in each run', async () => {
    await using directory = await temporaryDirectory();
    writeFileSync(directory.at('input.txt'), 'original');
    const runner = new ParallelLocalRunner();
    const inputFiles = new FileResource({ path: directory.at('input.txt'), linkage: 'copy' });
    await multirun({
      runs: [{}, {}],
      cmd: ['/bin/sh', '-c', 'echo $MULTIRUN_RUN >>input.txt'],
      inputFiles,
      outputPath: directory.at('sweep'),
      runner,
    });
    expect(runner.runs.map((run) => readFileSync(`${run.directory}/input.txt`, 'utf8'))).toEqual([
      'original0\n',
      'original1\n',
    ]);
    expect(readFileSync(directory.at('input.txt'), 'utf8')).toBe('original');
  });

  test('with the linkage link leads to the file itself, under another name and in a folder if so wished', async () => {
    await using directory = await temporaryDirectory();
    writeFileSync(directory.at('terrain.csv'), 'heights');
    const runner = new ParallelLocalRunner();
    const inputFiles = [
      new FileResource({ path: directory.at('terrain.csv'), linkage: 'link', rename: 'data/map.csv' }),
    ];
    await multirun({
      runs: [{}],
      cmd: ['/bin/cat', 'data/map.csv'],
      inputFiles,
      outputPath: directory.at('sweep'),
      runner,
    });
    const run = runner.runs[0]!;
    expect(readFileSync(`${run.directory}/stdout.log`, 'utf8')).toBe('heights');
    expect(readlinkSync(`${run.directory}/data/map.csv`)).toBe(directory.at('terrain.csv'));
  });

  test('may be a directory', async () => {
    await using directory = await temporaryDirectory();
    mkdirSync(directory.at('model'));
    writeFileSync(directory.at('model', 'weights'), 'w');
    const runner = new ParallelLocalRunner();
    await multirun({
      runs: [{}],
      cmd: ['/bin/cat', 'model/weights'],
      inputFiles: directory.at('model'),
      outputPath: directory.at('sweep'),
      runner,
    });
    expect(readFileSync(`${runner.runs[0]!.directory}/stdout.log`, 'utf8')).toBe('w');
    expect(lstatSync(`${runner.runs[0]!.directory}/model`).isSymbolicLink()).toBe(true);
  });

  test('that does not exist is an error, and leaves no sweep directory behind', async () => {
    await using directory = await temporaryDirectory();
    const options = {
      runs: [{}],
      cmd: ['/bin/true'],
      inputFiles: directory.at('nothing.txt'),
      outputPath: directory.at('sweep'),
    };
    await expect(multirun(options)).rejects.toMatchObject({
      code: 'missing-input',
      message: `the input file ${directory.at('nothing.txt')} does not exist`,
    });
    expect(readdirSync(directory.path)).toEqual([]);
  });

  for (const [rename, words] of [
    ['../outside', 'leaves the run directory'],
    ['/etc/outside', 'leaves the run directory'],
    ['params.json', 'one that each run directory uses itself'],
    ['attempts/1', 'one that each run directory uses itself'],
  ] as const) {
    test(`cannot be called ${rename}`, async () => {
      const inputFiles = new FileResource({ path: '/etc/hostname', rename });
      await expect(multirun({ runs: [{}], cmd: ['/bin/true'], inputFiles })).rejects.toThrow(words);
    });
  }

  test('cannot have the name of another', async () => {
    await expect(
      multirun({
        runs: [{}],
        cmd: ['/bin/true'],
        inputFiles: ['/etc/hostname', new FileResource({ path: '/etc/hosts', rename: './hostname' })],
      }),
    ).rejects.toThrow('is in the place of the input "hostname"');
  });
});

test('a sweep without a terminal or a person is told whole by its directory', async () => {
  await using directory = await temporaryDirectory();
  await multirun({
    runs: [{ code: 0 }, { code: 1 }],
    cmd: ['/bin/sh', '-c', 'exit $1', 'sh', '${code}'],
    outputPath: directory.at('sweep'),
  });
  const view = await openSweep(directory.at('sweep'));
  expect(view.state).toMatchObject({ phase: 'closed', counts: { success: 1, failure: 1 } });
});
