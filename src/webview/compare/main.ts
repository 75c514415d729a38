import './compare.css';
import type {
  CompareCell,
  ComparePage,
  CompareTable,
  FromComparePage,
  ToComparePage,
} from '../../extension/compare/protocol.ts';
import { type Child, h } from '../shared/dom.ts';
import { connect } from '../shared/vscodeApi.ts';

const connection = connect<FromComparePage, ToComparePage>(({ page }) => show(page));
let isNormalised = false;

function show(page: ComparePage): void {
  const root = document.querySelector('#page');
  const box = (label: string, change: (isOn: boolean) => void) =>
    label === ''
      ? undefined
      : h(
          'label',
          {},
          h('input', {
            type: 'checkbox',
            onchange: (event: Event) => change((event.target as HTMLInputElement).checked),
          }),
          label,
        );
  root?.replaceChildren(
    h('h1', {}, page.title),
    h('p', { class: 'muted' }, page.subtitle),
    h(
      'div',
      { class: 'options' },
      box(page.showSame, (isOn) => root.classList.toggle('show-same', isOn)),
      box(page.normalise, (isOn) => {
        isNormalised = isOn;
      }),
    ),
    ...page.tables.map(tableOf),
  );
}

function tableOf({ title, note, header, rows }: CompareTable): HTMLElement {
  return h(
    'section',
    { class: rows.every(({ isSame }) => isSame) ? 'all-same' : undefined },
    h('h2', {}, title),
    note === '' ? undefined : h('p', { class: 'muted note' }, note),
    rows.length === 0
      ? undefined
      : h(
          'div',
          { class: 'scroll' },
          h(
            'table',
            {},
            h(
              'thead',
              {},
              h(
                'tr',
                {},
                header.map((cell) => h('th', { scope: 'col' }, contentOf(cell))),
              ),
            ),
            h(
              'tbody',
              {},
              rows.map(({ cells, isSame }) =>
                h(
                  'tr',
                  { class: isSame ? 'same' : undefined },
                  cells.map((cell, index) =>
                    index === 0
                      ? h('th', { scope: 'row', class: cell.look }, contentOf(cell))
                      : h('td', { class: cell.look }, contentOf(cell)),
                  ),
                ),
              ),
            ),
          ),
        ),
  );
}

function contentOf({ text, action }: CompareCell): Child {
  if (action === undefined) return text;
  return h(
    'button',
    { class: 'link', onclick: () => connection.post({ type: 'action', action, isNormalised }) },
    text,
  );
}

connection.post({ type: 'ready' });
