import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Failure, SweepEvent } from '../../../src/core/event.ts';
import { runStatuses } from '../../../src/core/run.ts';
import { runAt } from '../../../src/core/runTable.ts';
import { estimateRemaining, statisticsOf } from '../../../src/core/statistics.ts';
import { decodeEvent, encodeEvent } from '../../../src/core/sweepDirectory/journalFormat.ts';
import { applyEvent, plannedSweep } from '../../../src/core/sweepState.ts';

const total = 600;
const at = fc.integer({ min: 0, max: 2e12 });
const run = fc.integer({ min: 0, max: total - 1 });
const failure: fc.Arbitrary<Failure> = fc.oneof(
  fc.record({ reason: fc.constant('exit-code' as const), code: fc.integer({ min: 1, max: 255 }) }),
  fc.record({ reason: fc.constant('signal' as const), signal: fc.constantFrom('SIGKILL', 'SIGSEGV') }),
  fc.record({ reason: fc.constant('timeout' as const), timeoutMs: fc.integer({ min: 1 }) }),
  fc.constantFrom({ reason: 'cancelled' as const }, { reason: 'lost' as const }),
  fc.record({ reason: fc.constant('spawn-error' as const), message: fc.string({ unit: 'binary' }) }),
);
const event: fc.Arbitrary<SweepEvent> = fc.oneof(
  fc.record({
    type: fc.constant('started' as const),
    at,
    run,
    attempt: fc.integer({ min: 1, max: 9 }),
    pid: fc.nat(),
    slot: fc.nat(7),
  }),
  fc.record({ type: fc.constant('succeeded' as const), at, run }),
  fc.record({ type: fc.constant('failed' as const), at, run, failure }),
  fc.record({
    type: fc.constant('skipped' as const),
    at,
    run,
    why: fc.constantFrom('cancelled' as const, 'excluded' as const),
  }),
  fc.record({ type: fc.constant('requeued' as const), at, run }),
  fc.record({
    type: fc.constant('sweep' as const),
    reason: fc.constant('opened' as const),
    at,
    version: fc.constant(1),
    total: fc.constant(total),
    maxParallel: fc.integer({ min: 1, max: 64 }),
  }),
  fc.record({
    type: fc.constant('sweep' as const),
    reason: fc.constantFrom('stopping' as const, 'closed' as const),
    at,
  }),
);

describe('applyEvent', () => {
  test('keeps the counts equal to a count of the runs, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const state = events.reduce(applyEvent, plannedSweep(total));
        const counted = Object.fromEntries(runStatuses.map((status) => [status, 0]));
        for (let id = 0; id < total; id++) counted[runAt(state.runs, id).status]! += 1;
        expect(state.counts).toEqual(counted);
        expect([...state.running].sort((a, b) => a - b)).toEqual(
          Array.from({ length: total }, (_, id) => id).filter(
            (id) => runAt(state.runs, id).status === 'running',
          ),
        );
        const statistics = statisticsOf(state);
        expect(statistics.completeCount + statistics.pendingCount + statistics.runningCount).toBe(total);
      }),
    );
  });

  test('never changes the state that it was given', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), event, (events, last) => {
        const state = events.reduce(applyEvent, plannedSweep(total));
        const before = structuredClone(state);
        applyEvent(state, last);
        expect(state).toEqual(before);
      }),
    );
  });

  test('ignores an event of a run outside the plan', () => {
    const state = plannedSweep(3);
    expect(applyEvent(state, { type: 'succeeded', at: 1, run: 3 })).toBe(state);
  });
});

describe('a journal line', () => {
  test('gives back exactly the event that was written', () => {
    fc.assert(
      fc.property(event, (written) => {
        const line = encodeEvent(written);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(decodeEvent(line.slice(0, -1))).toEqual(written);
      }),
    );
  });

  test('that is torn anywhere holds no event', () => {
    fc.assert(
      fc.property(event, fc.nat(), (written, cut) => {
        const line = encodeEvent(written).slice(0, -1);
        expect(decodeEvent(line.slice(0, cut % line.length))).toBeUndefined();
      }),
    );
  });
});

describe('the estimate of the time that is left', () => {
  const opened: SweepEvent = {
    type: 'sweep',
    reason: 'opened',
    at: 0,
    version: 1,
    total: 10,
    maxParallel: 2,
  };
  const ran = (id: number, from: number, to: number): SweepEvent[] => [
    { type: 'started', at: from, run: id, attempt: 1, pid: 1, slot: 0 },
    { type: 'succeeded', at: to, run: id },
  ];

  test('is unknown until a run has ended', () => {
    expect(estimateRemaining(applyEvent(plannedSweep(10), opened), 500)).toBeUndefined();
  });

  test('spreads the mean duration of what is left over the slots', () => {
    const state = [opened, ...ran(0, 0, 1000), ...ran(1, 0, 3000)].reduce(applyEvent, plannedSweep(10));
    // 8 runs of 2 s, two at a time.
    expect(estimateRemaining(state, 3000)).toBe(8000);
  });

  test('counts what is missing to the mean for a run that runs', () => {
    const events: SweepEvent[] = [
      opened,
      ...ran(0, 0, 2000),
      { type: 'started', at: 2000, run: 1, attempt: 1, pid: 1, slot: 0 },
    ];
    const state = events.reduce(applyEvent, plannedSweep(2));
    expect(estimateRemaining(state, 2500)).toBe(1500);
    expect(estimateRemaining(state, 9000)).toBe(0);
  });

  test('is unknown once nothing more is started', () => {
    const events: SweepEvent[] = [
      opened,
      ...ran(0, 0, 2000),
      { type: 'sweep', reason: 'stopping', at: 2000 },
    ];
    expect(estimateRemaining(events.reduce(applyEvent, plannedSweep(2)), 2500)).toBeUndefined();
  });
});
