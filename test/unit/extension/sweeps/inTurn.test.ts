import { expect, test } from 'vitest';
import { inTurn } from '../../../../src/extension/sweeps/inTurn.ts';

/** Work that the test ends, one call after the other. */
function steps() {
  const calls: { key: string; end: () => void }[] = [];
  const work = (key: string) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    calls.push({ key, end: resolve });
    return promise;
  };
  return { calls, work };
}

test('work on one key happens once at a time, and calls meanwhile share the next', async () => {
  const { calls, work } = steps();
  const run = inTurn(work);
  const first = run('a');
  const second = run('a');
  const third = run('a');
  expect(second).toBe(third);
  expect(calls).toHaveLength(1);
  calls[0]?.end();
  await first;
  await Promise.resolve();
  expect(calls).toHaveLength(2);
  calls[1]?.end();
  await third;
  void run('a');
  expect(calls).toHaveLength(3);
});

test('work on different keys goes on together', () => {
  const { calls, work } = steps();
  const run = inTurn(work);
  void run('a');
  void run('b');
  expect(calls.map(({ key }) => key)).toEqual(['a', 'b']);
});
