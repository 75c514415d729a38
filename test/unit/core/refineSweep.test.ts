import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { loadSweepFile } from '../../../src/core/loadSweepFile.ts';
import { refineSweep } from '../../../src/core/refineSweep.ts';
import { openSweep } from '../../../src/core/sweepDirectory/readSweep.ts';
import { recordedSweep } from '../../rig/recordedSweep.ts';
import { temporaryDirectory } from '../../rig/temporaryDirectory.ts';

const content = 'cmd: [sh, lander.sh]\nparameters:\n  mass: [900, 1000, 1100]\ninput_files: [lander.sh]\n';
const runs = [900, 1000, 1100].map((mass) => ({ params: { mass }, results: { miss: mass } }));

async function sweepIn(directory: { path: string; at(name: string): string }, name: string) {
  const path = directory.at(name);
  mkdirSync(path.slice(0, -basename(path).length), { recursive: true });
  const sweep = await recordedSweep(directory.path, 'lander', runs, undefined, {
    sweepFile: { path, content },
  });
  return openSweep(sweep);
}

test('the new sweep file stands beside the old one, under a name that is free, and is ready to run', async () => {
  await using directory = await temporaryDirectory();
  writeFileSync(directory.at('lander.sh'), '');
  writeFileSync(directory.at('lander-2.sweep.yaml'), 'mine');
  const view = await sweepIn(directory, 'lander.sweep.yaml');
  const path = await refineSweep(view, [1, 2]);
  expect(path).toBe(directory.at('lander-3.sweep.yaml'));
  expect(readFileSync(directory.at('lander-2.sweep.yaml'), 'utf8')).toBe('mine');
  const loaded = await loadSweepFile(path);
  expect(loaded.diagnostics).toEqual([]);
  expect(loaded.runnable?.file.name).toBe('lander-3');
  expect(loaded.runnable?.plan.size).toBe(2);
  expect(loaded.text).toMatch(
    /^# Looks closer at 2 runs of lander\.sweep\.yaml, as launched into recorded\.\n/,
  );
});

test('what was marked counts more than the runs; a plain sweep.yaml gives its folder a name', async () => {
  await using directory = await temporaryDirectory();
  const view = await sweepIn(directory, 'moon/sweep.yaml');
  const path = await refineSweep(view, [0], new Map([['mass', { kind: 'interval', min: 950, max: 1050 }]]));
  expect(path).toBe(directory.at('moon/moon-2.sweep.yaml'));
  expect(readFileSync(path, 'utf8')).toContain('mass: [1000]');
});

test('a sweep without a sweep file, and a folder that is gone, are errors that say so', async () => {
  await using directory = await temporaryDirectory();
  const view = await sweepIn(directory, 'moon/sweep.yaml');
  rmSync(directory.at('moon'), { recursive: true });
  await expect(refineSweep(view, [0])).rejects.toThrow('does not exist any more');
  const made = await openSweep(await recordedSweep(directory.path, 'program', runs));
  await expect(refineSweep(made, [0])).rejects.toThrow('made by a program');
  await expect(refineSweep(made, [])).rejects.toThrow('select the runs');
});
