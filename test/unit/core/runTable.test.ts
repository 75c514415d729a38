import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  changedRuns,
  emptyRunTable,
  type RunState,
  runAt,
  statusAt,
  withRun,
} from '../../../src/core/runTable.ts';

const time = fc.integer({ min: 0, max: 2e12 });
const measured = fc.record(
  { metric: fc.double({ noNaN: true }), usage: fc.record({ cpuMs: fc.nat(), peakMemoryBytes: fc.nat() }) },
  { requiredKeys: [] },
);
const ended = fc.oneof(
  fc
    .tuple(
      fc.record({
        status: fc.constant('success' as const),
        attempts: fc.nat(3),
        startedAt: time,
        endedAt: time,
      }),
      measured,
    )
    .map(([run, more]) => ({ ...run, ...more })),
  fc
    .tuple(
      fc.record({
        status: fc.constant('failure' as const),
        attempts: fc.nat(3),
        startedAt: fc.option(time, { nil: undefined }),
        endedAt: time,
        failure: fc.record({ reason: fc.constant('exit-code' as const), code: fc.nat(3) }),
        retried: fc.nat(2),
        problems: fc.array(fc.string(), { maxLength: 2 }),
      }),
      measured,
    )
    .map(([run, more]) => ({ ...run, ...more })),
);
const state: fc.Arbitrary<RunState> = fc.oneof(
  ended,
  fc.record({ status: fc.constant('pending' as const), attempts: fc.nat(3) }),
);
const changes = fc.array(fc.tuple(fc.nat(599), state), { maxLength: 60 });

test('a table gives back what was put in last, and leaves the one before as it was', () => {
  fc.assert(
    fc.property(changes, changes, (first, second) => {
      const before = first.reduce((table, [id, run]) => withRun(table, id, run), emptyRunTable);
      const unseen = new Set<object>();
      const after = second.reduce((table, [id, run]) => withRun(table, id, run, unseen), before);
      const wanted = new Map(first);
      for (const [id, run] of wanted) expect(runAt(before, id)).toEqual(run);
      for (const [id, run] of second) wanted.set(id, run);
      for (const [id, run] of wanted) {
        expect(runAt(after, id)).toEqual(run);
        expect(statusAt(after, id)).toBe(run.status);
      }
    }),
  );
});

test('runs that ended with other numbers, or otherwise, are changed, and no others', () => {
  fc.assert(
    fc.property(changes, changes, (first, second) => {
      const before = first.reduce((table, [id, run]) => withRun(table, id, run), emptyRunTable);
      const after = second.reduce((table, [id, run]) => withRun(table, id, run), before);
      const changed = new Set(changedRuns(before, after, 600));
      for (const [id] of second) {
        const isSame = JSON.stringify(runAt(before, id)) === JSON.stringify(runAt(after, id));
        if (!isSame) expect(changed).toContain(id);
      }
      const touched = new Set(second.map(([id]) => id));
      for (const id of changed) expect(touched).toContain(id);
    }),
  );
});
