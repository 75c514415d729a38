import type { ToResults } from '../../../extension/results/protocol.ts';
import type { SensitivityTexts } from '../../../extension/results/sensitivityTexts.ts';
import { h } from '../../shared/dom.ts';
import { drawAxis, drawBars } from './bars.ts';
import { figure, intervalText, probability, type SensitivityTable, tableOf } from './rows.ts';

type Analysed = Extract<ToResults, { type: 'analysed' }>;

/** An analysis as a table with bars, with what must be known of it below. */
export function drawAnalysis(
  { runs, analysis, notes, problem }: Analysed,
  texts: SensitivityTexts,
): HTMLElement {
  if (analysis === undefined) return h('p', { class: 'muted' }, problem);
  const table = tableOf(analysis, texts);
  const counted = texts.runs.replace('{0}', runs.toLocaleString());
  return h(
    'div',
    {},
    table === undefined ? undefined : [legendOf(table), drawTable(table, texts)],
    analysis.kind === 'correlation' ? drawCategorical(analysis.categorical, texts) : undefined,
    h(
      'p',
      { class: 'muted' },
      [counted, ...(table === undefined || table.summary === '' ? [] : [table.summary])].join(' · '),
    ),
    notes.length === 0
      ? undefined
      : h(
          'ul',
          { class: 'notes' },
          notes.map((note) => h('li', {}, note)),
        ),
  );
}

function legendOf({ series }: SensitivityTable): HTMLElement | undefined {
  if (series.length < 2) return undefined;
  return h(
    'div',
    { class: 'legend' },
    series.map((name, place) => h('span', {}, h('i', { class: `series-${place}` }), name)),
  );
}

function drawTable(table: SensitivityTable, texts: SensitivityTexts): HTMLElement {
  const { series, axis, hasP, intervalTitle, rows } = table;
  const figures = series.flatMap((name) => [
    h('th', { scope: 'col', class: 'number' }, name),
    h('th', { scope: 'col', class: 'number' }, intervalTitle),
    hasP ? h('th', { scope: 'col', class: 'number' }, 'p') : undefined,
  ]);
  return h(
    'table',
    {},
    h(
      'thead',
      {},
      h('tr', {}, h('th', { scope: 'col' }, texts.parameter), h('th', { class: 'chart' }), figures),
    ),
    h(
      'tbody',
      {},
      rows.map(({ name, detail, bars }) =>
        h(
          'tr',
          {},
          h(
            'th',
            { scope: 'row', title: detail === '' ? name : `${name} ${detail}` },
            name,
            detail === '' ? undefined : h('span', { class: 'muted' }, ` ${detail}`),
          ),
          h('td', { class: 'chart' }, drawBars(bars, axis)),
          bars.map((bar) => [
            h('td', { class: 'number' }, figure(bar.value)),
            h('td', { class: 'number muted' }, intervalText(bar, texts.to)),
            hasP ? h('td', { class: 'number' }, probability(bar.p)) : undefined,
          ]),
        ),
      ),
    ),
    h('tfoot', {}, h('tr', {}, h('td', {}), h('td', { class: 'chart' }, drawAxis(axis)))),
  );
}

type Categorical = Extract<NonNullable<Analysed['analysis']>, { kind: 'correlation' }>['categorical'];

/** Words have no order, so that nothing of them has a sign. */
function drawCategorical(effects: Categorical, texts: SensitivityTexts): HTMLElement | undefined {
  if (effects.length === 0) return undefined;
  const axis = { min: 0, max: 1 };
  const number = (title: string) => h('th', { scope: 'col', class: 'number' }, title);
  return h(
    'table',
    {},
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'col' }, texts.parameter),
        h('th', { class: 'chart' }),
        number('η²'),
        number('p'),
        number(texts.categories),
      ),
    ),
    h(
      'tbody',
      {},
      effects.map(({ name, etaSquared, p, categories }) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row', title: name }, name),
          h(
            'td',
            { class: 'chart' },
            // It has no interval; how sure it is, p says.
            drawBars([{ value: etaSquared, low: undefined, high: undefined, p }], axis),
          ),
          h('td', { class: 'number' }, figure(etaSquared)),
          h('td', { class: 'number' }, probability(p)),
          h('td', { class: 'number' }, String(categories)),
        ),
      ),
    ),
    h('tfoot', {}, h('tr', {}, h('td', {}), h('td', { class: 'chart' }, drawAxis(axis)))),
  );
}
