/**
 * A VS Code window, used as a person uses it: by what is written on things. A name is a string for the whole text, or a
 * regular expression for a part of it. Each method waits until its thing is there, and fails when it does not come in time.
 *
 *     window.explorer                         the files: see explorer.ts
 *     await window.menu('Run Sweep')          chooses an entry of the open context menu
 *     await window.openView('Multirun')       shows a view container of the activity bar
 *     await window.viewTab('Multirun')        its icon in the activity bar, as a playwright locator
 *     await window.treeItem(/0007/)           an entry of the shown side bar, as a playwright locator
 *     await window.begun('lander')            until the sweep that begins has shown itself: until then its view comes to the front
 *     await window.treeItems()                what all entries in view say
 *     await window.toggle(/lander/)           expands or collapses an entry
 *     await window.treeAction(/lander/, 'Cancel Sweep')   clicks an entry's inline button
 *     await window.viewAction('Refresh')      clicks a button in the shown view's title
 *     await window.statusBar(/lander/)        an entry of the status bar, as a locator
 *     await window.notification(/ended/)      a notification, as a locator; closed with its own buttons
 *     await window.press(/ended/, 'Open results')         clicks a notification's button
 *     await window.answer('Move to Trash')    clicks a button of the modal question
 *     await window.commandPalette('Multirun: Refresh')    runs a command by its title
 *     await window.pick('Other')              chooses from a quick pick
 *     await window.editor('stdout.log')       the tab of an open editor, as a locator
 *     await window.editorText()               the visible lines of the active editor
 *     await window.problem(/Fails in/)        an entry of the Problems panel, as a locator
 *     await window.problems()                 what its top entries of all files say
 *     await window.hover(locator)             waits for the hover that a thing shows, and returns its text
 *     await window.webview()                  the content of the shown webview, as a frame locator
 *     await window.setTheme('light')          'light', 'dark', 'high contrast' or 'high contrast light'
 *     await window.set('multirun.codeLens', false)        a setting of this window's workspace
 *     await window.screenshot('tree')         test/e2e/screenshots/tree.png
 *     await window.screenshots('tree', themes)   tree-light.png, tree-dark.png and so on; the last theme stays
 *     window.page                             playwright's page, for everything else
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { Explorer } from './explorer.ts';
import { literally, type Name, named } from './name.ts';
import type { Workspace } from './workspace.ts';

const screenshots = path.resolve(import.meta.dirname, '../e2e/screenshots');
const timeout = 30_000;

/** Themes, with the class that the workbench has while one is on. */
const themes = {
  light: { name: 'Light 2026', mark: 'vs' },
  dark: { name: 'Dark 2026', mark: 'vs-dark' },
  'high contrast': { name: 'Default High Contrast', mark: 'hc-black' },
  'high contrast light': { name: 'Default High Contrast Light', mark: 'hc-light' },
} as const;

export type Theme = keyof typeof themes;

export const allThemes = Object.keys(themes) as readonly Theme[];

/** The part of a line's HTML element that is read inside the page. */
interface Line {
  readonly style: { readonly top: string };
  readonly textContent: string | null;
}

/** The part of a row's HTML element that is read inside the page. */
interface Row {
  getBoundingClientRect(): { readonly top: number };
  querySelectorAll(selector: string): ArrayLike<{ readonly textContent: string | null }>;
}

export class Window {
  readonly page: Page;
  readonly workspace: Workspace;
  readonly explorer: Explorer;
  readonly #settings: Record<string, unknown> = {};

  constructor(page: Page, workspace: Workspace) {
    this.page = page;
    this.workspace = workspace;
    this.explorer = new Explorer(page);
    page.setDefaultTimeout(timeout);
  }

  async menu(entry: Name): Promise<void> {
    // A menu that has just opened ignores the mouse button for a moment, so that the click that opened it chooses nothing.
    await this.page.getByRole('menuitem', named(entry)).hover();
    await this.page.keyboard.press('Enter');
  }

  /** What the open context menu offers. */
  async menuEntries(): Promise<string[]> {
    const entries = this.page.locator('.context-view .monaco-menu .action-label:not(.separator)');
    await entries.first().waitFor();
    return entries.allInnerTexts();
  }

  async viewTab(title: Name): Promise<Locator> {
    const pattern = typeof title === 'string' ? new RegExp(`^${literally(title)}\\b`) : title;
    return shown(this.page.locator('.activitybar').getByRole('tab', { name: pattern }));
  }

  async openView(title: Name): Promise<void> {
    const tab = await this.viewTab(title);
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    await this.page.locator('.sidebar .composite.title').getByText(title).first().waitFor();
  }

  async treeItem(label: Name): Promise<Locator> {
    return shown(this.page.locator('.sidebar').getByRole('treeitem').filter({ hasText: label }).first());
  }

  async begun(sweep: string): Promise<void> {
    // The counts tell it from its sweep file in the Explorer.
    const label = new RegExp(`^\\s*${literally(sweep)}\\s*\\d`);
    await shown(this.page.locator('.sidebar .monaco-list-row.selected').filter({ hasText: label }).first());
  }

  /** The side bar's entries that are in view, from top to bottom: each label, and after a space its description. */
  async treeItems(): Promise<string[]> {
    // All at once: a row that has gone in between would be waited for.
    return this.page.locator('.sidebar [role=treeitem]').evaluateAll((rows: readonly Row[]) =>
      rows
        .map((row) => {
          const texts = row.querySelectorAll('.label-name, .label-description');
          const text = Array.from(texts, ({ textContent }) => textContent ?? '').join(' ');
          return { top: row.getBoundingClientRect().top, text: text.trim() };
        })
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text),
    );
  }

  /** Waits until the keyboard is in the side bar's list, where a label is given on the row that bears it. */
  async keyboardOn(label?: Name): Promise<void> {
    const list = this.page.locator('.sidebar .monaco-list:focus').first();
    await (label === undefined
      ? list.waitFor()
      : shown(list.locator('.monaco-list-row.focused').filter({ hasText: label })));
  }

  async toggle(label: Name): Promise<void> {
    await (await this.treeItem(label)).locator('.monaco-tl-twistie').click();
  }

  async treeAction(label: Name, action: Name): Promise<void> {
    const item = await this.treeItem(label);
    await item.hover();
    await item.getByRole('button', { name: action }).click();
  }

  async viewAction(action: Name): Promise<void> {
    const titles = this.page.locator('.sidebar .pane-header, .sidebar .composite.title');
    await titles.first().hover();
    // Rows may have a button of the same name, and those of a view that runs something move.
    await titles.getByRole('button', { name: action }).first().click();
  }

  async statusBar(text: Name): Promise<Locator> {
    return shown(this.page.locator('.statusbar-item').filter({ hasText: text }).first());
  }

  async notification(text: Name): Promise<Locator> {
    return shown(
      this.page.locator('.notifications-toasts .notification-toast').filter({ hasText: text }).first(),
    );
  }

  async press(notification: Name, button: Name): Promise<void> {
    await (await this.notification(notification)).getByRole('button', named(button)).click();
  }

  async answer(button: Name): Promise<void> {
    await this.page.locator('.monaco-dialog-box').getByRole('button', named(button)).click();
  }

  async commandPalette(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget input[type=text]');
    await input.fill(`>${title}`);
    await this.pick(title);
  }

  async pick(label: Name): Promise<void> {
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    const whole = typeof label === 'string' ? new RegExp(`^\\s*${literally(label)}\\s*$`) : label;
    await rows
      .filter({ has: this.page.locator('.label-name').filter({ hasText: whole }) })
      .first()
      .click();
  }

  async editor(name: Name): Promise<Locator> {
    return shown(this.page.locator('.tabs-container').getByRole('tab').filter({ hasText: name }).first());
  }

  async editorText(): Promise<string> {
    const lines = this.page.locator('.editor-group-container.active .editor-instance .view-lines .view-line');
    await lines.first().waitFor();
    // The lines' order in the document is not their order on the screen.
    const texts = await lines.evaluateAll((all: readonly Line[]) =>
      all
        .map((line) => ({ top: Number.parseFloat(line.style.top), text: line.textContent ?? '' }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text),
    );
    return texts.join('\n').replaceAll('\u00a0', ' ');
  }

  async problem(text: Name): Promise<Locator> {
    return shown(this.page.locator('.markers-panel [role=treeitem]').filter({ hasText: text }).first());
  }

  async problems(): Promise<string[]> {
    return this.page.locator('.markers-panel [role=treeitem][aria-level="2"]').allTextContents();
  }

  async hover(thing: Locator): Promise<string> {
    const hover = this.page.locator('.monaco-hover:visible').last();
    // What is drawn again under the mouse, such as a row that has just come, shows nothing until the mouse comes again.
    for (let attempt = 1; ; attempt++) {
      await thing.hover();
      const isShown = await hover.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
      if (isShown) return (await hover.textContent()) ?? '';
      if (attempt === 10) throw new Error('It shows no hover');
      await this.page.mouse.move(0, 0);
    }
  }

  async webview(): Promise<FrameLocator> {
    const content = this.page.frameLocator('iframe.webview.ready').last().frameLocator('iframe#active-frame');
    await content.locator('body').waitFor();
    return content;
  }

  async set(setting: string, value: unknown): Promise<void> {
    this.#settings[setting] = value;
    await this.workspace.write('.vscode/settings.json', JSON.stringify(this.#settings, null, 2));
  }

  async setTheme(theme: Theme): Promise<void> {
    const { name, mark } = themes[theme];
    await this.set('workbench.colorTheme', name);
    await this.page.locator(`.monaco-workbench.${mark}`).waitFor();
  }

  async screenshot(name: string): Promise<void> {
    await mkdir(screenshots, { recursive: true });
    // What fades in has faded in.
    await this.page.screenshot({ path: path.join(screenshots, `${name}.png`), animations: 'disabled' });
  }

  async screenshots(name: string, inThemes: readonly Theme[] = allThemes): Promise<void> {
    for (const theme of inThemes) {
      await this.setTheme(theme);
      await this.screenshot(`${name}-${theme.replaceAll(' ', '-')}`);
    }
  }
}

async function shown(locator: Locator): Promise<Locator> {
  await locator.waitFor();
  return locator;
}
