import { expect, test } from 'vitest';
import { addState, addValues, chunkBuilder } from '../../../src/core/resultsTable/chunk.ts';
import { selectionContext } from '../../../src/webview/results/selectionContext.ts';
import { createStore } from '../../../src/webview/results/store.ts';
import { succeeded } from '../core/resultsTable/tables.ts';

function storeOfTwoSweeps() {
  const store = createStore(['monday', 'tuesday'], undefined, () => {});
  for (const sweep of [0, 1]) {
    const builder = chunkBuilder(['run', 'parameter', 'result'], 3);
    for (const run of [0, 1, 2]) {
      builder.run(run);
      addState(builder, succeeded, 0);
      addValues(builder, { mass: 900 + run, engine: 'merlin' }, { miss: run });
    }
    store.apply(sweep, builder.build());
  }
  return store;
}

const directories = ['/sweeps/monday', '/sweeps/tuesday'];

test('commands get the selected runs by the directories of their sweeps', () => {
  const store = storeOfTwoSweeps();
  store.selection.select([2, 3, 5]);
  expect(selectionContext(store, directories)).toMatchObject({
    multirunRows: 'several',
    multirunRuns: [
      { directory: '/sweeps/monday', runs: [2] },
      { directory: '/sweeps/tuesday', runs: [0, 2] },
    ],
    multirunMarked: [],
  });
  store.selection.select([4]);
  expect(selectionContext(store, directories).multirunRows).toBe('one');
});

test('and what was marked of parameters; several intervals are the one around them', () => {
  const store = storeOfTwoSweeps();
  store.selection.select(
    [0, 1],
    new Map([
      [
        'parameter:mass',
        {
          kind: 'intervals',
          intervals: [
            [900, 901],
            [850, 860],
          ],
        },
      ],
      ['parameter:engine', { kind: 'values', values: ['merlin'] }],
      ['result:miss', { kind: 'intervals', intervals: [[0, 1]] }],
    ]),
  );
  expect(selectionContext(store, directories).multirunMarked).toEqual([
    ['mass', { kind: 'interval', min: 850, max: 901 }],
    ['engine', { kind: 'values', values: ['merlin'] }],
  ]);
});
