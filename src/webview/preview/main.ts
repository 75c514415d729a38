import './preview.css';
import type {
  FilterChoice,
  FromPreview,
  PreviewFilter,
  PreviewPlan,
  PreviewTexts,
  ToPreview,
} from '../../extension/preview/protocol.ts';
import { fill, h } from '../shared/dom.ts';
import { connect } from '../shared/vscodeApi.ts';
import { createTable } from './table.ts';

const heading = h('div', { class: 'heading' });
const filters = h('div', { class: 'filters', role: 'tablist' });
const comparison = h('div', { class: 'comparison muted' });
const problems = h('div', { class: 'problems' });
const command = h('footer', { class: 'command' });
const connection = connect<FromPreview, ToPreview>(receive);
let plan: PreviewPlan | undefined;
let texts: PreviewTexts | undefined;
let filter: PreviewFilter = 'all';

const table = createTable({
  look: (first, count) => connection.post({ type: 'look', filter, first, count }),
  choose: (row) => {
    if (plan !== undefined) connection.post({ type: 'choose', version: plan.version, filter, row });
  },
});

document
  .querySelector('#page')
  ?.replaceChildren(
    h('header', {}, heading, h('div', { class: 'compared' }, filters, comparison)),
    problems,
    table.element,
    command,
  );
connection.post({ type: 'ready' });

function receive(message: ToPreview): void {
  switch (message.type) {
    case 'plan':
      texts = message.texts;
      plan = message.plan;
      connection.remember({ source: message.source });
      if (message.page !== undefined) filter = message.page.filter;
      drawPlan(plan, texts);
      showTable(message.page);
      if (table.chosen() === undefined) drawCommand('');
      else connection.post({ type: 'choose', version: plan.version, filter, row: table.chosen() ?? 0 });
      return;
    case 'page':
      if (message.page.version === plan?.version) table.take(message.page);
      return;
    case 'command':
      if (message.version === plan?.version && message.row === table.chosen()) drawCommand(message.text);
      return;
    default:
      message satisfies never;
  }
}

function drawPlan(shown: PreviewPlan, words: PreviewTexts): void {
  document.body.classList.toggle('outdated', shown.isOutdated);
  document.body.dataset.version = String(shown.version);
  fill(
    heading,
    shown.headline === '' ? undefined : h('h1', {}, shown.headline),
    shown.details === '' ? undefined : h('span', { class: 'muted' }, shown.details),
    h('span', { class: 'grow' }),
    shown.run === ''
      ? undefined
      : h('button', { class: 'primary', onclick: () => connection.post({ type: 'run' }) }, shown.run),
  );
  fill(filters, ...shown.filters.map(filterButton));
  filters.setAttribute('aria-label', words.table);
  fill(comparison, shown.comparison);
  fill(
    problems,
    ...shown.problems.map(({ severity, message }, index) =>
      h(
        'button',
        { class: `problem ${severity}`, onclick: () => connection.post({ type: 'problem', index }) },
        message,
      ),
    ),
  );
}

function filterButton({ filter: own, title, count, size, tooltip }: FilterChoice): HTMLElement {
  const isChosen = own === filter;
  return h(
    'button',
    {
      class: `filter ${own}`,
      role: 'tab',
      title: tooltip,
      'aria-selected': isChosen ? 'true' : 'false',
      disabled: size === 0 && !isChosen,
      onclick: () => chooseFilter(own),
    },
    h('span', {}, title),
    h('span', { class: 'count' }, count),
  );
}

function chooseFilter(wanted: PreviewFilter): void {
  if (plan === undefined || texts === undefined) return;
  filter = wanted;
  drawPlan(plan, texts);
  drawCommand('');
  showTable(undefined);
}

function showTable(page: Parameters<typeof table.show>[1]): void {
  if (plan === undefined || texts === undefined) return;
  const choice = plan.filters.find((one) => one.filter === filter);
  table.show(
    {
      filter,
      size: choice?.size ?? plan.size,
      columns: filter === 'gone' ? plan.goneColumns : plan.columns,
      first:
        filter === 'excluded'
          ? { kind: 'reason', title: texts.reason }
          : { kind: 'number', title: texts.number },
      name: texts.table,
    },
    page,
  );
}

function drawCommand(text: string): void {
  if (texts === undefined) return;
  fill(
    command,
    h('span', { class: 'muted' }, texts.command),
    text === '' ? h('span', { class: 'muted' }, texts.noCommand) : h('code', { title: text }, text),
  );
}
