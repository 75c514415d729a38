import { fill, h } from '../shared/dom.ts';
import { createResultsGrid, type Grid } from './grid.ts';
import { orderedColumns } from './model.ts';
import type { ResultsView, ViewContext } from './view.ts';

/** The runs as a table. */
export const tableView: ResultsView = {
  id: 'table',
  title: ({ tableTab }) => tableTab,
  create: (context) => {
    const { store, texts, act, post } = context;
    const element = h('div', { class: 'table', 'aria-label': texts.table });
    const grid = createResultsGrid(element, store, texts, (row) => act('openRun', [row]));
    const choices = h('div', { class: 'choices' });
    const columns = h(
      'details',
      { class: 'menu', ontoggle: () => drawColumns(choices, grid, context) },
      h('summary', { class: 'secondary' }, texts.columns),
      choices,
    );
    const exportShown = () => post({ type: 'export', runs: store.refs(grid.rows()) });
    return {
      element,
      tools: [columns, h('button', { class: 'secondary', onclick: exportShown }, texts.export)],
      refresh: (changes) => {
        if (changes.has('rows')) grid.refresh();
        if (changes.has('filters')) grid.showFilters();
        if (changes.has('selection')) grid.showSelection();
      },
    };
  },
};

function drawColumns(choices: HTMLElement, grid: Grid, { store, texts }: ViewContext): void {
  const { model } = store;
  const labels = model.labels();
  const groups = Map.groupBy(orderedColumns(model), ({ kind }) => kind);
  const titles = { run: texts.run, parameter: texts.parameters, result: texts.results } as const;
  fill(
    choices,
    (['parameter', 'result', 'run'] as const).map((kind) => [
      h('h2', {}, titles[kind]),
      ...(groups.get(kind) ?? []).map((column) => {
        const box = h('input', { type: 'checkbox', checked: grid.isShown(column) });
        box.addEventListener('change', () => grid.setShown(column, box.checked));
        return h('label', {}, box, labels.get(column.key) ?? column.name);
      }),
    ]),
  );
}
