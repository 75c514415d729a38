import { expect, test } from '../rig/test.ts';

test('a sweep file offers to be run', async ({ window }) => {
  await window.explorer.rightClick('lander.sweep.yaml');
  expect(await window.menuEntries()).toContain('Run Sweep');
  await window.screenshot('explorer-menu');
});

test('a file of another kind does not', async ({ window }) => {
  await window.explorer.rightClick('notes.txt');
  expect(await window.menuEntries()).not.toContain('Run Sweep');
});

test('the window can be light and dark', async ({ window }) => {
  await window.explorer.open('lander.sweep.yaml');
  await window.editor('lander.sweep.yaml');
  await expect.poll(() => window.editorText()).toContain('name: lander');
  await window.setTheme('light');
  await window.screenshot('editor-light');
  await window.setTheme('dark');
  await window.screenshot('editor-dark');
});
