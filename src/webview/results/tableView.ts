import type { Column } from '../../core/resultsTable/column.ts';
import { groupingColumns } from '../../core/resultsTable/group.ts';
import { fill, h } from '../shared/dom.ts';
import { icon } from '../shared/icon.ts';
import { createResultsGrid, type Grid } from './grid.ts';
import { type GridMemory, recalledGrid } from './gridMemory.ts';
import { createGroupGrid } from './groupGrid.ts';
import { orderedColumns } from './model.ts';
import { offerRowMenu } from './rowMenu.ts';
import type { ResultsStore } from './store.ts';
import type { ResultsView, ViewContext } from './view.ts';

/** How the runs stand in the table: one by one, those together that differ only by their repetition, or by chosen columns. */
type Grouping = 'single' | 'repetitions' | readonly string[];

/** What outlives a reload of the window. */
interface TableMemory {
  readonly grouping?: Grouping;
  readonly grid?: GridMemory;
}

/** The runs as a table, one by one or in groups. */
export const tableView: ResultsView = {
  id: 'table',
  title: ({ tableTab }) => tableTab,
  create: (context) => {
    const { store, texts, act, post, repetition, recall, remember } = context;
    const single = h('div', { class: 'table', 'aria-label': texts.table });
    const grouped = h('div', { class: 'table', 'aria-label': texts.groupedTable, hidden: true });
    const element = h('div', { class: 'tables' }, single, grouped);
    let memory = (recall() ?? {}) as TableMemory;
    const keep = (part: TableMemory) => {
      memory = { ...memory, ...part };
      remember(memory);
    };
    const grid = createResultsGrid(single, store, texts, (row) => act('openRun', [row]), {
      recalled: recalledGrid(memory.grid),
      remember: (kept) => keep({ grid: kept }),
    });
    const groupGrid = createGroupGrid(grouped, store, texts, (rows) => {
      const keys = keysOf(store, grouping, repetition);
      group('single');
      if (rows[0] !== undefined) grid.filterLike(rows[0], keys);
    });
    let grouping = groupingFrom(memory, repetition);

    const groupChoices = h('div', { class: 'choices' });
    const groupSummary = h('summary', { class: 'secondary' });
    const groupMenu = h(
      'details',
      { class: 'menu', ontoggle: () => drawGrouping(groupChoices, grouping, group, context) },
      groupSummary,
      groupChoices,
    );
    const back = h('button', { class: 'secondary', onclick: () => group('single') }, texts.singleRuns);
    const choices = h('div', { class: 'choices' });
    const columns = h(
      'details',
      { class: 'menu', ontoggle: () => drawColumns(choices, grid, context) },
      h('summary', { class: 'secondary' }, texts.columns),
      choices,
    );
    const draw = () => {
      const keys = keysOf(store, grouping, repetition);
      const isGrouped = keys.length > 0;
      single.hidden = isGrouped;
      grouped.hidden = !isGrouped;
      back.hidden = !isGrouped;
      columns.hidden = isGrouped;
      const labels = store.model.labels();
      const names = keys.map(({ key, name }) => labels.get(key) ?? name).join(', ');
      groupSummary.textContent = isGrouped
        ? grouping === 'repetitions'
          ? texts.repetitions
          : texts.groupedBy.replace('{0}', () => names)
        : texts.groupBy;
      groupSummary.title = isGrouped ? names : '';
      if (isGrouped) groupGrid.refresh(keys);
    };
    const group = (wanted: Grouping) => {
      grouping = wanted;
      keep({ grouping });
      draw();
      if (groupMenu.open) drawGrouping(groupChoices, grouping, group, context);
    };
    const rowsAt = (of: (id: number) => readonly number[]) => (target: HTMLElement) => {
      const id = target.closest('[row-id]')?.getAttribute('row-id');
      return id === null || id === undefined ? [] : of(Number(id));
    };
    offerRowMenu(
      single,
      store,
      context.directories,
      rowsAt((row) => [row]),
    );
    offerRowMenu(grouped, store, context.directories, rowsAt(groupGrid.rowsOf));
    const exportShown = () => {
      const keys = keysOf(store, grouping, repetition);
      const rows = keys.length > 0 ? groupGrid.rows() : grid.rows();
      post({ type: 'export', runs: store.refs(rows), groupedBy: keys.map(({ key }) => key) });
    };
    return {
      element,
      tools: [
        back,
        groupMenu,
        columns,
        h(
          'button',
          {
            class: 'icon-button',
            title: texts.imageGrid,
            'aria-label': texts.imageGrid,
            onclick: () => post({ type: 'image-grid' }),
          },
          icon('image-grid'),
        ),
        h('button', { class: 'secondary', onclick: exportShown }, texts.export),
      ],
      receive: ({ type }) => {
        if (type !== 'complete') return;
        grid.refresh();
        grid.restoreFilters();
      },
      refresh: (changes) => {
        if (changes.has('rows')) grid.refresh();
        if (changes.has('filters')) grid.showFilters();
        if (changes.has('rows') || changes.has('filters')) draw();
        if (changes.has('selection')) {
          grid.showSelection();
          groupGrid.showSelection();
        }
      },
    };
  },
};

/** What a person chose before the window was reloaded; otherwise repetitions stand together. */
function groupingFrom({ grouping }: TableMemory, repetition: ReadonlySet<string>): Grouping {
  return grouping ?? (repetition.size > 0 ? 'repetitions' : 'single');
}

function keysOf(store: ResultsStore, grouping: Grouping, repetition: ReadonlySet<string>): Column[] {
  const { table } = store.model;
  if (grouping === 'single') return [];
  if (grouping === 'repetitions')
    return groupingColumns(table, (column) => store.model.facts(column).isVarying, repetition);
  return grouping.flatMap((key) => table.columns.get(key) ?? []);
}

function drawGrouping(
  choices: HTMLElement,
  grouping: Grouping,
  group: (grouping: Grouping) => void,
  { store, texts, repetition }: ViewContext,
): void {
  const labels = store.model.labels();
  const radio = (label: string, wanted: 'single' | 'repetitions') => {
    const button = h('input', { type: 'radio', name: 'grouping', checked: grouping === wanted });
    button.addEventListener('change', () => group(wanted));
    return h('label', {}, button, label);
  };
  const chosen = typeof grouping === 'string' ? [] : grouping;
  const box = ({ key, name }: Column) => {
    const input = h('input', { type: 'checkbox', checked: chosen.includes(key) });
    input.addEventListener('change', () => {
      const keys = input.checked ? [...chosen, key] : chosen.filter((other) => other !== key);
      group(keys.length === 0 ? 'single' : keys);
    });
    return h('label', {}, input, labels.get(key) ?? name);
  };
  const focused = [...choices.querySelectorAll('input')].indexOf(document.activeElement as HTMLInputElement);
  fill(
    choices,
    radio(texts.singleRuns, 'single'),
    repetition.size > 0 ? radio(texts.repetitions, 'repetitions') : undefined,
    h('h2', {}, texts.groupByParameter),
    groupingColumns(store.model.table, (column) => store.model.facts(column).isVarying, repetition).map(box),
  );
  choices.querySelectorAll('input')[focused]?.focus();
}

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
