import { expect, test } from 'vitest';
import { loadSweepFile } from '../../../../src/core/loadSweepFile.ts';
import { lensesOf } from '../../../../src/extension/language/lenses.ts';

async function lenses(text: string, facts: Partial<Parameters<typeof lensesOf>[1]> = {}): Promise<string[]> {
  const loaded = await loadSweepFile('/home/ada/sweep.yaml', text);
  return lensesOf(loaded, { isTrusted: true, estimate: undefined, ...facts }).map(
    ({ offset, title, action }) => `${text.slice(0, offset).split('\n').length}: ${title} (${action})`,
  );
}

const study = 'cmd: [a]\nparameters:\n  mass: {min: 1, max: 2, steps: 11}\n  g: {value: 9.81}\n';

test('above a sweep file stands what it would run, and above each parameter how many values it has', async () => {
  expect(await lenses(study)).toEqual([
    '1: $(play)\u00a0Run 11 runs (run)',
    '1: Preview (preview)',
    '3: 11 values (preview)',
  ]);
});

test('how long it takes is told when that is known', async () => {
  expect((await lenses(study, { estimate: 250_000 }))[2]).toBe('1: about 4 min (preview)');
});

test('a distribution is told with its bounds', async () => {
  const random =
    'cmd: [a]\nmethod: random\nsamples: 2\nparameters:\n  lr: {distribution: log_uniform_values, min: 0.0001, max: 0.1}\n';
  expect((await lenses(random)).at(-1)).toMatch(/^5: log_uniform_values.*0\.0001.*0\.1/);
});

test('a file with problems says how many', async () => {
  expect((await lenses('cmd: 1\nparameters: {a: [1, 2]}\n'))[0]).toBe(
    '1: $(error)\u00a01 problem to solve before it runs (problems)',
  );
});

test('a sweep is not offered where nothing may be started', async () => {
  expect((await lenses(study, { isTrusted: false }))[0]).toContain('Trust this workspace');
});
