import './results.css';
import type { Chunk } from '../../core/resultsTable/chunk.ts';
import { decodeChunk } from '../../core/resultsTable/chunkBytes.ts';
import { rowOf } from '../../core/resultsTable/table.ts';
import type { FromResults, ResultsTexts, RunRef, ToResults } from '../../extension/results/protocol.ts';
import { fill, h } from '../shared/dom.ts';
import { icon } from '../shared/icon.ts';
import { connect } from '../shared/vscodeApi.ts';
import { selectionContext } from './selectionContext.ts';
import { type Change, createStore, type ResultsStore } from './store.ts';
import { createTabs, panelId, type Tabs } from './tabs.ts';
import type { OpenView, ResultsView, ViewContext } from './view.ts';
import { views } from './views.ts';

/** Everything that is shown; made anew by each `begin`. */
interface Page {
  readonly store: ResultsStore;
  readonly texts: ResultsTexts;
  readonly isTrusted: boolean;
  readonly directories: readonly string[];
  readonly repetition: ReadonlySet<string>;
  readonly tabs: Tabs;
  /** The views that were opened. */
  readonly open: Map<string, OpenView>;
  front: string;
  isComplete: boolean;
  /** What has changed since the last drawing. */
  changes: Set<Change>;
}

/** What the page needs to be shown again after the window was reloaded. */
interface Memory {
  readonly directories: readonly string[];
  readonly front?: string;
  readonly views?: Readonly<Record<string, unknown>>;
}

const tabRow = h('span', { class: 'tab-row' });
const summary = h('span', { class: 'summary', role: 'status' });
const actions = h('span', { class: 'actions', role: 'toolbar' });
const tools = h('span', { class: 'tools', role: 'toolbar' });
const notice = h('div', { class: 'notice', role: 'alert', hidden: true });
const empty = h('p', { class: 'empty', hidden: true });
const panels = h('div', { class: 'views' });
document
  .querySelector('#page')
  ?.replaceChildren(h('header', { class: 'bar' }, tabRow, summary, actions, tools), notice, empty, panels);

const connection = connect<FromResults, ToResults>(receive);
let page: Page | undefined;
let isDrawing = false;
let isToldElsewhere = false;
let memory = (connection.recall() ?? {}) as Memory;
/** How long what comes is gathered before it is drawn, in ms. */
let rest = 0;
let resting: ReturnType<typeof setTimeout> | undefined;

function receive(message: ToResults): void {
  if (message.type === 'begin') begin(message);
  if (page === undefined) return;
  switch (message.type) {
    case 'begin':
      break;
    case 'chunk':
      page.store.apply(message.sweep, message.chunk);
      break;
    case 'chunk-file':
      void fetchChunk(page, message);
      break;
    case 'problems':
      drawNotice(page, message.problems);
      break;
    case 'select':
      selectFromElsewhere(page, message.runs);
      break;
    case 'complete':
      page.isComplete = true;
      drawSoon();
      break;
  }
  for (const view of page.open.values()) view.receive?.(message);
}

async function fetchChunk(
  to: Page,
  { sweep, file, address }: Extract<ToResults, { type: 'chunk-file' }>,
): Promise<void> {
  let chunk: Chunk | undefined;
  try {
    const response = await fetch(address);
    if (response.ok) chunk = decodeChunk(await response.arrayBuffer());
  } catch {
    // It comes as a message then.
  }
  if (to !== page) return;
  if (chunk !== undefined) to.store.apply(sweep, chunk);
  connection.post({ type: 'taken', file, isMissed: chunk === undefined });
}

function begin({
  directories,
  sweeps,
  metric,
  texts,
  isTrusted,
  repetition,
}: Extract<ToResults, { type: 'begin' }>): void {
  remember({ directories });
  const changed = (change: Change) => {
    page?.changes.add(change);
    if (change === 'selection') tellSelection();
    drawSoon(change === 'rows' ? rest : 0);
  };
  const tabs = createTabs(
    views.map((view) => ({ id: view.id, title: view.title(texts) })),
    bringToFront,
  );
  fill(tabRow, tabs.element);
  fill(
    panels,
    views.map(({ id }) =>
      h('section', { id: panelId(id), role: 'tabpanel', 'aria-labelledby': `tab-${id}`, hidden: true }),
    ),
  );
  page = {
    store: createStore(sweeps, metric, changed),
    texts,
    isTrusted,
    directories,
    repetition: new Set(repetition),
    tabs,
    open: new Map(),
    front: '',
    isComplete: false,
    changes: new Set(),
  };
  empty.textContent = texts.none;
  bringToFront(memory.front ?? '');
}

/** Selects runs whose rows were selected in the tree, which need not hear of it again. */
function selectFromElsewhere({ store }: Page, runs: readonly RunRef[]): void {
  const rows = runs.flatMap(({ sweep, run }) => rowOf(store.model.table, sweep, run) ?? []);
  const isSame = rows.length === store.selection.rows().length && rows.every(store.selection.has);
  if (rows.length === 0 || isSame) return;
  isToldElsewhere = true;
  store.selection.select(rows);
  isToldElsewhere = false;
}

function tellSelection(): void {
  if (isToldElsewhere || page === undefined) return;
  const refs = Map.groupBy(page.store.refs(page.store.selection.rows()), ({ sweep }) => sweep);
  const runs = page.directories.map((_, sweep) => Uint32Array.from(refs.get(sweep) ?? [], ({ run }) => run));
  connection.post({ type: 'selected', runs });
}

/** Shows a view; the first one where there is none of this id. */
function bringToFront(id: string): void {
  const view = views.find((one) => one.id === id) ?? views[0];
  if (page === undefined || view === undefined || view.id === page.front) return;
  page.front = view.id;
  remember({ front: view.id });
  page.tabs.setFront(view.id);
  for (const panel of panels.children) panel.toggleAttribute('hidden', panel.id !== panelId(view.id));
  const open = page.open.get(view.id) ?? openView(page, view);
  fill(tools, open.tools);
  page.changes = new Set(['rows', 'filters', 'selection']);
  drawSoon();
}

function openView(to: Page, view: ResultsView): OpenView {
  const context: ViewContext = {
    store: to.store,
    texts: to.texts,
    isTrusted: to.isTrusted,
    directories: to.directories,
    repetition: to.repetition,
    post: connection.post,
    act: (action, rows) => connection.post({ type: 'action', action, runs: to.store.refs(rows) }),
    show: bringToFront,
    recall: () => memory.views?.[view.id],
    remember: (state) => remember({ views: { ...memory.views, [view.id]: state } }),
  };
  const open = view.create(context);
  to.open.set(view.id, open);
  document.getElementById(panelId(view.id))?.replaceChildren(open.element);
  return open;
}

function remember(part: Partial<Memory>): void {
  memory = { ...memory, ...part };
  connection.remember(memory);
}

/** How long to rest after a drawing, as a multiple of what it took: most of the time is left to what comes and to the person. */
const restFactor = 4;

/** Draws in the next frame after so many ms; what a person does is not kept waiting. */
function drawSoon(afterMs = 0): void {
  if (afterMs > 0) {
    if (resting !== undefined) return;
    resting = setTimeout(() => {
      resting = undefined;
      drawSoon();
    }, afterMs);
    return;
  }
  if (isDrawing) return;
  isDrawing = true;
  requestAnimationFrame(() => {
    isDrawing = false;
    if (page === undefined) return;
    const began = performance.now();
    const { changes } = page;
    page.changes = new Set();
    if (changes.size > 0) page.open.get(page.front)?.refresh(changes);
    drawBar(page);
    rest = restFactor * (performance.now() - began);
  });
}

function drawBar({ store, texts, isTrusted, directories, isComplete }: Page): void {
  const { size, columns } = store.model.table;
  const isFiltered = store.filters().size > 0;
  const count = (text: string, ...values: readonly number[]) =>
    text.replaceAll(/\{(\d)\}/g, (_, place) => (values[Number(place)] ?? 0).toLocaleString());
  const selected = store.selection.rows();
  const hasResults = [...columns.values()].some(
    ({ kind, numbers, codes }) => kind === 'result' && (numbers ?? codes),
  );
  empty.hidden = !isComplete || hasResults;
  const clearFilters = () => store.setFilters(new Map());
  fill(
    summary,
    isFiltered ? count(texts.shown, store.shown().length, size) : count(texts.runs, size),
    isComplete ? '' : ` · ${texts.reading}`,
    selected.length > 0 ? ` · ${count(texts.selected, selected.length)}` : '',
  );
  const post = (action: Parameters<ViewContext['act']>[0]) =>
    connection.post({ type: 'action', action, runs: store.refs(selected) });
  const button = (title: string, iconName: Parameters<typeof icon>[0], onclick: () => void) =>
    h('button', { class: 'icon-button', title, 'aria-label': title, onclick }, icon(iconName));
  const one = selected.length === 1;
  fill(
    actions,
    isFiltered ? h('button', { class: 'link clear', onclick: clearFilters }, texts.clearFilters) : undefined,
    selected.length === 0
      ? undefined
      : [
          ...(one ? [button(texts.openRun, 'file', () => post('openRun'))] : []),
          ...(one ? [button(texts.openLog, 'output', () => post('openLog'))] : []),
          ...(one ? [button(texts.openResults, 'file-symlink-file', () => post('openRunResults'))] : []),
          ...(one ? [button(texts.directory, 'folder', () => post('revealInExplorer'))] : []),
          ...(one && isTrusted ? [button(texts.debug, 'bug', () => post('debugRun'))] : []),
          ...(one ? [] : [button(texts.compare, 'diff', () => post('compareRuns'))]),
          ...(isTrusted ? [button(texts.runAgain, 'refresh', () => post('runAgain'))] : []),
          button(texts.refine, 'new-file', () =>
            connection.post({ type: 'refine', context: selectionContext(store, directories) }),
          ),
          button(texts.copyParameters, 'copy', () => post('copyParameters')),
        ],
  );
}

function drawNotice(
  { texts, store }: Page,
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
  const { dropped } = store.model.table;
  if (dropped > 0) words.push(texts.dropped.replace('{0}', String(dropped)));
  notice.hidden = words.length === 0;
  fill(notice, icon('error'), h('span', {}, words.join(' ')));
}

connection.post({ type: 'ready' });
