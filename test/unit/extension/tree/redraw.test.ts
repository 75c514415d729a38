import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SweepEvent } from '../../../../src/core/event.ts';
import type { SweepView } from '../../../../src/core/sweepDirectory/sweepView.ts';
import { applyEvent } from '../../../../src/core/sweepState.ts';
import type { CatalogueEntry } from '../../../../src/extension/sweeps/catalogue.ts';
import { createNodeStore } from '../../../../src/extension/tree/nodeStore.ts';
import { nodeId, type TreeNode } from '../../../../src/extension/tree/nodes.ts';
import { createRedraw, type Redraw } from '../../../../src/extension/tree/redraw.ts';
import { failed, header, opened, started, succeeded, sweepAfter } from '../sweepState.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const directory = '/w/sweep';
const change = { list: false, changed: [directory] };

/** A live sweep of four runs, two of which were ever shown; `drawn` is what was drawn since it was last asked. */
function shownSweep(isFiltered = false) {
  const drawings: string[] = [];
  let state = sweepAfter(4, opened(4), started(0), started(1));
  let live = true;
  let place = '';
  const view = {
    directory,
    header,
    get state() {
      return state;
    },
    get live() {
      return live;
    },
  } as SweepView;
  const nodes = createNodeStore();
  for (const run of [0, 1]) nodes.same({ kind: 'run', directory, run });
  const entries: CatalogueEntry[] = [{ kind: 'sweep', directory, view }];
  const redraw: Redraw = createRedraw(
    { entries: () => entries, view: () => view, active: () => [view] },
    nodes,
    () => isFiltered,
    (_, run) => (run === 1 ? place : ''),
    (rows: TreeNode[] | undefined) => {
      drawings.push(rows === undefined ? 'all' : rows.map(nodeId).join(' '));
    },
  );
  redraw.changed(change);
  vi.advanceTimersByTime(1000);
  drawings.length = 0;
  return {
    redraw,
    drawn: () => drawings.splice(0),
    happens: (...events: SweepEvent[]) => {
      state = events.reduce(applyEvent, state);
      redraw.changed(change);
    },
    moves: (to: string) => {
      place = to;
      redraw.places();
    },
    ends: () => {
      live = false;
      redraw.changed(change);
    },
  };
}

test('a run is drawn when it waits for something else, and only then', () => {
  const { moves, drawn } = shownSweep();
  moves('waits: Priority');
  moves('waits: Priority');
  expect(drawn()).toEqual([`run:1:${directory}`]);
  moves('');
  expect(drawn()).toEqual([`run:1:${directory}`]);
});

test('runs that changed are drawn at once and alone, their sweep at most once a second', async () => {
  const { happens, drawn } = shownSweep();
  happens(succeeded(0));
  expect(drawn()).toEqual([`run:0:${directory}`, `sweep:${directory}`]);
  happens(failed(1));
  expect(drawn()).toEqual([`run:1:${directory}`]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(drawn()).toEqual([`sweep:${directory}`]);
});

test('runs that nobody has seen are not drawn', () => {
  const { happens, drawn } = shownSweep();
  happens(started(3));
  expect(drawn()).toEqual([`sweep:${directory}`]);
});

test('a sweep that has ended is drawn at once', () => {
  const { happens, ends, drawn } = shownSweep();
  happens(started(3));
  drawn();
  ends();
  expect(drawn()).toEqual([`sweep:${directory}`]);
});

test('a filtered tree is drawn whole, since rows come and go', async () => {
  const { happens, drawn } = shownSweep(true);
  happens(failed(1));
  expect(drawn()).toEqual(['all']);
  happens(failed(0));
  expect(drawn()).toEqual([]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(drawn()).toEqual(['all']);
});

test('the clock of running runs is drawn now and then, and not after the end', async () => {
  const { redraw, drawn } = shownSweep();
  await vi.advanceTimersByTimeAsync(5000);
  expect(drawn()).toEqual([`run:0:${directory} run:1:${directory}`]);
  redraw.dispose();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(drawn()).toEqual([]);
});
