import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SweepEvent } from '../../../src/core/event.ts';
import type { Failure } from '../../../src/core/failure.ts';
import type { PauseReason } from '../../../src/core/pauseReason.ts';
import { runStatuses } from '../../../src/core/run.ts';
import { runAt } from '../../../src/core/runTable.ts';
import { estimateRemaining, statisticsOf } from '../../../src/core/statistics.ts';
import { decodeEvent, encodeEvent } from '../../../src/core/sweepDirectory/journalFormat.ts';
import { applyEvent, applyingMany, plannedSweep, retriesOf } from '../../../src/core/sweepState.ts';

const total = 600;
const at = fc.integer({ min: 0, max: 2e12 });
const run = fc.integer({ min: 0, max: total - 1 });
const failure: fc.Arbitrary<Failure> = fc.oneof(
  fc.record({ reason: fc.constant('exit-code' as const), code: fc.integer({ min: 1, max: 255 }) }),
  fc.record({ reason: fc.constant('signal' as const), signal: fc.constantFrom('SIGKILL', 'SIGSEGV') }),
  fc.record({ reason: fc.constant('timeout' as const), timeoutMs: fc.integer({ min: 1 }) }),
  fc.constantFrom('cancelled', 'lost', 'halted', 'out-of-memory').map((reason) => ({ reason }) as Failure),
  fc.record({ reason: fc.constant('spawn-error' as const), message: fc.string({ unit: 'binary' }) }),
);
const usage = fc.record({ peakMemoryBytes: fc.nat(), cpuMs: fc.nat() }, { requiredKeys: [] });
const bytes = fc.nat();
const why: fc.Arbitrary<PauseReason> = fc.oneof(
  fc.record({ kind: fc.constant('person' as const) }),
  fc.record({ kind: fc.constant('breaker' as const), count: fc.nat(), failure, run }),
  fc.record({ kind: fc.constant('canary' as const), failure, run }),
  fc.record({ kind: fc.constant('disk' as const), freeBytes: bytes, limitBytes: bytes }),
  fc.record({ kind: fc.constant('memory' as const), availableBytes: bytes, limitBytes: bytes }),
  fc.record({ kind: fc.constant('load' as const), load: fc.nat(), limit: fc.nat() }),
  fc.record({ kind: fc.constantFrom('journal' as const, 'preparation' as const), message: fc.string() }),
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
  fc.record(
    { type: fc.constant('succeeded' as const), at, run, usage },
    { requiredKeys: ['type', 'at', 'run'] },
  ),
  fc.record(
    { type: fc.constant('failed' as const), at, run, failure, usage },
    { requiredKeys: ['type', 'at', 'run', 'failure'] },
  ),
  fc.record({
    type: fc.constant('skipped' as const),
    at,
    run,
    why: fc.constantFrom('cancelled' as const, 'excluded' as const),
  }),
  fc.record(
    {
      type: fc.constant('requeued' as const),
      at,
      run,
      why: fc.constantFrom('asked' as const, 'retry' as const, 'halted' as const),
      delayMs: fc.nat(),
    },
    { requiredKeys: ['type', 'at', 'run', 'why'] },
  ),
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
    reason: fc.constantFrom('stopping' as const, 'closed' as const, 'resumed' as const),
    at,
  }),
  fc.record({ type: fc.constant('sweep' as const), reason: fc.constant('paused' as const), at, why }),
  fc.record({
    type: fc.constant('sweep' as const),
    reason: fc.constant('max-parallel' as const),
    at,
    maxParallel: fc.integer({ min: 1, max: 64 }),
  }),
  fc.record({
    type: fc.constant('sweep' as const),
    reason: fc.constant('halted' as const),
    at,
    rule: fc.string(),
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

describe('a sweep', () => {
  const opened: SweepEvent = { type: 'sweep', reason: 'opened', at: 0, version: 2, total: 2, maxParallel: 2 };
  const paused: SweepEvent = { type: 'sweep', reason: 'paused', at: 1, why: { kind: 'person' } };
  const stateAfter = (...events: SweepEvent[]) => [opened, ...events].reduce(applyEvent, plannedSweep(2));

  test('that is paused is running and says why, until it is resumed, stopped or opened again', () => {
    expect(stateAfter(paused)).toMatchObject({ phase: 'running', paused: { kind: 'person' } });
    for (const reason of ['resumed', 'stopping', 'closed'] as const)
      expect(stateAfter(paused, { type: 'sweep', reason, at: 2 }).paused).toBeUndefined();
    expect(stateAfter(paused, opened).paused).toBeUndefined();
  });

  test('keeps the rule by which it was halted', () => {
    const halted: SweepEvent = { type: 'sweep', reason: 'halted', at: 1, rule: 'soon,fail=1' };
    expect(stateAfter(halted, { type: 'sweep', reason: 'closed', at: 2 }).halted).toBe('soon,fail=1');
    expect(stateAfter(halted).phase).toBe('stopping');
    expect(stateAfter(halted, opened).halted).toBeUndefined();
  });

  test('has a pending run that knows why its last attempt failed and when the next one may start', () => {
    const state = stateAfter(
      { type: 'started', at: 1, run: 0, attempt: 1, pid: 1, slot: 0 },
      { type: 'failed', at: 5, run: 0, failure: { reason: 'exit-code', code: 75 } },
      { type: 'requeued', at: 5, run: 0, why: 'retry', delayMs: 1000 },
    );
    expect(runAt(state.runs, 0)).toEqual({
      status: 'pending',
      attempts: 1,
      lastFailure: { reason: 'exit-code', code: 75 },
      retryAt: 1005,
      retried: 1,
    });
  });

  test('counts the retries of a run until somebody asks for it', () => {
    const tried = stateAfter(
      { type: 'started', at: 1, run: 0, attempt: 1, pid: 1, slot: 0 },
      { type: 'failed', at: 5, run: 0, failure: { reason: 'exit-code', code: 75 } },
      { type: 'requeued', at: 5, run: 0, why: 'retry' },
      { type: 'started', at: 6, run: 0, attempt: 2, pid: 2, slot: 0 },
      { type: 'failed', at: 7, run: 0, failure: { reason: 'exit-code', code: 75 } },
    );
    expect(retriesOf(runAt(tried.runs, 0))).toBe(1);
    const asked = applyEvent(tried, { type: 'requeued', at: 8, run: 0, why: 'asked' });
    expect(retriesOf(runAt(asked.runs, 0))).toBe(0);
  });
});

test('a series of events gives what they give one by one, and leaves the state before it alone', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 30 }), fc.array(event, { maxLength: 30 }), (first, second) => {
      const before = first.reduce(applyingMany(), plannedSweep(total));
      const copy = structuredClone(before);
      const after = second.reduce(applyingMany(), before);
      expect(before).toEqual(copy);
      expect(before).toEqual(first.reduce(applyEvent, plannedSweep(total)));
      expect(after).toEqual(second.reduce(applyEvent, before));
    }),
  );
});

describe('a journal line', () => {
  test('of version 1 is read: who wanted a run again was always asked', () => {
    expect(decodeEvent('{"type":"requeued","at":5,"run":3}')).toEqual({
      type: 'requeued',
      at: 5,
      run: 3,
      why: 'asked',
    });
  });

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
