import './results.css';
import { applyChunk } from '../../core/resultsTable/table.ts';
import type {
  FromResults,
  ResultsTexts,
  RunAction,
  RunRef,
  ToResults,
} from '../../extension/results/protocol.ts';
import { fill, h } from '../shared/dom.ts';
import { icon } from '../shared/icon.ts';
import { connect } from '../shared/vscodeApi.ts';
import { createResultsGrid, type Grid } from './grid.ts';
import { createModel, type Model, orderedColumns } from './model.ts';

/** Everything that is shown; made anew by each `begin`. */
interface Page {
  readonly model: Model;
  readonly texts: ResultsTexts;
  readonly isTrusted: boolean;
  readonly grid: Grid;
  isComplete: boolean;
}

const summary = h('span', { class: 'summary', role: 'status' });
const actions = h('span', { class: 'actions', role: 'toolbar' });
const tools = h('span', { class: 'tools', role: 'toolbar' });
const notice = h('div', { class: 'notice', role: 'alert', hidden: true });
const empty = h('p', { class: 'empty', hidden: true });
const table = h('div', { class: 'table' });
document
  .querySelector('#page')
  ?.replaceChildren(h('header', { class: 'bar' }, summary, actions, tools), notice, empty, table);

const connection = connect<FromResults, ToResults>(receive);
let page: Page | undefined;
let isDrawing = false;

function receive(message: ToResults): void {
  if (message.type === 'begin') begin(message);
  if (page === undefined) return;
  switch (message.type) {
    case 'begin':
      break;
    case 'chunk':
      applyChunk(page.model.table, message.sweep, message.chunk);
      drawSoon();
      break;
    case 'problems':
      drawNotice(page, message.problems);
      break;
    case 'complete':
      page.isComplete = true;
      drawSoon();
      break;
  }
}

function begin({
  directories,
  sweeps,
  metric,
  texts,
  isTrusted,
}: Extract<ToResults, { type: 'begin' }>): void {
  connection.remember({ directories });
  const model = createModel(sweeps, metric);
  table.replaceChildren();
  table.setAttribute('aria-label', texts.table);
  const grid = createResultsGrid(table, model, texts, {
    changed: () => page && drawBar(page),
    open: (row) => act('openRun', [row]),
  });
  page = { model, texts, isTrusted, grid, isComplete: false };
  empty.textContent = texts.none;
  fill(
    tools,
    h(
      'details',
      { class: 'menu' },
      h('summary', { class: 'secondary' }, texts.columns),
      h('div', { class: 'choices' }),
    ),
    h(
      'button',
      { class: 'secondary', onclick: () => post({ type: 'export', runs: refs([...grid.rows()]) }) },
      texts.export,
    ),
  );
  tools.querySelector('details')?.addEventListener('toggle', drawColumns);
  drawBar(page);
}

/** Chunks come in quick succession, and a person sees at most one drawing a frame. */
function drawSoon(): void {
  if (isDrawing) return;
  isDrawing = true;
  requestAnimationFrame(() => {
    isDrawing = false;
    if (page === undefined) return;
    page.grid.refresh();
    drawBar(page);
  });
}

function drawBar({ model, grid, texts, isTrusted, isComplete }: Page): void {
  const { size, columns } = model.table;
  const shown = grid.rows().length;
  const count = (text: string, ...values: readonly number[]) =>
    text.replaceAll(/\{(\d)\}/g, (_, place) => (values[Number(place)] ?? 0).toLocaleString());
  const selected = grid.selected();
  const hasResults = [...columns.values()].some(
    ({ kind, numbers, codes }) => kind === 'result' && (numbers ?? codes),
  );
  empty.hidden = !isComplete || hasResults;
  fill(
    summary,
    grid.isFiltered() ? count(texts.shown, shown, size) : count(texts.runs, size),
    isComplete ? '' : ` · ${texts.reading}`,
    selected.length > 0 ? ` · ${count(texts.selected, selected.length)}` : '',
    grid.isFiltered()
      ? h('button', { class: 'link clear', onclick: () => grid.clearFilters() }, texts.clearFilters)
      : undefined,
  );
  const button = (title: string, iconName: Parameters<typeof icon>[0], onclick: () => void) =>
    h('button', { class: 'icon-button', title, 'aria-label': title, onclick }, icon(iconName));
  const one = selected.length === 1;
  fill(
    actions,
    selected.length === 0
      ? undefined
      : [
          ...(one ? [button(texts.openRun, 'file', () => act('openRun', selected))] : []),
          ...(one ? [button(texts.openLog, 'output', () => act('openLog', selected))] : []),
          ...(one
            ? [button(texts.openResults, 'file-symlink-file', () => act('openRunResults', selected))]
            : []),
          ...(one ? [button(texts.directory, 'folder', () => act('revealInExplorer', selected))] : []),
          ...(isTrusted ? [button(texts.runAgain, 'refresh', () => act('runAgain', selected))] : []),
          button(texts.copyParameters, 'copy', () => post({ type: 'copy-parameters', runs: refs(selected) })),
        ],
  );
}

function drawColumns(): void {
  const choices = tools.querySelector('.choices');
  if (choices === null || page === undefined) return;
  const { grid, model, texts } = page;
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

function drawNotice(
  { texts, model }: Page,
  problems: Extract<ToResults, { type: 'problems' }>['problems'],
): void {
  const [first] = problems;
  const words: string[] = [];
  if (first !== undefined) {
    words.push(
      texts.unreadable
        .replace('{0}', String(problems.length))
        .replace('{1}', String(first.run))
        .replace('{2}', () => first.message),
    );
  }
  if (model.table.dropped > 0) words.push(texts.dropped.replace('{0}', String(model.table.dropped)));
  notice.hidden = words.length === 0;
  fill(notice, icon('error'), h('span', {}, words.join(' ')));
}

function refs(rows: readonly number[]): RunRef[] {
  const known = page?.model.table;
  return rows.map((row) => ({ sweep: known?.sweepOf[row] ?? 0, run: known?.runOf[row] ?? 0 }));
}

function act(action: RunAction, rows: readonly number[]): void {
  post({ type: 'action', action, runs: refs(rows) });
}

function post(message: FromResults): void {
  connection.post(message);
}

post({ type: 'ready' });
