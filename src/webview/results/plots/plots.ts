import { columnKey } from '../../../core/resultsTable/column.ts';
import { fill, h } from '../../shared/dom.ts';
import type { Change } from '../store.ts';
import type { ViewContext } from '../view.ts';
import { rowsIn } from './brushing.ts';
import { type ChartEvents, createChart } from './chart.ts';
import {
  type Choices,
  defaultKind,
  isLogarithmic,
  noChoices,
  type PlotKind,
  type Slots,
  slotsOf,
} from './choices.ts';
import { type PictureFormat, pictureOf, pictureRatio } from './engine.ts';
import type { Figure, FigureInput } from './figure.ts';
import { figures } from './figures/all.ts';
import { filled } from './parts.ts';
import { createCanvas } from './raster/canvas.ts';
import type { Easel } from './raster/easel.ts';
import { createTurns, doAll } from './raster/turns.ts';
import { readPalette } from './readPalette.ts';
import { describeMark } from './tip.ts';
import { createToolbar } from './toolbar.ts';
import { type Values, valuesOf } from './values.ts';

/** The plots of the page. */
export interface Plots {
  readonly element: HTMLElement;
  refresh(changes: ReadonlySet<Change>): void;
  /** Makes a picture of what is drawn. */
  picture(format: PictureFormat): void;
}

/** With more runs than this, a drawing takes so long that it is not made for each of them that ends. */
const manyRuns = 5000;
const patienceMs = 2000;

/** In a picture that is kept all is there at once, with the pixels that the picture has. */
const inPicture: Easel = { ratio: pictureRatio, canvas: createCanvas, carryOut: doAll };

/** Makes the plots. */
export function createPlots({ store, texts: words, act, post, recall, remember }: ViewContext): Plots {
  const { model, selection } = store;
  const texts = words.plots;
  let choices: Choices = { ...noChoices, ...(recall() as Choices | undefined) };
  let palette = readPalette(document.body);
  let drawn: { readonly kind: PlotKind; readonly slots: Slots; readonly figure: Figure } | undefined;
  let waiting: number | undefined;
  let drawnAt = 0;

  const isLog = (key: string) => isLogarithmic(model, choices, key);
  const values = (key: string | undefined): Values | undefined =>
    key === undefined ? undefined : valuesOf(model, key, isLog(key));
  const isMaximized = (key: string) =>
    choices.maximized[key] ??
    (key === columnKey('result', model.metric?.name ?? '') && model.metric?.goal === 'maximize');
  const events: ChartEvents = {
    describe: (mark) => describeMark(mark, input(drawn?.slots ?? {})),
    choose: ({ rows }) => {
      selection.select(Array.from(rows));
      const [row] = Array.from(rows);
      if (rows.length === 1 && row !== undefined) act('openRun', [row]);
    },
    toggle: ({ rows }) => {
      const before = selection.rows();
      const marked = new Set(Array.from(rows));
      const isSelected = [...marked].every(selection.has);
      selection.select(isSelected ? before.filter((row) => !marked.has(row)) : [...before, ...marked]);
    },
    brush: (brushes) =>
      selection.select(brushes.size === 0 ? [] : rowsIn(store.shown(), brushes, values), brushes),
  };
  const chart = createChart(events);
  const toolbar = createToolbar(texts, words, (change) => {
    choices = change(choices);
    remember(choices);
    draw();
  });
  const note = h('p', { class: 'plot-note', role: 'status' });
  const nothing = h('p', { class: 'empty', hidden: true }, texts.nothing);
  const element = h('div', { class: 'plots' }, toolbar.element, nothing, chart.element, note);

  const turns = createTurns(() => {
    chart.showPainted();
    sayBusy();
  });
  const sayBusy = () => chart.element.setAttribute('aria-busy', String(turns.isBusy()));
  /** On the page what is there is shown as it is painted. */
  const onPage = (): Easel => ({
    ratio: window.devicePixelRatio,
    canvas: createCanvas,
    carryOut: turns.begin,
  });

  const input = (slots: Slots, easel = onPage()): FigureInput => ({
    model,
    rows: store.shown(),
    selection,
    slots,
    values,
    isMaximized,
    palette,
    texts,
    easel,
  });

  const draw = () => {
    clearTimeout(waiting);
    waiting = undefined;
    turns.start();
    const kind = choices.kind ?? defaultKind(model);
    const slots = slotsOf(model, kind, choices.slots[kind]);
    const figure = figures[kind](input(slots));
    const isEmpty = figure === undefined || store.shown().length === 0;
    toolbar.show({ model, kind, slots, isLog, isMaximized });
    // Of a page without any runs the page itself says so.
    const hasRuns = model.table.size > 0;
    toolbar.element.hidden = !hasRuns;
    nothing.hidden = !isEmpty || !hasRuns;
    chart.element.toggleAttribute('hidden', isEmpty);
    drawn = isEmpty ? undefined : { kind, slots, figure };
    if (isEmpty) chart.clear();
    else {
      const names = [...(slots.axes ?? []), slots.y, slots.value, slots.x].flatMap(
        (key) => values(key)?.label ?? [],
      );
      const label = filled(texts.description, texts.kinds[kind], names.join(', '), store.shown().length);
      chart.show(figure, palette, label);
      chart.mark(selection.brushes());
    }
    const canMark = figure !== undefined && figure.grids.length + figure.axes.length > 0;
    fill(note, isEmpty ? '' : [...figure.notes, canMark ? texts.hint : texts.clickHint].join(' '));
    sayBusy();
    drawnAt = Date.now();
  };

  const drawSelection = () => {
    if (drawn === undefined) return;
    turns.start();
    const figure = figures[drawn.kind](input(drawn.slots));
    if (figure === undefined) return;
    drawn = { ...drawn, figure };
    chart.update(figure);
    chart.mark(selection.brushes());
    sayBusy();
  };

  new ResizeObserver(() => chart.resize()).observe(chart.element);
  new MutationObserver(() => {
    palette = readPalette(document.body);
    if (drawn !== undefined) draw();
  }).observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });

  return {
    element,
    refresh: (changes) => {
      if (changes.has('rows') || changes.has('filters')) {
        const wait =
          model.table.size > manyRuns && drawn !== undefined && !changes.has('filters')
            ? patienceMs - (Date.now() - drawnAt)
            : 0;
        if (wait <= 0) draw();
        else waiting ??= window.setTimeout(draw, wait);
      } else drawSelection();
    },
    picture: (format) => {
      const figure = drawn && figures[drawn.kind](input(drawn.slots, inPicture));
      if (drawn === undefined || figure === undefined) return;
      const { width, height } = chart.element.getBoundingClientRect();
      const size = { width: Math.round(width), height: Math.round(height) };
      const { background, muted: colour, fontFamily, fontSize } = palette;
      const caption = { lines: figure.notes, colour, background, fontFamily, fontSize };
      const option = {
        textStyle: { fontFamily: palette.fontFamily, color: palette.foreground },
        ...figure.option,
      };
      post({
        type: 'save-plot',
        name: texts.kinds[drawn.kind],
        format,
        content: pictureOf(option, format, size, caption),
      });
    },
  };
}
