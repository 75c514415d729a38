import { expect, test } from 'vitest';
import { coalesce } from '../../../../src/extension/sweeps/coalesce.ts';

test('many requests are one piece of work, and one more for those that come meanwhile', async () => {
  const begun: (() => void)[] = [];
  let arrived = Promise.withResolvers<void>();
  const work = coalesce(1, () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    begun.push(resolve);
    arrived.resolve();
    return promise;
  });
  for (let i = 0; i < 5; i++) work.request();
  await arrived.promise;
  expect(begun).toHaveLength(1);

  arrived = Promise.withResolvers();
  for (let i = 0; i < 5; i++) work.request();
  expect(begun).toHaveLength(1);
  begun[0]?.();
  await arrived.promise;
  expect(begun).toHaveLength(2);
  work.dispose();
});

test('nothing is done after it was disposed of', async () => {
  let done = 0;
  const work = coalesce(0, async () => {
    done++;
  });
  work.request();
  work.dispose();
  work.request();
  // Timers of one length end in their order: when this work is done, the other's time has come and gone.
  const later = Promise.withResolvers<void>();
  coalesce(0, async () => later.resolve()).request();
  await later.promise;
  expect(done).toBe(0);
});
