import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '../rig/test.ts';

describe('a sweep whose first runs all fail', () => {
  test.override('files', {
    'broken.sweep.yaml': `cmd: [sh, -c, "echo no such module: numpy >&2; exit 3"]
parameters: {seed: {min: 0, max: 39, step: 1}}
runner: {max_parallel: 1}
breaker: 5
`,
  });

  test('pauses and asks; a person looks at the log, then stops it', async ({ window }) => {
    await window.explorer.rightClick('broken.sweep.yaml');
    await window.menu('Run Sweep');
    await window.openView('Multirun');
    await window.treeItem(/broken.*paused/);
    await window.statusBar(/broken 5\/40 .*paused/);
    await window.notification(/the first 5 all failed: exit code 3/);
    await window.screenshot('paused');
    await window.press(/the first 5 all failed/, 'Show Log');
    await window.editor('stderr.log');
    await window.press(/the first 5 all failed/, 'Stop');
    await window.treeItem(/broken.*stopped/);
  });
});

describe('a sweep that runs', () => {
  test.override('files', {
    'slow.sweep.yaml': `cmd: [sleep, "0.4"]
parameters: {seed: {min: 0, max: 199, step: 1}}
runner: {max_parallel: 1}
`,
  });

  test('is paused, resumed, and changed in how many of its runs run at a time', async ({
    window,
    workspace,
  }) => {
    await window.explorer.rightClick('slow.sweep.yaml');
    await window.menu('Run Sweep');
    await window.openView('Multirun');
    await window.treeAction(/slow/, 'Pause Sweep');
    await window.treeItem(/slow.*paused/);
    await window.treeAction(/slow/, 'Resume Sweep');
    await (await window.treeItem(/slow/)).click({ button: 'right' });
    await window.menu('Change Max Parallel…');
    const input = window.page.locator('.quick-input-widget input[type=text]');
    await input.fill('5');
    await window.page.keyboard.press('Enter');
    const journals = () => globSync(`${workspace.folder}/multirun/slow/*/journal.jsonl`);
    await expect
      .poll(() => journals().map((path) => readFileSync(path, 'utf8')))
      .toEqual([expect.stringMatching(/"reason":"max-parallel","maxParallel":5/)]);
    await window.treeAction(/slow/, 'Cancel Sweep…');
    await window.answer('Terminate Running Runs');
    await window.treeItem(/slow.*stopped/);
  });
});
