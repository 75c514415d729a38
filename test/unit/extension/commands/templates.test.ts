import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadSweepFile } from '../../../../src/core/loadSweepFile.ts';
import { exampleFiles, sweepFileTemplate } from '../../../../src/extension/commands/templates.ts';
import { planText } from '../../../../src/extension/text/planText.ts';

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

test('a preview lists the runs', async () => {
  const loaded = await loadSweepFile(join(folder, 'rates.sweep.yaml'), sweepFileTemplate);
  expect(planText(loaded)).toBe(`rates: 6 runs

Command:  echo rate \${rate}, size \${size}
At once:  4

run  rate   size
0    0.1    32
1    0.1    64
2    0.01   32
3    0.01   64
4    0.001  32
5    0.001  64
`);
});

test('a preview of a file with problems lists these', async () => {
  const loaded = await loadSweepFile(
    join(folder, 'rates.sweep.yaml'),
    'cmd: [echo, "${x}"]\nparameters: {y: [1]}\n',
  );
  expect(planText(loaded)).toContain('until they are solved');
});

test('a preview of a large plan stops', async () => {
  const text = `cmd: [echo, "\${a}", "\${b}"]\nparameters:\n  a: [${Array.from({ length: 200 }, (_, i) => i)}]\n  b: [${Array.from({ length: 200 }, (_, i) => i)}]\n`;
  const lines = planText(await loadSweepFile(join(folder, 'big.sweep.yaml'), text))
    .trimEnd()
    .split('\n');
  expect(lines.at(-1)).toBe('… and 30,000 runs more');
});
