import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { sweepFilePattern } from '../../../src/extension/editor/sweepFiles.ts';
import * as ids from '../../../src/extension/ids.ts';

const root = new URL('../../../', import.meta.url);
const manifestText = await readFile(new URL('package.json', root), 'utf8');
const manifest = JSON.parse(manifestText);
const { contributes } = manifest;
const texts: Record<string, string> = JSON.parse(await readFile(new URL('package.nls.json', root), 'utf8'));
type MenuEntry = { command?: string; submenu?: string; when?: string };
const menuEntries: MenuEntry[] = Object.values(contributes.menus).flat() as never;
const whens: string[] = [...manifestText.matchAll(/"(?:when|enablement)": "((?:[^"\\]|\\.)*)"/g)].map(
  ([, when]) => JSON.parse(`"${when}"`),
);

describe('package.json and ids.ts have the same', () => {
  test('commands', () => {
    const contributed = contributes.commands.map(({ command }: { command: string }) => command);
    expect(contributed.sort()).toEqual(Object.values(ids.commands).sort());
  });

  test('views', () => {
    expect(Object.keys(contributes.views)).toEqual([ids.viewContainer]);
    expect(contributes.viewsContainers.activitybar[0].id).toBe(ids.viewContainer);
    expect(contributes.views[ids.viewContainer].map(({ id }: { id: string }) => id)).toEqual(
      Object.values(ids.views),
    );
  });

  test('settings', () => {
    expect(Object.keys(contributes.configuration.properties).sort()).toEqual(
      Object.values(ids.settings).sort(),
    );
  });

  test('submenus', () => {
    expect(contributes.submenus.map(({ id }: { id: string }) => id)).toEqual(Object.values(ids.submenus));
    const opened = menuEntries.flatMap(({ submenu }) => submenu ?? []);
    expect([...new Set(opened)].sort()).toEqual(Object.values(ids.submenus).sort());
  });

  test('context keys', () => {
    const asked = whens.flatMap((when) => when.match(/multirun\.\w+/g) ?? []);
    const others: readonly string[] = [...Object.values(ids.views), ...Object.values(ids.webviews)];
    const ours = asked.filter((key) => !others.includes(key));
    expect([...new Set(ours)].sort()).toEqual(Object.values(ids.contextKeys).sort());
  });

  test('webviews that come back after a reload', () => {
    const woken = manifest.activationEvents.filter((event: string) => event.startsWith('onWebviewPanel:'));
    expect(woken).toEqual(Object.values(ids.webviews).map((kind) => `onWebviewPanel:${kind}`));
  });

  test('walkthrough', () => {
    const [walkthrough] = contributes.walkthroughs;
    expect(walkthrough.id).toBe(ids.walkthrough.id);
    expect(walkthrough.steps.map(({ id }: { id: string }) => id)).toEqual(
      Object.values(ids.walkthrough.steps),
    );
  });
});

test('the JSON Schema is for the files that are sweep files', () => {
  const [{ fileMatch, url }] = contributes.yamlValidation;
  const names = fileMatch.map((pattern: string) => pattern.replace('*', 'lander'));
  expect(names.sort()).toEqual(['lander.sweep.yaml', 'lander.sweep.yml', 'sweep.yaml', 'sweep.yml']);
  expect(names.every((name: string) => sweepFilePattern.test(name))).toBe(true);
  expect(url).toBe('./dist/sweep.schema.json');
});

describe('package.json names only what exists', () => {
  const known = new Set<string>(Object.values(ids.commands));

  test('in menus', () => {
    const named = menuEntries.flatMap(({ command }) => command ?? []);
    expect(named.filter((command) => !known.has(command))).toEqual([]);
  });

  test('in keybindings', () => {
    expect(contributes.keybindings.filter(({ command }: { command: string }) => !known.has(command))).toEqual(
      [],
    );
  });

  test('in links of texts', () => {
    const links = Object.values(texts).flatMap((text) => text.match(/(?<=command:)[\w.]+/g) ?? []);
    const own = links.filter((link) => link.startsWith('multirun.'));
    expect(own.filter((link) => !known.has(link) && link !== `${ids.views.sweeps}.focus`)).toEqual([]);
  });

  test('in words about tree items', () => {
    const words = new Set<string>(Object.values(ids.itemWords));
    const asked = whens
      .flatMap((when) => when.match(/viewItem =~ \/[^/]+\//g) ?? [])
      .flatMap((regex) => regex.slice('viewItem =~ /'.length).match(/[a-zA-Z]+/g) ?? []);
    expect(asked.filter((word) => !words.has(word))).toEqual([]);
  });

  test('among its texts, and uses all of them', () => {
    const used = [...manifestText.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);
    expect([...new Set(used)].sort()).toEqual(Object.keys(texts).sort());
  });
});

test('the palette offers no command that needs a row of the tree', () => {
  const hidden = contributes.menus.commandPalette
    .filter(({ when }: { when: string }) => when === 'false')
    .map(({ command }: { command: string }) => command);
  for (const [, entries] of Object.entries<MenuEntry[]>(contributes.menus)) {
    for (const { command, when } of entries) {
      if (when?.includes('viewItem =~ /^run ')) expect(hidden).toContain(command);
    }
  }
});

test('nothing starts a program where the workspace is not trusted', () => {
  const starting = [
    'runSweep',
    'createExample',
    'runSweepAgain',
    'rerunFailed',
    'runRemaining',
    'resumeSweep',
    'runAgain',
    'debugRun',
    'runInTerminal',
  ];
  for (const { command, enablement } of contributes.commands) {
    const starts = starting.includes(command.replace('multirun.', ''));
    if (starts) expect(enablement, command).toContain('isWorkspaceTrusted');
  }
  expect(manifest.capabilities.untrustedWorkspaces.supported).toBe('limited');
});

test('the extension does not wake up at start-up', () => {
  for (const event of manifest.activationEvents)
    expect(event).toMatch(/^(workspaceContains:\*\*\/(\*\.)?sweep\.|onWebviewPanel:)/);
});
