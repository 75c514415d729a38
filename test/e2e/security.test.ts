import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import type { passingWebviews, webviews } from '../../src/extension/ids.ts';
import { recordedSweep } from '../rig/recordedSweep.ts';
import { describe, expect, test } from '../rig/test.ts';

/** Text that would do something wherever it is taken for Markdown, HTML or an icon. */
const hostile =
  '[link](command:workbench.action.quit) <img src=x onerror="document.title=1"> <script>document.title=1</script> $(flame) **bold** `'.concat(
    '![pixel](https://example.invalid/pixel.png)',
  );
/** Says it everywhere: in both logs, in its results, and as an image's own text. */
const script = [
  'printf "%s\\n" "$1"',
  'printf "%s\\n" "$1" >&2',
  'cp "$MULTIRUN_PARAMS" results.json',
  `echo '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>' >shape.svg`,
].join('; ');

const files = {
  'hostile.sweep.yaml': JSON.stringify({
    name: 'hostile',
    description: hostile,
    cmd: ['sh', '-c', script, 'sh', '${x}'],
    parameters: { x: [hostile, 'plain'], y: [hostile] },
  }),
};

/** What the page of a webview lets run and load, and what it holds that hostile text may have become. */
async function examine(page: FrameLocator) {
  await page.locator('#page > *').first().waitFor();
  return page.locator('html').evaluate(async (html) => {
    const { document } = globalThis as unknown as { document: Record<string, never> & { title: string } };
    const root = html as unknown as {
      querySelector(selector: string): { getAttribute(name: string): string | null } | null;
      querySelectorAll(
        selector: string,
      ): ArrayLike<{ getAttribute(name: string): string | null; src: string; nonce: string }>;
    };
    const all = (selector: string) => Array.from(root.querySelectorAll(selector));
    return {
      policy: root.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? '',
      scriptsWithoutNonce: all('body script').filter(({ nonce }) => nonce === '').length,
      remote: all('img, script, iframe, link').filter(({ src }) => src?.includes('example.invalid')).length,
      handlers: all('[onerror], [onclick], [onload]').length,
      commandLinks: all('a[href^="command:"]').length,
      title: document.title,
    };
  });
}

describe('hostile parameters', () => {
  test.override('files', files);

  test('are text in every webview, each with a policy that lets nothing else run or load', async ({
    window,
  }) => {
    await window.set('multirun.notifications', 'never');
    await window.explorer.rightClick('hostile.sweep.yaml');
    await window.menu('Run Sweep');
    const sweep = await window.treeItem(/hostile\s*2 runs/);
    const openings: Record<keyof typeof webviews | keyof typeof passingWebviews, () => Promise<void>> = {
      run: async () => (await window.treeItem(/^\s*0/)).click(),
      results: () => window.treeAction(/hostile\s*2 runs/, 'Open Results'),
      imageGrid: async () => {
        await (await window.treeItem(/hostile\s*2 runs/)).click({ button: 'right' });
        await window.menu('Image Grid');
      },
      preview: async () => {
        await window.openView('Explorer');
        await window.explorer.open('hostile.sweep.yaml');
        await window.commandPalette('Multirun: Preview Runs');
      },
      compare: async () => {
        await window.openView('Multirun');
        await (await window.treeItem(/^\s*0/)).click();
        await (await window.treeItem(/^\s*1.*plain/)).click({ modifiers: ['ControlOrMeta'], button: 'left' });
        await (await window.treeItem(/^\s*1.*plain/)).click({ button: 'right' });
        await window.menu('Compare Runs');
      },
    };
    for (const [name, open] of Object.entries(openings)) {
      await open();
      const page = await window.webview();
      await page.getByText('command:workbench.action.quit').first().waitFor({ state: 'attached' });
      const { policy, ...found } = await examine(page);
      expect(found, name).toEqual({
        scriptsWithoutNonce: 0,
        remote: 0,
        handlers: 0,
        commandLinks: 0,
        title: '',
      });
      // Only the page of results fetches anything, and nothing that is not from here.
      const fetched = name === 'results' ? String.raw`connect-src \S+( \S+)?; ` : '';
      expect(policy, name).toMatch(
        new RegExp(
          String.raw`^default-src 'none'; img-src \S+( \S+)? data:; font-src \S+( \S+)?; ${fetched}style-src \S+( \S+)? 'nonce-[\w+/=]{20,}'; script-src 'nonce-[\w+/=]{20,}'$`,
        ),
      );
      await window.screenshot(`hostile-${name}`);
      await window.commandPalette('View: Close All Editors');
    }
    const tooltip = await window.hover(sweep);
    expect(tooltip).toContain('**bold**');
    const hover = window.page.locator('.monaco-hover:visible').last();
    expect(await hover.locator('a[data-href^="command:"], img, script, .codicon-flame').count()).toBe(0);
    await window.screenshot('hostile-tooltip');
  });
});

test('deleting a sweep follows no link: neither one of its own, nor the one that it is itself', async ({
  window,
  workspace,
}) => {
  const outside = `${workspace.folder}-outside`;
  await mkdir(join(outside, 'folder'), { recursive: true });
  await writeFile(join(outside, 'folder', 'precious'), 'precious');
  const inside = await recordedSweep(workspace.folder, 'inside', [{ params: { x: 1 }, stdout: 'one' }]);
  await symlink(join(outside, 'folder'), join(inside, 'runs', '0', 'link'));
  await symlink(join(outside, 'folder'), join(inside, 'inputs'));
  const far = await recordedSweep(workspace.folder, 'far', [{ params: { x: 2 }, stdout: 'two' }]);
  await rename(far, join(outside, 'sweep'));
  await symlink(join(outside, 'sweep'), far);

  await window.openView('Multirun');
  for (const name of [/inside/, /far/]) {
    await (await window.treeItem(name)).click({ button: 'right' });
    await window.menu(/^Delete Sweep…/);
    await window.answer('Move to Trash');
    await window.answer('Delete Permanently');
    const row = window.page.locator('.sidebar').getByRole('treeitem').filter({ hasText: name });
    await row.waitFor({ state: 'detached' });
  }
  await window.page.getByText('No sweeps here yet.').waitFor();
  expect([existsSync(inside), existsSync(far)]).toEqual([false, false]);
  expect(await readFile(join(outside, 'folder', 'precious'), 'utf8')).toBe('precious');
  expect(readdirSync(join(outside, 'sweep'))).toContain('journal.jsonl');
});
