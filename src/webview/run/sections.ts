import type { Entry, FromRunPage, PageAction, RunPage, RunTexts } from '../../extension/run/protocol.ts';
import { type Child, h } from '../shared/dom.ts';
import { icon } from '../shared/icon.ts';

/** What the page's buttons and links do. */
export interface Listening {
  act(action: PageAction): void;
  openFile(name: string): void;
  openPlace(place: Omit<Extract<FromRunPage, { type: 'open-place' }>, 'type'>): void;
}

/** What went in, and what came out. */
export function mainSections(page: RunPage, texts: RunTexts): Child {
  const { varying, common, results, noResults } = page;
  return [
    section(texts.results, results.length === 0 ? h('p', { class: 'muted' }, noResults) : table(results)),
    section(
      texts.parameters,
      varying.length === 0 && common.length === 0
        ? h('p', { class: 'muted' }, texts.noParameters)
        : undefined,
      varying.length === 0 ? undefined : table(varying),
      common.length === 0
        ? undefined
        : h(
            'details',
            varying.length === 0 ? { open: true } : {},
            h('summary', {}, texts.common),
            table(common),
          ),
    ),
  ];
}

/** How it ran. */
export function sideSections(page: RunPage, texts: RunTexts, { act, openFile }: Listening): Child {
  return [
    page.times.length === 0 ? undefined : section(texts.times, table(page.times, 'plain')),
    page.attempts.length === 0
      ? undefined
      : section(
          texts.attempts,
          page.attempts.map(({ title, outcome, logs }) =>
            h(
              'p',
              {},
              title,
              h('span', { class: 'muted' }, ` ${outcome}`),
              h('br', {}),
              logs.map(({ title: name, file }) => [
                h('button', { class: 'link', onclick: () => openFile(file) }, name),
                '  ',
              ]),
            ),
          ),
        ),
    section(
      [texts.command, copyButton(texts, () => act('copyCommandLine'))],
      h('pre', { class: 'command' }, page.commandLine),
    ),
    page.environment.length === 0
      ? undefined
      : h(
          'section',
          {},
          h('details', {}, h('summary', { class: 'title' }, texts.environment), table(page.environment)),
        ),
  ];
}

/** A part of the page with a title. */
export function section(title: Child, ...content: readonly Child[]): HTMLElement {
  return h('section', {}, h('h2', {}, title), content);
}

function table(entries: readonly Entry[], look?: 'plain'): HTMLElement {
  return h(
    'table',
    { class: look },
    h(
      'tbody',
      {},
      entries.map(({ name, value }) => h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, value))),
    ),
  );
}

function copyButton(texts: RunTexts, copy: () => void): HTMLElement {
  const button = h('button', {
    class: 'icon-button',
    title: texts.copy,
    'aria-label': texts.copy,
    onclick: () => {
      copy();
      button.replaceChildren(icon('check'));
      button.title = texts.copied;
      setTimeout(() => {
        button.replaceChildren(icon('copy'));
        button.title = texts.copy;
      }, 1500);
    },
  });
  button.append(icon('copy'));
  return button;
}
