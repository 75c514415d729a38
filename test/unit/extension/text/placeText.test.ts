import { describe, expect, test } from 'vitest';
import type { SweepEvent } from '../../../../src/core/event.ts';
import { submittedTask } from '../../../../src/core/job.ts';
import { parseQueue } from '../../../../src/core/runner/slurm/parseQueue.ts';
import { runAt } from '../../../../src/core/runTable.ts';
import { placeText } from '../../../../src/extension/text/placeText.ts';
import { sweepDescription } from '../../../../src/extension/tree/labels.ts';
import { header, opened, started, succeeded, sweepAfter } from '../sweepState.ts';

const submitted: SweepEvent = {
  type: 'submitted',
  at: 0,
  name: 'multirun-1',
  job: '4711',
  runs: [[0, 5]],
  runsPerTask: 2,
};

/** Where run 0, of the first task of a job, is while squeue prints this. */
function place(squeue: string, ...events: SweepEvent[]): string {
  const state = sweepAfter(6, opened(6), submitted, ...events);
  const task = submittedTask(state, 0);
  const entry = task?.job.job === undefined ? undefined : parseQueue(squeue).entry(task.job.job, task.task);
  return placeText(runAt(state.runs, 0), task && { entry });
}

describe('where a run of a cluster is', () => {
  test.each([
    ['it waits, and the queue says why', '4711|0-2|PENDING||Priority', [], 'waits: Priority'],
    ['it waits, and the queue has not looked at it yet', '4711|0-2|PENDING||None', [], 'in the queue'],
    ['the queue was not read since it was submitted', '', [], 'in the queue'],
    ['it is held', '4711|0-2|PENDING||JobHeldUser', [], 'waits: JobHeldUser'],
    ['its task runs another run first', '4711|0|RUNNING|n2|None', [], 'follows on n2'],
    ['its node is being prepared', '4711|0|CONFIGURING|n2|None', [], 'in the queue: configuring'],
    ['it runs', '4711|0|RUNNING|n2|None', [{ ...started(0), node: 'n1' } as SweepEvent], 'on n1'],
    ['it is over', '4711|0|COMPLETING|n1|None', [started(0), succeeded(0, 9)], ''],
  ])('%s', (_, squeue, events, text) => expect(place(squeue, ...events)).toBe(text));

  test('is nowhere for a run that no job has', () => {
    expect(placeText(runAt(sweepAfter(6, opened(6)).runs, 0), undefined)).toBe('');
  });

  test('is said of a run on another machine without a queue, too', () => {
    const state = sweepAfter(6, opened(6), { ...started(0), node: 'server1' } as SweepEvent);
    expect(placeText(runAt(state.runs, 0), undefined)).toBe('on server1');
  });
});

test('a sweep that a cluster goes on with is not called stopped when its window is closed', () => {
  const onSlurm = { ...header, runner: { type: 'slurm', maxParallel: 6, options: {} } };
  const state = sweepAfter(6, opened(6), submitted);
  const said = (live: boolean) => sweepDescription({ header: onSlurm, state, live }, new Date(0), 'en-GB');
  expect(said(true)).toContain('0/6 · on Slurm');
  expect(said(false)).toContain('0/6 · on Slurm');
  expect(
    sweepDescription({ header, state: sweepAfter(6, opened(6)), live: false }, new Date(0), 'en-GB'),
  ).toContain('stopped');
});
