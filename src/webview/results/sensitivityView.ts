import { numericResults, sampleOf } from '../../core/analysis/sample.ts';
import type { SensitivityKind } from '../../core/analysis/sensitivity.ts';
import { columnKey } from '../../core/resultsTable/column.ts';
import type { ToResults } from '../../extension/results/protocol.ts';
import { fill, h } from '../shared/dom.ts';
import { drawAnalysis } from './sensitivity/drawAnalysis.ts';
import type { ResultsView } from './view.ts';

/** What is remembered of the view. */
interface Choice {
  readonly result: string | undefined;
  readonly kind: SensitivityKind;
}

const kinds: readonly SensitivityKind[] = ['correlation', 'regression', 'importance', 'sobol'];
/** While a sweep runs, an analysis is made anew this often at most, in ms; and so seldom that it takes a small part of the time. */
const shortestPause = 2000;
const pauseFactor = 20;

/** Which parameters a result depends on. The analyses are made by the extension, in a thread of their own. */
export const sensitivityView: ResultsView = {
  id: 'sensitivity',
  title: ({ sensitivity }) => sensitivity.tab,
  create: ({ store, texts: { sensitivity: texts }, repetition, post, recall, remember }) => {
    const known = (recall() ?? {}) as Partial<Choice>;
    let choice: Choice = { result: known.result, kind: known.kind ?? 'correlation' };
    let request = 0;
    let answered = 0;
    let isStale = false;
    let asked = '';
    let pause = shortestPause;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const results = h('select', { 'aria-label': texts.result });
    const kindRow = h('div', { class: 'segments', role: 'radiogroup', 'aria-label': texts.kind });
    const explanation = h('p', { class: 'muted explanation' });
    const body = h('div', { class: 'analysis', 'aria-live': 'polite' });
    const element = h(
      'div',
      { class: 'sensitivity' },
      h('div', { class: 'choices-row' }, h('label', {}, `${texts.result} `, results), kindRow),
      explanation,
      body,
    );

    const resultColumn = () => {
      const columns = numericResults(store.model.table);
      const chosen = choice.result ?? columnKey('result', store.model.metric?.name ?? '');
      return columns.find(({ key }) => key === chosen) ?? columns[0];
    };
    const drawChoices = () => {
      const columns = numericResults(store.model.table);
      const chosen = resultColumn();
      const listed = columns.map(({ key }) => key).join('\n');
      if (results.dataset.listed !== listed) {
        results.dataset.listed = listed;
        fill(
          results,
          columns.map(({ key, name }) => h('option', { value: key }, name)),
        );
      }
      results.disabled = columns.length === 0;
      if (chosen !== undefined) results.value = chosen.key;
      explanation.textContent = texts.explanations[choice.kind];
    };
    const ask = () => {
      const column = resultColumn();
      drawChoices();
      if (column === undefined) {
        fill(body, h('p', { class: 'muted' }, texts.nothing));
        return;
      }
      if (answered < request) {
        // Who is at it makes another one afterwards.
        isStale = true;
        return;
      }
      const began = performance.now();
      const sample = sampleOf(store.model.table, column, { rows: store.shown(), ignored: repetition });
      asked = `${column.key} ${choice.kind}`;
      isStale = false;
      request += 1;
      body.classList.add('busy');
      if (body.childElementCount === 0) fill(body, h('p', { class: 'muted' }, texts.computing));
      post({ type: 'analyse', request, kind: choice.kind, sample });
      pause = Math.max(shortestPause, pauseFactor * (performance.now() - began));
    };
    const askSoon = () => {
      if (timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        ask();
      }, pause);
    };
    const choose = (part: Partial<Choice>) => {
      choice = { ...choice, ...part };
      remember(choice);
      // What is under way was asked for something else: the extension breaks it off.
      answered = request;
      fill(body, h('p', { class: 'muted' }, texts.computing));
      ask();
    };
    results.addEventListener('change', () => choose({ result: results.value }));
    fill(
      kindRow,
      kinds.map((kind) => {
        const button = h('input', { type: 'radio', name: 'kind', checked: kind === choice.kind });
        button.addEventListener('change', () => choose({ kind }));
        return h('label', {}, button, h('span', {}, texts.kinds[kind]));
      }),
    );

    return {
      element,
      refresh: (changes) => {
        if (!changes.has('rows') && !changes.has('filters')) return;
        if (request === 0 || changes.has('filters')) ask();
        else askSoon();
      },
      receive: (message: ToResults) => {
        if (message.type !== 'analysed' || message.request !== request) return;
        answered = request;
        body.classList.remove('busy');
        const isCurrent = asked === `${resultColumn()?.key} ${choice.kind}`;
        if (isCurrent) fill(body, drawAnalysis(message, texts));
        if (isStale) askSoon();
      },
    };
  },
};
