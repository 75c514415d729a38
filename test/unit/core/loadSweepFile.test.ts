import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { launchSweepFile } from '../../../src/core/launch.ts';
import { loadSweepFile } from '../../../src/core/loadSweepFile.ts';
import { runsOf } from '../../../src/core/plan/plan.ts';
import { openSweep } from '../../../src/core/sweepDirectory/readSweep.ts';
import { temporaryDirectory } from '../../rig/temporaryDirectory.ts';

describe('a sweep file that takes values from files', () => {
  test('has them from beside it, as they are now', async () => {
    await using directory = await temporaryDirectory();
    const text = 'cmd: [run, "${mass}"]\nruns: {file: data.csv}\n';
    const load = async () => {
      const { runnable, diagnostics } = await loadSweepFile(directory.at('a.sweep.yaml'), text);
      return runnable === undefined ? diagnostics.map(({ code }) => code) : [...runsOf(runnable.plan)];
    };
    expect(await load()).toEqual(['missing-input']);
    writeFileSync(directory.at('data.csv'), 'mass\n900\n');
    expect(await load()).toEqual([{ mass: 900 }]);
    writeFileSync(directory.at('data.csv'), 'mass\n800\n');
    utimesSync(directory.at('data.csv'), 1, 1);
    expect(await load()).toEqual([{ mass: 800 }]);
    writeFileSync(directory.at('data.csv'), 'thrust\n1\n');
    expect(await load()).toEqual(['unknown-parameter']);
  });

  test('is told where one of them is missing, a directory, or too large', async () => {
    await using directory = await temporaryDirectory();
    writeFileSync(directory.at('large.csv'), Buffer.alloc(50_000_001, 'a'));
    const text =
      'cmd: [run]\nparameters:\n  a: {from: "none.csv#x"}\n  b: {from: .}\n  c: {from: large.csv}\n';
    const { diagnostics } = await loadSweepFile(directory.at('a.sweep.yaml'), text);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      `the file "none.csv" does not exist in ${directory.path}`,
      expect.stringContaining('cannot be read: EISDIR'),
      'the file has 50 MB, more than 50 MB',
    ]);
  });
});

describe('a plan', () => {
  test('is checked for runs that lack what the command takes', async () => {
    await using directory = await temporaryDirectory();
    const text = `cmd: [run, "\${fruit}"]
parameters: {fruit: [apple, pear], animal: [cat, dog]}
exclude: [{animal: cat}]
include: [{color: pink, animal: dog}, {animal: cat}]
`;
    const { diagnostics } = await loadSweepFile(directory.at('a.sweep.yaml'), text);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'run 2 has no parameter "fruit", and each run needs it',
    ]);
  });

  test('that leaves choices to the launch gets another seed each time, which the sweep remembers', async () => {
    await using directory = await temporaryDirectory();
    const path = directory.at('a.sweep.yaml');
    const text = `cmd: [/bin/true]
method: random
samples: 3
parameters: {opt: {parameters: {lr: {distribution: normal}, k: {value: 1}}}, x: [1, 2]}
`;
    writeFileSync(path, text);
    const loaded = await loadSweepFile(path);
    const sweep = await launchSweepFile(loaded, { outputPath: directory.at('out') });
    await sweep.finished;
    const { seed, plannedWith, parameters, varying } = sweep.header;
    expect(seed).toBe(loaded.runnable?.plan.seed);
    expect(seed).not.toBe((await loadSweepFile(path)).runnable?.plan.seed);
    expect(Object.keys(plannedWith ?? {})).toContain('@stdlib/math-base-special-erfcinv');
    expect(parameters).toEqual(['opt.lr', 'opt.k', 'x']);
    expect(varying).toContain('opt.lr');
    expect(varying).not.toContain('opt.k');
    const again = await loadSweepFile(path, `seed: ${seed}\n${text}`);
    const runs = [...runsOf(again.runnable?.plan as never)];
    const view = await openSweep(directory.at('out'));
    expect([0, 1, 2].map((run) => view.params(run))).toEqual(runs);
    const params = readFileSync(directory.at('out', 'runs', '0', 'params.json'), 'utf8');
    expect(JSON.parse(params)).toEqual(runs[0]);
    expect(runs[0]).toMatchObject({ opt: { k: 1 } });
  });

  test('of which a late run has no value starts nothing', async () => {
    await using directory = await temporaryDirectory();
    const text = 'cmd: [/bin/true]\nparameters: {a: {min: 0, max: 3000}}\nderived: {b: 1 / (a - 1500)}\n';
    const loaded = await loadSweepFile(directory.at('a.sweep.yaml'), text);
    expect(loaded.diagnostics).toEqual([]);
    const launched = launchSweepFile(loaded, { outputPath: directory.at('out') });
    await expect(launched).rejects.toThrow('"1 / (a - 1500)" fails where a = 1500: it is Infinity');
    await expect(openSweep(directory.at('out'))).rejects.toThrow();
  });
});

test('whose points are looked at one by one leaves time for other work in between', async () => {
  const text =
    'cmd: [a]\nparameters: {x: {min: 1, max: 400, step: 1}, y: {min: 1, max: 400, step: 1}}\nexclude: x > y\n';
  let turns = 0;
  const counting = setInterval(() => turns++, 0);
  const { runnable } = await loadSweepFile('/sweep.yaml', text);
  clearInterval(counting);
  expect(runnable?.plan.size).toBe(80_200);
  expect(turns).toBeGreaterThan(5);
});
