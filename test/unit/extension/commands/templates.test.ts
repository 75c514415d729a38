import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadSweepFile } from '../../../../src/core/loadSweepFile.ts';
import { exampleFiles, sweepFileTemplate } from '../../../../src/extension/commands/templates.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multirun-templates-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('the template runs as it is', async () => {
  const { diagnostics, runnable } = await loadSweepFile(join(folder, 'sweep.yaml'), sweepFileTemplate);
  expect(diagnostics).toEqual([]);
  expect(runnable?.plan.size).toBe(6);
});

test('what the template has commented out is right too', async () => {
  for (const name of ['main.py', 'data.csv']) await writeFile(join(folder, name), '');
  const text = sweepFileTemplate.replace(/^# (?=input_files:|timeout:)/gm, '');
  expect(text).not.toBe(sweepFileTemplate);
  expect((await loadSweepFile(join(folder, 'sweep.yaml'), text)).diagnostics).toEqual([]);
});

test('the example is a sweep of 21 runs', async () => {
  for (const { name, text } of exampleFiles) await writeFile(join(folder, name), text);
  const path = join(folder, 'sweep.yaml');
  const loaded = await loadSweepFile(path, await readFile(path, 'utf8'));
  expect(loaded.diagnostics).toEqual([]);
  expect(loaded.runnable?.plan.size).toBe(21);
});
