import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const root = new URL('../../../', import.meta.url);

test('the page of every webview comes from the one function that writes its policy', async () => {
  const pages: string[] = [];
  for await (const file of glob('src/extension/**/*.ts', { cwd: root })) {
    const source = await readFile(new URL(file, root), 'utf8');
    for (const [line] of source.matchAll(/^.*\.html\s*=(?!=).*$/gm)) pages.push(`${file}: ${line.trim()}`);
  }
  expect(pages).toEqual([
    'src/extension/webviewHtml.ts: panel.webview.html = webviewHtml(panel.webview, extension, name);',
  ]);
});
