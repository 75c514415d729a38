import { expect, test } from 'vitest';
import { chunkBuilder } from '../../../src/core/resultsTable/chunk.ts';
import { createSelection } from '../../../src/webview/results/selection.ts';
import { createStore } from '../../../src/webview/results/store.ts';

test('a selection tells of what changes, and only of that', () => {
  let changes = 0;
  const selection = createSelection(() => changes++);
  selection.select([3, 1, 3]);
  expect(selection.rows()).toEqual([3, 1]);
  expect([selection.has(1), selection.has(2)]).toEqual([true, false]);
  selection.select([1, 3]);
  expect(changes).toBe(1);
  selection.select([]);
  expect([changes, selection.rows()]).toEqual([2, []]);
});

test('what was marked is known as long as its runs are selected', () => {
  const selection = createSelection(() => {});
  const brushes = new Map([['parameter:mass', { kind: 'intervals', intervals: [[900, 950]] } as const]]);
  selection.select([0, 1], brushes);
  expect(selection.brushes()).toEqual(brushes);
  selection.select([0, 1]);
  expect(selection.brushes().size).toBe(0);
});

test('the store shows the rows that pass the filters, new ones too', () => {
  const changes: string[] = [];
  const store = createStore(['lander'], undefined, (change) => changes.push(change));
  const tell = (run: number, mass: number) => {
    const builder = chunkBuilder(['parameter'], 1);
    builder.run(run);
    builder.add('parameter', 'mass', mass);
    store.apply(0, builder.build());
  };
  tell(7, 900);
  tell(8, 1000);
  expect([...store.shown()]).toEqual([0, 1]);
  store.setFilters(new Map([['parameter:mass', { kind: 'range', min: 950, max: 2000 }]]));
  store.setFilters(new Map([['parameter:mass', { kind: 'range', min: 950, max: 2000 }]]));
  tell(9, 1100);
  expect([...store.shown()]).toEqual([1, 2]);
  expect(store.refs(store.shown())).toEqual([
    { sweep: 0, run: 8 },
    { sweep: 0, run: 9 },
  ]);
  expect(changes).toEqual(['rows', 'rows', 'filters', 'rows']);
});
