import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runQueue } from '../../../../src/core/runner/runQueue.ts';

function drain(queue: ReturnType<typeof runQueue>): number[] {
  const taken: number[] = [];
  for (let run = queue.take(); run !== undefined; run = queue.take()) taken.push(run);
  return taken;
}

test('gives the runs in their order, and retries that are due before all others', () => {
  const queue = runQueue([4, 2, 7], new Set());
  expect(queue.take()).toBe(4);
  queue.addRetry(4, 0);
  queue.add(1);
  expect(drain(queue)).toEqual([4, 2, 7, 1]);
  expect(queue.size).toBe(0);
});

test('holds a retry back until its time', () => {
  const queue = runQueue([], new Set());
  queue.addRetry(2, 60_000);
  queue.addRetry(1, 30_000);
  expect(queue.take()).toBeUndefined();
  expect(queue.size).toBe(2);
  expect(queue.dueInMs()).toBeGreaterThan(29_000);
  expect(queue.dueInMs()).toBeLessThanOrEqual(30_000);
});

test('gives the canaries first, and nothing else until it is unlocked', () => {
  const queue = runQueue([0, 1, 2, 3], new Set([3, 1]));
  expect(drain(queue)).toEqual([1, 3]);
  expect(queue.size).toBe(2);
  queue.addRetry(3, 0);
  expect(drain(queue)).toEqual([3]);
  queue.unlock();
  expect(drain(queue)).toEqual([0, 2]);
});

test('is locked as long as canaries run that it does not hold', () => {
  const queue = runQueue([0, 1], new Set([5]));
  expect(drain(queue)).toEqual([]);
  queue.unlock();
  expect(drain(queue)).toEqual([0, 1]);
});

test('counts what is left, whatever is added and removed', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('take' as const) }),
    fc.record({
      kind: fc.constantFrom('add' as const, 'retry' as const, 'remove' as const),
      run: fc.nat(20),
    }),
  );
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(20)), fc.array(step), (wanted, steps) => {
      const queue = runQueue(wanted, new Set());
      const waiting = new Set(wanted);
      for (const next of steps) {
        if (next.kind === 'take') {
          const run = queue.take();
          expect(run === undefined).toBe(waiting.size === 0);
          if (run !== undefined) expect(waiting.delete(run)).toBe(true);
        } else if (next.kind === 'remove') {
          queue.remove(next.run);
          waiting.delete(next.run);
        } else if (!waiting.has(next.run)) {
          if (next.kind === 'add') queue.add(next.run);
          else queue.addRetry(next.run, 0);
          waiting.add(next.run);
        }
        expect(queue.size).toBe(waiting.size);
      }
    }),
  );
});
