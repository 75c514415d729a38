import './failures.css';
import { rowOf } from '../../core/resultsTable/table.ts';
import type { FailureGroup, ToResults } from '../../extension/results/protocol.ts';
import { type Child, fill, h } from '../shared/dom.ts';
import { icon } from '../shared/icon.ts';
import type { ResultsView, ViewContext } from './view.ts';

type Failures = Extract<ToResults, { type: 'failures' }>['sweeps'];

/** So many runs of a group are named. */
const mostNamed = 12;

/** Why runs failed: those that say the same, and what they share. */
export const failuresView: ResultsView = {
  id: 'failures',
  title: ({ failuresTab }) => failuresTab,
  create: (context) => {
    const element = h('div', { class: 'failures' });
    fill(element, h('p', { class: 'muted' }, context.texts.readingLogs));
    context.post({ type: 'follow-failures' });
    return {
      element,
      // It shows nothing that rows, filters or the selection tell.
      refresh: () => {},
      receive: (message) => {
        if (message.type === 'failures')
          fill(
            element,
            message.sweeps.map((of, sweep) => sweepOf(of, sweep, context)),
          );
      },
    };
  },
};

function sweepOf(failures: Failures[number], sweep: number, context: ViewContext): Child {
  const { texts, store } = context;
  const names = store.model.table.sweeps;
  const title = names.length > 1 ? h('h2', {}, names[sweep]) : undefined;
  const note = (text: string) => h('p', { class: 'muted' }, text);
  if (failures === undefined) return [title, note(texts.readingLogs)];
  const { groups, unread } = failures;
  if (groups.length === 0) return [title, note(texts.noFailures)];
  const failed = groups.reduce((sum, { runs }) => sum + runs.length, 0) + unread;
  return [
    title,
    h(
      'ul',
      {},
      groups.map((group) => h('li', {}, groupOf(group, sweep, failed, context))),
    ),
    unread > 0 ? note(texts.unread.replace('{0}', unread.toLocaleString())) : undefined,
  ];
}

function groupOf(
  { title, runs, shared, others }: FailureGroup,
  sweep: number,
  failed: number,
  { store, texts, act, show }: ViewContext,
): Child {
  const { table } = store.model;
  const rowsOf = (some: Iterable<number>) => [...some].flatMap((run) => rowOf(table, sweep, run) ?? []);
  const named = [...runs.subarray(0, mostNamed)];
  const select = () => {
    store.selection.select(rowsOf(runs));
    show('table');
  };
  const share = h('span', { class: 'share' });
  share.style.setProperty('--share', `${(100 * runs.length) / failed}%`);
  return [
    h(
      'div',
      { class: 'group' },
      h('span', { class: 'count' }, runs.length.toLocaleString()),
      h('span', { class: 'title' }, title),
      h('button', { class: 'secondary', onclick: select }, texts.selectInTable),
    ),
    share,
    shared === ''
      ? undefined
      : h('p', { class: 'rule' }, icon('lightbulb'), h('span', {}, h('strong', {}, shared), ` · ${others}`)),
    h(
      'p',
      { class: 'muted runs' },
      `${texts.run} `,
      named.map((run, place) => [
        place === 0 ? '' : ', ',
        h('button', { class: 'link', onclick: () => act('openRun', rowsOf([run])) }, String(run)),
      ]),
      runs.length > named.length
        ? `, ${texts.more.replace('{0}', (runs.length - named.length).toLocaleString())}`
        : '',
    ),
  ];
}
