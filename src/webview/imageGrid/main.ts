import './imageGrid.css';
import type {
  FromImageGrid,
  GridRun,
  ImageGridTexts,
  ToImageGrid,
} from '../../extension/imageGrid/protocol.ts';
import { type Child, fill, h } from '../shared/dom.ts';
import { connect } from '../shared/vscodeApi.ts';
import { axisOf, bandText, usualAxes } from './arrange.ts';
import { type CellParts, gridCell } from './cells.ts';

/** What a person has chosen, and what brings the page back after a reload. */
interface Remembered {
  readonly directory?: string;
  readonly file?: string;
  /** Names of parameters; empty for none, absent as long as nobody has chosen. */
  readonly rows?: string;
  readonly columns?: string;
  /** How wide an image is, in CSS pixels. */
  readonly size?: number;
}

const usualSize = 150;

const controls = h('header', { class: 'bar' });
const note = h('p', { class: 'note muted', role: 'status' });
const grid = h('div', { class: 'grid', role: 'grid' });
const scroller = h('div', { class: 'scroller' }, grid);
document.querySelector('#page')?.replaceChildren(controls, note, scroller);

const connection = connect<FromImageGrid, ToImageGrid>(receive);
let remembered = (connection.recall() ?? {}) as Remembered;
let texts: ImageGridTexts | undefined;
let images: Extract<ToImageGrid, { type: 'images' }> | undefined;
let drawn = '';
let drawnControls = '';

/** Images are loaded a little before they are seen. */
const addresses = new WeakMap<Element, string>();
/** The browser has these at hand: they need not wait when the grid is drawn again. */
const loaded = new Set<string>();
const watcher = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting || !(target instanceof HTMLImageElement)) continue;
      watcher.unobserve(target);
      const address = addresses.get(target) ?? '';
      target.src = address;
      loaded.add(address);
    }
  },
  { root: scroller, rootMargin: '400px' },
);

function receive(message: ToImageGrid): void {
  switch (message.type) {
    case 'sweep':
      texts = message.texts;
      remember({ directory: message.directory });
      note.textContent = texts.looking;
      return;
    case 'images':
      images = message;
      draw();
  }
}

function remember(more: Remembered): void {
  remembered = { ...remembered, ...more };
  connection.remember(remembered);
}

/** Draws what has changed: not to lose the place, the focus and the loaded images for nothing. */
function draw(): void {
  if (texts === undefined || images === undefined) return;
  const wanted = JSON.stringify([images, remembered.rows, remembered.columns]);
  if (wanted === drawn) return;
  drawn = wanted;
  const axes = chosenAxes(images);
  drawControls(images, axes, texts);
  drawNote(images, texts);
  setSize(remembered.size ?? usualSize);
  drawGrid(images, axes, texts);
}

interface Axes {
  /** Places of parameters; -1 for none. */
  readonly rows: number;
  readonly columns: number;
}

function chosenAxes({ parameters, runs }: NonNullable<typeof images>): Axes {
  const { rows = -1, columns = -1 } = usualAxes(runs.map(({ values }) => values));
  const place = (name: string | undefined, usual: number) =>
    name === undefined || (name !== '' && !parameters.includes(name)) ? usual : parameters.indexOf(name);
  return { rows: place(remembered.rows, rows), columns: place(remembered.columns, columns) };
}

function drawControls(
  { files, chosen, parameters }: NonNullable<typeof images>,
  { rows, columns }: Axes,
  words: ImageGridTexts,
): void {
  const wanted = JSON.stringify([files, chosen, parameters, rows, columns]);
  // A list that is open would close.
  if (wanted === drawnControls) return;
  drawnControls = wanted;
  controls.hidden = files.length === 0;
  const axis = (label: string, place: number, choose: (name: string) => void) =>
    choice(
      label,
      [{ value: '', text: words.none }, ...parameters.map((name) => ({ value: name, text: name }))],
      parameters[place] ?? '',
      choose,
    );
  const size = h('input', {
    type: 'range',
    min: 60,
    max: 480,
    step: 10,
    value: remembered.size ?? usualSize,
    'aria-label': words.size,
  });
  size.addEventListener('input', () => {
    remember({ size: Number(size.value) });
    setSize(Number(size.value));
  });
  fill(
    controls,
    choice(
      words.image,
      files.map(({ name, count }) => ({ value: name, text: `${name} (${count.toLocaleString()})` })),
      chosen ?? '',
      (file) => {
        remember({ file });
        connection.post({ type: 'choose', file });
      },
    ),
    axis(words.rows, rows, (name) => choose({ rows: name })),
    axis(words.columns, columns, (name) => choose({ columns: name })),
    h('label', { class: 'size' }, h('span', { class: 'muted' }, words.size), size),
  );
}

function choose(more: Remembered): void {
  const focused = controls.contains(document.activeElement)
    ? [...controls.querySelectorAll('select')].indexOf(document.activeElement as HTMLSelectElement)
    : -1;
  remember(more);
  draw();
  controls.querySelectorAll('select')[focused]?.focus();
}

function choice(
  label: string,
  options: readonly { readonly value: string; readonly text: string }[],
  chosen: string,
  changed: (value: string) => void,
): HTMLElement {
  const select = h(
    'select',
    {},
    options.map(({ value, text }) => h('option', { value, selected: value === chosen }, text)),
  );
  select.addEventListener('change', () => changed(select.value));
  return h('label', {}, h('span', { class: 'muted' }, label), select);
}

function drawNote({ files, chosen, runs, leftOut }: NonNullable<typeof images>, words: ImageGridTexts): void {
  const count = files.find(({ name }) => name === chosen)?.count ?? 0;
  const numbers = (text: string, ...values: readonly number[]) =>
    text.replaceAll(/\{(\d)\}/g, (_, place) => (values[Number(place)] ?? 0).toLocaleString());
  const parts = [
    files.length === 0 ? words.noImages : count < runs.length ? numbers(words.have, count, runs.length) : '',
    leftOut > 0 ? numbers(words.onlyFirst, runs.length, runs.length + leftOut) : '',
  ].filter((part) => part !== '');
  note.hidden = parts.length === 0;
  note.textContent = parts.join(' · ');
}

function setSize(size: number): void {
  grid.style.setProperty('--size', `${size}px`);
}

function drawGrid(
  { files, chosen = '', parameters, runs }: NonNullable<typeof images>,
  { rows, columns }: Axes,
  words: ImageGridTexts,
): void {
  watcher.disconnect();
  const parts: CellParts = {
    texts: words,
    file: chosen,
    openRun: (run) => connection.post({ type: 'open-run', run }),
    loadSoon: (image, address) => {
      addresses.set(image, address);
      if (loaded.has(address)) image.src = address;
      else watcher.observe(image);
    },
  };
  grid.classList.toggle('loose', rows < 0 && columns < 0);
  if (files.length === 0) fill(grid);
  // Without any order there is one cell a run.
  else if (rows < 0 && columns < 0)
    fill(
      grid,
      runs.map((run) => gridCell([run], parts)),
    );
  else fill(grid, arranged({ parameters, runs }, { rows, columns }, parts));
}

/** The rows of cells, with their names and those of the columns. */
function arranged(
  { parameters, runs }: Pick<NonNullable<typeof images>, 'parameters' | 'runs'>,
  { rows, columns }: Axes,
  parts: CellParts,
): Child {
  const { texts: words } = parts;
  const valuesOf = (place: number) => (place < 0 ? undefined : runs.map(({ values }) => values[place]));
  const down = axisOf(runs.length, valuesOf(rows));
  const across = axisOf(runs.length, valuesOf(columns));
  const held = new Map<string, GridRun[]>();
  for (const [index, run] of runs.entries()) {
    const key = `${down.places[index]} ${across.places[index]}`;
    const others = held.get(key);
    if (others === undefined) held.set(key, [run]);
    else others.push(run);
  }
  const head = (text: string, kind: 'columnheader' | 'rowheader') =>
    h('div', { class: `head ${kind}`, role: kind, title: text }, text);
  grid.style.setProperty('--columns', String(across.bands.length));
  const named = (place: number, text: string) => (place < 0 ? '' : text);
  return [
    h(
      'div',
      { class: 'row', role: 'row' },
      h(
        'div',
        { class: 'head corner' },
        rows < 0 ? undefined : h('span', {}, `${parameters[rows]} ↓`),
        columns < 0 ? undefined : h('span', {}, `${parameters[columns]} →`),
      ),
      across.bands.map((band) => head(named(columns, bandText(band, words)), 'columnheader')),
    ),
    down.bands.map((band, row) =>
      h(
        'div',
        { class: 'row', role: 'row' },
        head(named(rows, bandText(band, words)), 'rowheader'),
        across.bands.map((_, column) => gridCell(held.get(`${row} ${column}`) ?? [], parts)),
      ),
    ),
  ];
}

connection.post({ type: 'ready', file: remembered.file });
