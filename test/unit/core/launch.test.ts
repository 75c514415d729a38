import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { launchSweepFile } from '../../../src/core/launch.ts';
import { loadSweepFile } from '../../../src/core/loadSweepFile.ts';
import { takeUpSweep } from '../../../src/core/takeUp.ts';
import { temporaryDirectory } from '../../rig/temporaryDirectory.ts';

const codes = ({ diagnostics }: { diagnostics: readonly { code: string }[] }) =>
  diagnostics.map(({ code }) => code);

describe('loading a sweep file', () => {
  test('tells of missing input files together with all other problems', async () => {
    await using directory = await temporaryDirectory();
    const text =
      'cmd: [echo, "${mas}"]\nparameters: {mass: [1]}\ninput_files: [gone.py, {path: data/gone.csv}]\n';
    const loaded = await loadSweepFile(directory.at('a.sweep.yaml'), text);
    expect(codes(loaded)).toEqual(['unknown-parameter', 'missing-input', 'missing-input']);
    expect(
      loaded.diagnostics.slice(1).map(({ message, range }) => [message, text.slice(range.start, range.end)]),
    ).toEqual([
      [`the input file "gone.py" does not exist in ${directory.path}`, 'gone.py'],
      [`the input file "gone.csv" does not exist in ${directory.at('data')}`, 'data/gone.csv'],
    ]);
    expect(loaded.runnable).toBeUndefined();
  });

  test('prefers the text of an editor to the file', async () => {
    await using directory = await temporaryDirectory();
    writeFileSync(directory.at('a.sweep.yaml'), 'nonsense');
    const loaded = await loadSweepFile(
      directory.at('a.sweep.yaml'),
      'cmd: [/bin/true]\nparameters: {x: [1, 2]}\n',
    );
    expect(loaded.runnable?.plan.size).toBe(2);
  });
});

describe('launching a sweep file', () => {
  test('makes a directory by name and time beside it, with a copy of it byte for byte', async () => {
    await using directory = await temporaryDirectory();
    const text = '\uFEFFcmd: [/bin/true]   # é\r\nparameters: {x: [1, 2]}\r\n';
    writeFileSync(directory.at('study.sweep.yaml'), text);
    const sweep = await launchSweepFile(await loadSweepFile(directory.at('study.sweep.yaml')));
    expect((await sweep.finished).counts.success).toBe(2);
    expect(sweep.directory).toMatch(/\/multirun\/study\/\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d$/);
    expect(readFileSync(`${sweep.directory}/sweep.yaml`)).toEqual(Buffer.from(text));
  });

  test('never gives two sweeps of one second the same directory', async () => {
    await using directory = await temporaryDirectory();
    writeFileSync(directory.at('a.sweep.yaml'), 'cmd: [/bin/true]\nparameters: {x: [1]}\n');
    const loaded = await loadSweepFile(directory.at('a.sweep.yaml'));
    const sweeps = await Promise.all([
      launchSweepFile(loaded),
      launchSweepFile(loaded),
      launchSweepFile(loaded),
    ]);
    await Promise.all(sweeps.map(({ finished }) => finished));
    expect(new Set(sweeps.map((sweep) => sweep.directory)).size).toBe(3);
    expect(readdirSync(directory.at('multirun', 'a'))).toHaveLength(3);
  });

  test('takes relative paths from the sweep file, whatever the current directory', async () => {
    await using directory = await temporaryDirectory();
    mkdirSync(directory.at('study'));
    writeFileSync(directory.at('study', 'data.txt'), 'data');
    writeFileSync(
      directory.at('study', 'sweep.yaml'),
      'cmd: [cat, data.txt]\nparameters: {x: [1]}\ninput_files: [data.txt]\noutput_path: ../results\n',
    );
    const sweep = await launchSweepFile(await loadSweepFile(directory.at('study', 'sweep.yaml')));
    await sweep.finished;
    expect(sweep.header.name).toBe('study');
    expect(readFileSync(directory.at('results', 'runs', '0', 'stdout.log'), 'utf8')).toBe('data');
  });

  test('refuses a file with errors, and a plan that no disk would hold', async () => {
    await using directory = await temporaryDirectory();
    const path = directory.at('a.sweep.yaml');
    await expect(launchSweepFile(await loadSweepFile(path, 'cmd: []\n'))).rejects.toMatchObject({
      code: 'invalid-sweep-file',
    });
    const digits = '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]';
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `  ${name}: ${digits}\n`);
    const huge = await loadSweepFile(path, `cmd: [/bin/true]\nparameters:\n${names.join('')}`);
    await expect(launchSweepFile(huge)).rejects.toThrow(
      'plans 10000000 runs, and at most 1000000 can be started at once',
    );
    expect(readdirSync(directory.path)).toEqual([]);
  });

  test('can be taken up again later, run by run', async () => {
    await using directory = await temporaryDirectory();
    const text = 'cmd: [/bin/sh, -c, "[ -e \'${flag}\' ]"]\nparameters: {flag: ["FLAG", /]}\n'.replace(
      'FLAG',
      directory.at('flag'),
    );
    const sweep = await launchSweepFile(await loadSweepFile(directory.at('a.sweep.yaml'), text));
    expect((await sweep.finished).counts).toMatchObject({ success: 1, failure: 1 });
    writeFileSync(directory.at('flag'), '');
    const again = await takeUpSweep(sweep.directory, { kind: 'rerun', runs: [0] });
    expect((await again.finished).counts).toMatchObject({ success: 2, failure: 0 });
  });

  test('touches nothing in a directory that is no sweep', async () => {
    await using directory = await temporaryDirectory();
    await expect(takeUpSweep(directory.at('nowhere'), { kind: 'rerun', runs: [0] })).rejects.toMatchObject({
      code: 'not-a-sweep',
    });
    writeFileSync(directory.at('lock'), "somebody else's");
    await expect(takeUpSweep(directory.path, { kind: 'rerun', runs: [0] })).rejects.toMatchObject({
      code: 'not-a-sweep',
    });
    expect(readdirSync(directory.path)).toEqual(['lock']);
  });
});
