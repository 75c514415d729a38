/**
 * The Explorer of a {@link Window}: the workspace's files.
 *
 *     await window.explorer.rightClick('lander.sweep.yaml')   opens its context menu: then window.menu(…)
 *     await window.explorer.open('lander.sweep.yaml')         opens it in the text editor, and waits for it
 *     await window.explorer.expand('multirun')                opens a folder
 *     await window.explorer.file('lander.mjs')                a file or folder, as a playwright locator
 */
import type { Locator, Page } from 'playwright-core';
import { type Name, named } from './name.ts';

export class Explorer {
  /** The tree of files. */
  readonly root: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.root = page.locator('.explorer-folders-view');
  }

  async file(name: Name): Promise<Locator> {
    const file = this.root.getByRole('treeitem', named(name));
    await file.waitFor();
    return file;
  }

  async rightClick(name: Name): Promise<void> {
    await (await this.file(name)).click({ button: 'right' });
  }

  async open(name: string): Promise<void> {
    await (await this.file(name)).dblclick();
    // A command for the active editor that is run before there is one asks which file is meant.
    const active = this.#page.locator('.editor-group-container.active');
    await active.locator(`.monaco-editor[data-uri$="/${name}"] .view-line`).first().waitFor();
  }

  async expand(name: Name): Promise<void> {
    const folder = await this.file(name);
    if ((await folder.getAttribute('aria-expanded')) !== 'true') await folder.click();
  }
}
