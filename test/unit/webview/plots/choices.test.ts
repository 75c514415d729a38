import { describe, expect, test } from 'vitest';
import { chunkBuilder } from '../../../../src/core/resultsTable/chunk.ts';
import { applyChunk } from '../../../../src/core/resultsTable/table.ts';
import { createModel, type Model } from '../../../../src/webview/results/model.ts';
import { brushesOf, brushOf, rowsIn } from '../../../../src/webview/results/plots/brushing.ts';
import {
  defaultKind,
  isLogarithmic,
  noChoices,
  slotsOf,
} from '../../../../src/webview/results/plots/choices.ts';
import type { Figure } from '../../../../src/webview/results/plots/figure.ts';
import { distinctValues, valuesOf } from '../../../../src/webview/results/plots/values.ts';

type Cells = Readonly<Record<string, string | number | boolean>>;

/** A table of runs, of which the n-th has the n-th parameters and results. */
function modelOf(params: readonly Cells[], results: readonly Cells[] = [], metric?: string): Model {
  const model = createModel(
    ['lander'],
    metric === undefined ? undefined : { name: metric, goal: 'minimize' },
  );
  const builder = chunkBuilder(['run', 'parameter', 'result'], params.length);
  for (const [run, cells] of params.entries()) {
    builder.run(run);
    builder.add('run', 'status', results[run] === undefined ? 'failure' : 'success');
    builder.add('run', 'duration_s', 1 + run);
    for (const [name, cell] of Object.entries(cells)) builder.add('parameter', name, cell);
    for (const [name, cell] of Object.entries(results[run] ?? {})) builder.add('result', name, cell);
  }
  applyChunk(model.table, 0, builder.build());
  return model;
}

const grid = [1, 2, 3].flatMap((a) => [10, 20].map((b) => ({ a, b })));
const costs = (params: readonly Cells[]) => params.map((_, run) => ({ cost: run * 1.5, other: -run }));

describe('without a choice', () => {
  test('a grid of two parameters is a heatmap of the metric', () => {
    const model = modelOf(grid, costs(grid), 'cost');
    expect(defaultKind(model)).toBe('heatmap');
    expect(slotsOf(model, 'heatmap')).toEqual({ x: 'parameter:a', y: 'parameter:b', value: 'result:cost' });
  });

  test('two parameters without a grid are points in the colour of the metric', () => {
    const params = Array.from({ length: 40 }, (_, run) => ({ a: run / 7, b: Math.sin(run) }));
    const model = modelOf(params, costs(params), 'cost');
    expect(defaultKind(model)).toBe('scatter');
    expect(slotsOf(model, 'scatter')).toEqual({ x: 'parameter:a', y: 'parameter:b', colour: 'result:cost' });
  });

  test('many parameters are parallel coordinates that end in the metric', () => {
    const params = Array.from({ length: 9 }, (_, run) => ({ a: run, b: -run, c: run % 2 === 0 ? 'x' : 'y' }));
    const model = modelOf(params, costs(params), 'cost');
    expect(defaultKind(model)).toBe('parallel');
    expect(slotsOf(model, 'parallel').axes).toEqual([
      'parameter:a',
      'parameter:b',
      'parameter:c',
      'result:cost',
    ]);
  });

  test('repetitions are a histogram, words are boxes, numbers and words are lines', () => {
    const same = Array.from({ length: 9 }, () => ({ a: 1 }));
    expect(defaultKind(modelOf(same, costs(same)))).toBe('histogram');
    const words = ['x', 'y', 'x', 'y'].map((engine) => ({ engine }));
    expect(defaultKind(modelOf(words, costs(words)))).toBe('box');
    const both = [1, 2, 3].flatMap((a) => ['x', 'y'].map((engine) => ({ a, engine })));
    expect(defaultKind(modelOf(both, costs(both)))).toBe('lines');
  });

  test('a sweep without results shows how long its runs took and which failed', () => {
    expect(defaultKind(modelOf(grid))).toBe('outcome');
  });

  test('a parameter over magnitudes is logarithmic, until a person says otherwise', () => {
    const params = [0.0001, 0.001, 0.01, 0.1].map((rate) => ({ rate, mass: 1000 * rate + 900 }));
    const model = modelOf(params, costs(params));
    expect(isLogarithmic(model, noChoices, 'parameter:rate')).toBe(true);
    expect(isLogarithmic(model, noChoices, 'parameter:mass')).toBe(false);
    expect(isLogarithmic(model, { ...noChoices, log: { 'parameter:rate': false } }, 'parameter:rate')).toBe(
      false,
    );
  });
});

describe('what was chosen', () => {
  test('is kept as long as its column is there, and an empty choice stays empty', () => {
    const model = modelOf(grid, costs(grid), 'cost');
    const chosen = { x: 'parameter:b', y: 'result:gone', colour: '' };
    expect(slotsOf(model, 'scatter', chosen)).toEqual({ x: 'parameter:b', y: 'parameter:b' });
  });
});

describe('what is marked', () => {
  const params = [
    { a: 1, engine: 'merlin' },
    { a: 2, engine: 'raptor' },
    { a: 3, engine: 'merlin' },
    { a: 4, engine: 'vulcain' },
  ];
  const model = modelOf(params, costs(params));
  const values = (key: string) => valuesOf(model, key, false);
  const [a, engine] = [values('parameter:a'), values('parameter:engine')];
  const figure = { grids: [{ x: a, y: engine }] } as unknown as Figure;

  test('in a grid is an interval of numbers and a set of words', () => {
    const area = {
      brushType: 'rect',
      panelId: 'grid--grid-0',
      coordRange: [
        [3.4, 0.5],
        [0, 1],
      ],
    };
    const brushes = brushesOf(area, figure);
    expect(Object.fromEntries(brushes)).toEqual({
      'parameter:a': { kind: 'intervals', intervals: [[0.5, 3.4]] },
      'parameter:engine': { kind: 'values', values: ['merlin', 'raptor'] },
    });
    expect([...rowsIn(Uint32Array.of(0, 1, 2, 3), brushes, values)]).toEqual([0, 1, 2]);
  });

  test('on several axes is in all of them, and in any interval of each', () => {
    if (a === undefined || engine === undefined) throw new Error('columns are missing');
    const brushes = new Map([
      [
        'parameter:a',
        brushOf(a, [
          [1, 1],
          [3, 9],
        ]),
      ],
      ['parameter:engine', brushOf(engine, [[-0.2, 0.3]])],
    ]);
    expect([...rowsIn(Uint32Array.of(0, 1, 2, 3), brushes, values)]).toEqual([0, 2]);
  });

  test('words that no run has any more have no place', () => {
    const again = modelOf([{ a: 1 }], [{ cost: 1 }]);
    const status = valuesOf(again, 'run:status', false);
    expect(status?.kind === 'categories' && status.names).toEqual(['success']);
    const builder = chunkBuilder(['run'], 1);
    builder.run(0);
    builder.add('run', 'status', 'failure');
    applyChunk(again.table, 0, builder.build());
    const now = valuesOf(again, 'run:status', false);
    expect(now?.kind === 'categories' && now.names).toEqual(['failure']);
    expect(distinctValues(now ?? status ?? fail(), [0], 5)).toEqual([0]);
  });
});

function fail(): never {
  throw new Error('a column is missing');
}
