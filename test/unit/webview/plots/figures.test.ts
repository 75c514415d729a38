import * as echarts from 'echarts';
import { describe, expect, test } from 'vitest';
import { chunkBuilder } from '../../../../src/core/resultsTable/chunk.ts';
import type { PlotsTexts } from '../../../../src/extension/results/plotsTexts.ts';
import { plotsTexts } from '../../../../src/extension/results/plotsTexts.ts';
import { brushesOf } from '../../../../src/webview/results/plots/brushing.ts';
import { kinds, type PlotKind, type Slots, slotsOf } from '../../../../src/webview/results/plots/choices.ts';
import type { Figure, FigureInput } from '../../../../src/webview/results/plots/figure.ts';
import { figures } from '../../../../src/webview/results/plots/figures/all.ts';
import type { Palette } from '../../../../src/webview/results/plots/palette.ts';
import type { Easel } from '../../../../src/webview/results/plots/raster/easel.ts';
import { doAll } from '../../../../src/webview/results/plots/raster/turns.ts';
import { valuesOf } from '../../../../src/webview/results/plots/values.ts';
import { createStore, type ResultsStore } from '../../../../src/webview/results/store.ts';

const palette: Palette = {
  foreground: '#cccccc',
  muted: '#999999',
  line: '#666666',
  faint: '#333333',
  background: '#111111',
  accent: '#3794ff',
  groups: ['#3794ff', '#d18616', '#89d185'],
  gradient: ['#440154', '#21918c', '#fde725'],
  statuses: { success: '#73c991', failure: '#f14c4c' },
  fontFamily: 'sans-serif',
  fontSize: 12,
};
const texts: PlotsTexts = plotsTexts();
/** Here nothing is drawn that is a picture. */
const easel: Easel = {
  ratio: 1,
  canvas: () => ({
    element: undefined,
    clear: (width, height) => ({ width, height, data: new Uint8ClampedArray(4 * width * height) }),
    show: () => {},
  }),
  carryOut: doAll,
};

/** Landings on a grid of masses and thrusts, with two engines; the heaviest ones with the least thrust fail. */
function landings(columns: number, lines: number): ResultsStore {
  const store = createStore(['lander'], { name: 'miss', goal: 'minimize' }, () => {});
  const builder = chunkBuilder(['run', 'parameter', 'result'], columns * lines);
  for (let run = 0; run < columns * lines; run++) {
    const [column, line] = [run % columns, Math.floor(run / columns)];
    const hasFailed = column === columns - 1 && line === 0;
    builder.run(run);
    builder.add('run', 'status', hasFailed ? 'failure' : 'success');
    builder.add('run', 'duration_s', 1 + column / 10 + line / 100);
    builder.add('parameter', 'mass', 900 + column);
    builder.add('parameter', 'thrust', 1 + line / 10);
    builder.add('parameter', 'engine', run % 2 === 0 ? 'merlin' : 'raptor');
    if (hasFailed) continue;
    builder.add('result', 'miss', Math.abs(column - 2) + line + (run % 7) / 10);
    builder.add('result', 'fuel', 100 - column - 2 * line + (run % 3) / 10);
  }
  store.apply(0, builder.build());
  return store;
}

function draw(store: ResultsStore, kind: PlotKind, log: readonly string[] = [], chosen: Slots = {}): Figure {
  const { model, selection } = store;
  const input: FigureInput = {
    model,
    selection,
    rows: store.shown(),
    slots: slotsOf(model, kind, chosen),
    values: (key) => (key === undefined ? undefined : valuesOf(model, key, log.includes(key))),
    isMaximized: () => false,
    palette,
    texts,
    easel,
  };
  const figure = figures[kind](input);
  if (figure === undefined) throw new Error(`There is no ${kind}.`);
  return figure;
}

function svgOf({ option }: Figure): string {
  const chart = echarts.init(null, undefined, { renderer: 'svg', ssr: true, width: 800, height: 500 });
  chart.setOption({ ...option, animation: false });
  const svg = chart.renderToSVGString();
  chart.dispose();
  // The names of classes count all charts that were ever made.
  return svg.replaceAll(/zr\d+-(cls-|c)\d+/g, '');
}

const marksOf = (figure: Figure, id: string) => {
  const marks = figure.marks.get(id);
  return Array.from({ length: marks?.count ?? 0 }, (_, index) => marks?.at(index) ?? { rows: [] });
};

const store = landings(6, 5);

describe.each(Object.keys(kinds) as PlotKind[])('%s', (kind) => {
  test('is drawn by ECharts, with and without selected runs, also on logarithmic axes', () => {
    store.selection.select([]);
    const plain = svgOf(draw(store, kind));
    store.selection.select([3, 4, 5]);
    const selecting = svgOf(draw(store, kind));
    store.selection.select([]);
    const logarithmic = svgOf(draw(store, kind, ['parameter:mass', 'parameter:thrust', 'result:miss']));
    for (const svg of [plain, selecting, logarithmic]) {
      expect(svg).toContain('<path');
      expect(svg).not.toMatch(/NaN|undefined/);
    }
    // A mean of the first runs has no place for single ones.
    if (kind !== 'convergence') expect(selecting).not.toBe(plain);
  });

  test('says of each mark which runs it stands for', () => {
    const figure = draw(store, kind);
    const ids = figure.option.series.map(({ id }) => id);
    const seen = new Set<number>();
    for (const [id, marks] of figure.marks) {
      if (marks.count > 0) expect(ids).toContain(id);
      for (const { rows } of marksOf(figure, id)) for (const row of Array.from(rows)) seen.add(row);
    }
    // The run that failed has no result, and with it no place in most of them.
    const hasFailed = ['parallel', 'heatmap', 'scatter', 'matrix', 'outcome'].includes(kind);
    if (kind !== 'outcome') expect(seen.size).toBe(hasFailed && kind !== 'scatter' ? 30 : 29);
    for (const row of seen) expect(store.shown()).toContain(row);
  });
});

test('a histogram has as many runs in its bars as have a value', () => {
  const figure = draw(store, 'histogram');
  const bars = [...figure.marks.keys()].flatMap((id) => marksOf(figure, id));
  expect(bars.reduce((sum, { rows }) => sum + rows.length, 0)).toBe(29);
  expect(figure.notes).toEqual(['Runs without a value here are left out: 1.']);
});

test('near numbers of a line are one place, which is among them', () => {
  const many = landings(101, 2);
  const line = draw(many, 'lines').option.series.find(({ type }) => type === 'line') ?? {};
  const places = (line.data as readonly (readonly [number, number])[]).map(([x]) => x);
  expect(places.length).toBeLessThan(30);
  expect(Math.min(...places)).toBeGreaterThan(900);
  expect(Math.max(...places)).toBeLessThan(1000);
});

test('a heatmap tells the mean of each cell, and which cells have none', () => {
  const figure = draw(store, 'heatmap');
  const cell = marksOf(figure, 'cells').find(({ rows }) => rows[0] === 2 && rows.length === 1);
  expect(cell?.facts).toEqual([
    ['mass', '902'],
    ['thrust', '1'],
    ['miss', '0.2'],
  ]);
  expect(figure.notes).toEqual(['Cells without a result: 1.']);
});

test('cells that are marked in a heatmap are intervals of what its axes show', () => {
  const area = {
    brushType: 'rect',
    panelId: 'grid--grid-0',
    coordRange: [
      [0, 1],
      [3, 1],
    ],
  };
  expect(Object.fromEntries(brushesOf(area, draw(store, 'heatmap')))).toEqual({
    'parameter:mass': { kind: 'intervals', intervals: [[900, 901]] },
    'parameter:thrust': { kind: 'intervals', intervals: [[1.1, 1.3]] },
  });
});

test('duration and failures tell which share failed', () => {
  const failures = marksOf(draw(store, 'outcome'), 'failures');
  expect(failures.map(({ facts }) => facts?.[1]?.[1])).toEqual([
    '0 of 5',
    '0 of 5',
    '0 of 5',
    '0 of 5',
    '0 of 5',
    '1 of 5',
  ]);
  expect(failures.at(-1)?.rows).toEqual([5]);
});

test('more runs than can be followed are sampled, the selected ones first, and it says so', () => {
  const many = landings(100, 50);
  many.selection.select([4321]);
  const figure = draw(many, 'parallel');
  const drawn = marksOf(figure, 'runs').flatMap(({ rows }) => Array.from(rows));
  expect(drawn).toHaveLength(2000);
  expect(drawn).toContain(4321);
  expect(figure.notes).toEqual(['2,000 of 5,000 runs are drawn; marking selects among all of them.']);
});

test('a sample has all values of a grid, and what is drawn stands on the axes that all runs have', () => {
  const many = landings(100, 50);
  const before = draw(many, 'parallel');
  const masses = (figure: Figure) => new Set(marksOf(figure, 'runs').map(({ rows }) => (rows[0] ?? 0) % 100));
  expect(masses(before).size).toBe(100);
  many.selection.select(Array.from({ length: 2500 }, (_, place) => 2500 + place));
  const after = draw(many, 'parallel');
  const ends = ({ option }: Figure) =>
    (option.parallelAxis as readonly Record<string, unknown>[]).map(({ min, max }) => [min, max]);
  expect(ends(after)).toEqual(ends(before));
  expect(ends(before)[0]).toEqual([900, 1000]);
});

test('painted lines go where ECharts draws them: over words, numbers and logarithms', () => {
  const many = landings(30, 20);
  const axes = ['parameter:mass', 'parameter:engine', 'parameter:thrust', 'result:fuel'];
  const figure = draw(many, 'parallel', ['parameter:mass', 'parameter:thrust'], { axes });
  const row = 123;
  const own = {
    type: 'parallel',
    lineStyle: { color: '#123456', opacity: 1 },
    data: [axes.map((key) => valuesOf(many.model, key, false)?.at(row))],
  };
  const svg = svgOf({ ...figure, option: { ...figure.option, series: [...figure.option.series, own] } });
  const points = /<polyline points="([^"]*)"[^>]*stroke="#123456"/.exec(svg)?.[1] ?? '';
  const drawn = points.split(' ').map(Number);
  const outline = figure.marks.get('runs')?.outline?.(row) ?? [];
  expect(outline).toHaveLength(axes.length);
  for (const [place, at] of outline.flat().entries()) expect(at).toBeCloseTo(drawn[place] ?? Number.NaN, 0);
});
