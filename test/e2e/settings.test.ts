import { describe, expect, test } from '../rig/test.ts';

const soon = { timeout: 30_000 };

describe('with everything quiet', () => {
  const quiet = {
    'multirun.notifications': 'never',
    'multirun.openViewOnRun': false,
    'multirun.codeLens': false,
  };
  test.override('files', { '.vscode/settings.json': JSON.stringify(quiet) });

  test('who wants quiet has it, and the status bar still leads to the sweep', async ({ window }) => {
    await window.explorer.open('lander.sweep.yaml');
    // The editor takes the keyboard when it is there, and a menu that is open then closes.
    await expect.poll(() => window.editorText(), soon).toContain('name: lander');
    await window.explorer.rightClick('lander.sweep.yaml');
    await window.menu('Run Sweep');
    const outcome = await window.statusBar(/lander 6\/6/);
    await window.explorer.root.waitFor();
    expect(await window.page.locator('.notification-toast').count()).toBe(0);
    expect(await window.page.locator('.codelens-decoration').count()).toBe(0);

    await outcome.click();
    const sweep = await window.treeItem(/lander\s*6 runs/);
    await window.treeItem(/mass=900, thrust=1.4/);
    expect(await window.hover(sweep)).toContain('node lander.mjs --mass ${mass} --thrust ${thrust}');
    await window.screenshot('sweep-tooltip-light');
  });
});

test('the record of a sweep leads back to the sweep file', async ({ window }) => {
  await window.explorer.rightClick('lander.sweep.yaml');
  await window.menu('Run Sweep');
  await window.notification(/lander: all 6 runs succeeded/);
  await window.begun('lander');
  await window.openView('Explorer');
  await window.set('explorer.compactFolders', false);
  for (const folder of ['multirun', 'lander', /^20\d\d-/]) await window.explorer.expand(folder);
  await window.explorer.open('sweep.yaml');
  const lens = window.page.locator('.codelens-decoration');
  await lens.getByText('Record of a sweep').waitFor();
  await window.screenshot('record-light');
  await lens.getByText('Run the original').click();
  await window.page.getByText('This file is the record of the sweep “lander”').waitFor();
  await window.answer('Run the Original');
  await window.openView('Multirun');
  await expect
    .poll(async () => (await window.treeItems()).filter((text) => text.startsWith('lander')).length)
    .toBe(2);
});

describe('a machine that others use too', () => {
  const shared = { 'multirun.minFreeDisk': '900TB' };
  test.override('files', { '.vscode/settings.json': JSON.stringify(shared) });

  test('has its own limits, and a limit that cannot be read starts nothing', async ({ window }) => {
    await window.explorer.rightClick('lander.sweep.yaml');
    await window.menu('Run Sweep');
    await window.treeItem(/lander\s*0\/6 · paused/);
    await window.set('multirun.minFreeDisk', 'plenty');
    await expect
      .poll(async () => {
        await window.commandPalette('Multirun: Run Sweep');
        await window.pick('lander.sweep.yaml');
        return window.page.locator('.notification-toast').allTextContents();
      }, soon)
      .toContainEqual(expect.stringMatching(/the setting “multirun.minFreeDisk” cannot be read: "plenty"/));
    await window.screenshot('setting-unreadable');
  });
});
