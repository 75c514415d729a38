import { h } from '../../shared/dom.ts';
import type { Brush, Interval } from '../selection.ts';
import { areasOf, type BrushArea, brushesOf, brushOf, brushTypeOf, gridId, intervalsOf } from './brushing.ts';
import { createEngine, createSpotlight, refreshPictures, styleRegions } from './engine.ts';
import type { Figure, Mark, Part, Place } from './figure.ts';
import { type Palette, translucent } from './palette.ts';
import { createWalk, type Item } from './walk.ts';

/** A figure on the page. */
export interface Chart {
  readonly element: HTMLElement;
  /** Draws a figure anew. */
  show(figure: Figure, palette: Palette, label: string): void;
  /** Draws what the selection changes of the figure that is there. */
  update(figure: Figure): void;
  /** Draws which regions are marked. */
  mark(brushes: ReadonlyMap<string, Brush>): void;
  /** Shows what of its pictures has been painted by now. */
  showPainted(): void;
  clear(): void;
  /** Takes the size of its element. */
  resize(): void;
}

/** What a person does with a chart. */
export interface ChartEvents {
  /** What a mark says when a person points at it. */
  describe(mark: Mark): HTMLElement;
  choose(mark: Mark): void;
  toggle(mark: Mark): void;
  brush(brushes: ReadonlyMap<string, Brush>): void;
}

/** The event of the mouse that an event of ECharts comes from. */
interface Click extends Item {
  readonly event?: { readonly offsetX: number; readonly offsetY: number };
}

/** Makes an empty chart. */
export function createChart(events: ChartEvents): Chart {
  const canvas = h('div', { class: 'canvas' });
  const voice = h('div', { class: 'voice', 'aria-live': 'polite' });
  const element = h('div', { class: 'chart', tabindex: 0, role: 'application' }, canvas, voice);
  const engine = createEngine(canvas);
  let figure: Figure | undefined;
  let colour = '';
  let foreground = '';
  let marked = new Map<string, readonly Interval[]>();
  let hidden: ReadonlySet<string> = new Set();

  const spotlight = createSpotlight(engine);
  let pointer: Place = [0, 0];

  const marksOf = ({ seriesId }: Item) => figure?.marks.get(seriesId);
  const markOf = (item: Item): Mark | undefined => marksOf(item)?.at(item.dataIndex);
  /** Which item is at a place, where several of them are one picture. */
  const itemAt = (item: Item, place: Place): Item | undefined => {
    const near = marksOf(item)?.near;
    if (near === undefined) return item;
    const dataIndex = near(place);
    return dataIndex === undefined ? undefined : { ...item, dataIndex };
  };
  const stand = (item: Item | undefined) =>
    spotlight(item === undefined ? [] : (marksOf(item)?.outline?.(item.dataIndex) ?? []), foreground);
  engine.getZr().on('mousemove', ({ offsetX, offsetY }) => {
    pointer = [offsetX, offsetY];
    stand(undefined);
  });
  engine.getZr().on('globalout', () => stand(undefined));
  const tipOf = (items: readonly Item[]): HTMLElement | string => {
    const marks = items.flatMap((item) => markOf(item) ?? []);
    return marks.length === 0 ? '' : h('div', { class: 'tip' }, marks.map(events.describe));
  };
  const tooltip = (params: Item | readonly Item[]): HTMLElement | string => {
    const items = [params].flat().flatMap((item) => itemAt(item, pointer) ?? []);
    for (const item of items) if (marksOf(item)?.outline !== undefined) stand(item);
    return tipOf(items);
  };

  const styleAxes = () => {
    if (figure !== undefined && figure.axes.length > 0) styleRegions(engine, colour);
  };
  engine.on('rendered', styleAxes);
  engine.on('click', (event) => {
    const click = event as unknown as Click;
    const item = itemAt(click, [click.event?.offsetX ?? 0, click.event?.offsetY ?? 0]);
    const mark = item && markOf(item);
    if (mark !== undefined) events.choose(mark);
  });
  engine.on('legendselectchanged', (event) => {
    const { selected } = event as { readonly selected: Readonly<Record<string, boolean>> };
    hidden = new Set(Object.keys(selected).filter((name) => selected[name] === false));
    figure?.hide?.(hidden);
  });
  engine.on('brushEnd', (event) => {
    const { areas } = event as { readonly areas: readonly BrushArea[] };
    const [area] = areas;
    if (figure !== undefined) events.brush(area === undefined ? new Map() : brushesOf(area, figure));
  });
  engine.on('axisareaselected', (event) => {
    const { parallelAxisId, intervals } = event as {
      parallelAxisId?: string;
      intervals?: readonly Interval[];
    };
    if (figure === undefined || parallelAxisId === undefined || intervals === undefined) return;
    marked.set(parallelAxisId, intervals);
    const brushes = figure.axes.flatMap((values) => {
      const of = marked.get(values.key) ?? [];
      return of.length === 0 ? [] : [[values.key, brushOf(values, of)] as const];
    });
    events.brush(new Map(brushes));
  });
  const walk = createWalk(
    () => figure,
    (item) => {
      const seriesIndex = figure?.option.series.findIndex(({ id }) => id === item.seriesId) ?? -1;
      if (seriesIndex < 0) return;
      const at = { seriesIndex, dataIndex: item.dataIndex };
      const place = marksOf(item)?.outline?.(item.dataIndex)[0];
      engine.dispatchAction({ type: 'downplay' });
      if (place === undefined) {
        engine.dispatchAction({ type: 'highlight', ...at });
        engine.dispatchAction({ type: 'showTip', ...at });
      } else {
        const [x, y] = place;
        stand(item);
        engine.dispatchAction({ type: 'showTip', x, y, tooltip: { formatter: () => tipOf([item]) } });
      }
      const mark = markOf(item);
      if (mark !== undefined) voice.textContent = events.describe(mark).textContent;
    },
  );
  element.addEventListener('keydown', (event) => {
    const item = walk.press(event.key);
    const mark = item === undefined ? undefined : markOf(item);
    if (event.key === 'Enter' && mark !== undefined) events.choose(mark);
    else if (event.key === ' ' && mark !== undefined) events.toggle(mark);
    else if (event.key === 'Escape') events.brush(new Map());
    else if (item === undefined) return;
    event.preventDefault();
  });
  element.addEventListener('blur', () => {
    engine.dispatchAction({ type: 'hideTip' });
    stand(undefined);
  });

  return {
    element,
    show: (wanted, palette, label) => {
      figure = wanted;
      colour = palette.accent;
      foreground = palette.foreground;
      stand(undefined);
      hidden = new Set();
      // What is drawn anew has no regions.
      marked = new Map();
      walk.reset();
      const { option, grids } = wanted;
      const brushType = brushTypeOf(grids);
      const grid = [option.grid ?? []].flat() as unknown as readonly Part[];
      engine.setOption(
        {
          animation: false,
          textStyle: { fontFamily: palette.fontFamily, color: palette.foreground },
          aria: { enabled: true, label: { description: label } },
          tooltip: {
            trigger: wanted.tooltip ?? 'item',
            confine: true,
            className: 'plot-tip',
            backgroundColor: 'transparent',
            borderWidth: 0,
            padding: 0,
            transitionDuration: 0,
            axisPointer: { type: 'line', lineStyle: { color: palette.line, type: 'solid' } },
            formatter: tooltip,
          },
          toolbox: { show: false },
          ...(brushType === undefined ? {} : { brush: brushOption(brushType, palette) }),
          ...option,
          ...(grid.length === 0 ? {} : { grid: grid.map((one, place) => ({ ...one, id: gridId(place) })) }),
        },
        { notMerge: true },
      );
      element.setAttribute('aria-label', label);
      if (brushType !== undefined) {
        const brushOption = { brushType, brushMode: 'single' };
        engine.dispatchAction({ type: 'takeGlobalCursor', key: 'brush', brushOption });
      }
    },
    update: (wanted) => {
      figure = wanted;
      stand(undefined);
      engine.setOption({ series: wanted.option.series }, { replaceMerge: ['series'] });
      if (hidden.size > 0) wanted.hide?.(hidden);
      if (document.activeElement === element) walk.again();
    },
    mark: (brushes) => {
      if (figure === undefined) return;
      if (brushTypeOf(figure.grids) !== undefined) {
        engine.dispatchAction({ type: 'brush', areas: areasOf(figure, brushes) });
      }
      const told = marked;
      marked = new Map(
        figure.axes.map((values) => [values.key, intervalsOf(values, brushes.get(values.key))]),
      );
      // Each telling draws all lines anew, so that no axis is told what it knows, and all others at once.
      const batch = [...marked].flatMap(([parallelAxisId, intervals]) => {
        const known = told.get(parallelAxisId) ?? [];
        return String(known) === String(intervals) ? [] : [{ parallelAxisId, intervals }];
      });
      // Of an axis that is told of its regions by itself ECharts draws only the others; of this one there is none.
      const noAxis = { parallelAxisId: 'none' };
      if (batch.length > 0)
        engine.dispatchAction({ type: 'axisAreaSelect', ...noAxis, batch }, { silent: true });
      styleAxes();
    },
    showPainted: () => refreshPictures(engine),
    clear: () => {
      figure = undefined;
      engine.clear();
    },
    resize: () => {
      engine.resize({ width: 'auto', height: 'auto' });
      styleAxes();
    },
  };
}

function brushOption(brushType: string, palette: Palette): Part {
  return {
    toolbox: [],
    brushType,
    brushMode: 'single',
    xAxisIndex: 'all',
    // What is selected is drawn by the figure itself.
    seriesIndex: [],
    transformable: true,
    removeOnClick: true,
    brushStyle: { borderWidth: 1, borderColor: palette.accent, color: translucent(palette.accent, 0.15) },
    outOfBrush: { colorAlpha: 1 },
  };
}
