import { describe, expect, test } from 'vitest';
import { endedMessage, outcomeText, progressText } from '../../../../src/extension/text/statusText.ts';
import { failed, opened, started, succeeded, sweepAfter } from '../sweepState.ts';

describe('while something runs', () => {
  test('a sweep that has just begun has no estimate', () => {
    const state = sweepAfter(24, opened(24), started(0));
    expect(progressText([{ name: 'lander', state }], 0, 1000)).toBe('$(sync~spin) lander 0/24');
  });

  test('one sweep has its name, failures and estimate', () => {
    const state = sweepAfter(
      4,
      opened(4),
      started(0),
      failed(0, 10_000),
      started(1, 10_000),
      started(2, 10_000),
    );
    expect(progressText([{ name: 'lander', state }], 0, 10_000)).toBe(
      '$(sync~spin) lander 1/4 · 1 failed · 0:15 left',
    );
  });

  test('what a cluster runs has no estimate, but says what runs or that all waits', () => {
    const state = sweepAfter(4, opened(4), started(0), succeeded(0, 1000));
    expect(progressText([{ name: 'a', state, isOnCluster: true }], 0, 2000)).toBe(
      '$(sync~spin) a 1/4 · waits in the queue',
    );
    const running = sweepAfter(4, opened(4), started(0), succeeded(0, 1000), started(1, 1000));
    expect(progressText([{ name: 'a', state: running, isOnCluster: true }], 0, 2000)).toBe(
      '$(sync~spin) a 1/4 · 1 running',
    );
  });

  test('several sweeps add up, and the longest estimate counts', () => {
    const short = sweepAfter(2, opened(2), started(0), succeeded(0, 1000), started(1, 1000));
    const long = sweepAfter(3, opened(3), started(0), failed(0, 60_000), started(1, 60_000));
    const live = [
      { name: 'a', state: short },
      { name: 'b', state: long },
    ];
    expect(progressText(live, 0, 60_000)).toBe('$(sync~spin) 2 sweeps 2/5 · 1 failed · 1:00 left');
  });

  test('an estimate that one of them lacks is not given for the others', () => {
    const known = sweepAfter(2, opened(2), started(0), succeeded(0, 1000));
    const unknown = sweepAfter(2, opened(2), started(0));
    const live = [
      { name: 'a', state: known },
      { name: 'b', state: unknown },
    ];
    expect(progressText(live, 0, 1000)).toBe('$(sync~spin) 2 sweeps 1/4');
  });

  test('sweeps that wait are told', () => {
    const state = sweepAfter(2, opened(2));
    expect(progressText([{ name: 'a', state }], 2, 0)).toBe('$(sync~spin) a 0/2 · 2 waiting');
    expect(progressText([], 1, 0)).toBe('$(sync~spin) 1 waiting');
  });

  test('a sweep that stops says so', () => {
    const state = sweepAfter(4, opened(4), started(0), { type: 'sweep', reason: 'stopping', at: 0 });
    expect(progressText([{ name: 'a', state }], 0, 0)).toBe('$(sync~spin) a 0/4 · stopping');
  });

  test('a name is never an icon', () => {
    const state = sweepAfter(1, opened(1));
    expect(progressText([{ name: '$(error)\n', state }], 0, 0)).toBe('$(sync~spin) \\$(error)⏎ 0/1');
  });
});

describe('after it', () => {
  const closed = { type: 'sweep', reason: 'closed', at: 42_000 } as const;
  const allWell = sweepAfter(2, opened(2), started(0), succeeded(0), started(1), succeeded(1), closed);
  const oneFailed = sweepAfter(2, opened(2), started(0), failed(0), started(1), succeeded(1), closed);
  const stopped = sweepAfter(
    3,
    opened(3),
    started(0),
    succeeded(0),
    { type: 'skipped', run: 1, at: 0, why: 'cancelled' },
    closed,
  );

  test('the outcome', () => {
    expect(outcomeText({ name: 'a', state: allWell })).toBe('$(pass) a 2/2');
    expect(outcomeText({ name: 'a', state: oneFailed })).toBe('$(error) a 2/2 · 1 failed');
    expect(outcomeText({ name: 'a', state: stopped })).toBe('$(debug-pause) a 2/3 · 1 skipped');
  });

  test('the notification', () => {
    expect(endedMessage({ name: 'a', state: allWell })).toBe('a: all 2 runs succeeded in 42s.');
    expect(endedMessage({ name: 'a', state: oneFailed })).toBe(
      'a: 1 succeeded, 1 failed of 2 runs, after 42s.',
    );
    expect(endedMessage({ name: 'a', state: stopped })).toBe(
      'a: 1 succeeded, 1 skipped, 1 not started of 3 runs, after 42s.',
    );
    const single = sweepAfter(1, opened(1), started(0), succeeded(0), closed);
    expect(endedMessage({ name: 'a', state: single })).toBe('a: the run succeeded in 42s.');
  });
});
