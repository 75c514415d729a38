import { glob, readFile } from 'node:fs/promises';
import { type Node, parseSync, Visitor } from 'oxc-parser';
import { expect, test } from 'vitest';

const root = new URL('../../../', import.meta.url);

/** The first arguments of all calls of `t`, each with the place where it stands. */
async function translatedTexts(): Promise<{ text: string | undefined; place: string }[]> {
  const found: { text: string | undefined; place: string }[] = [];
  for await (const file of glob('src/extension/**/*.ts', { cwd: root })) {
    const source = await readFile(new URL(file, root), 'utf8');
    const visitor = new Visitor({
      CallExpression: ({ callee, arguments: [first], start }) => {
        if (callee.type !== 'Identifier' || callee.name !== 't') return;
        found.push({ text: textOf(first), place: `${file}:${source.slice(0, start).split('\n').length}` });
      },
    });
    visitor.visit(parseSync(file, source).program);
  }
  return found;
}

function textOf(node: Node | undefined): string | undefined {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

test('every translated text is written out where it is used', async () => {
  expect((await translatedTexts()).filter(({ text }) => text === undefined)).toEqual([]);
});

// `npx vitest run -u test/unit/extension/l10n.test.ts` writes the bundle again.
test('the bundle for translators has every text, and no other', async () => {
  const texts = [...new Set((await translatedTexts()).map(({ text }) => text ?? ''))].sort();
  const bundle = Object.fromEntries(texts.map((text) => [text, text]));
  await expect(`${JSON.stringify(bundle, null, 2)}\n`).toMatchFileSnapshot('../../../l10n/bundle.l10n.json');
});
