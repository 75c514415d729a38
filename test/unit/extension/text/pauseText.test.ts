import { expect, test } from 'vitest';
import type { PauseReason } from '../../../../src/core/pauseReason.ts';
import { pauseText, usageText } from '../../../../src/extension/text/pauseText.ts';
import { progressText } from '../../../../src/extension/text/statusText.ts';
import { sweepContext } from '../../../../src/extension/tree/itemContext.ts';
import { sweepDescription, sweepIcon } from '../../../../src/extension/tree/labels.ts';
import { failed, header, opened, sweepAfter } from '../sweepState.ts';

const breaker: PauseReason = {
  kind: 'breaker',
  count: 10,
  failure: { reason: 'exit-code', code: 3 },
  run: 9,
};

test.each<[PauseReason, string]>([
  [{ kind: 'person' }, 'paused'],
  [breaker, 'paused: the first 10 all failed: exit code 3'],
  [
    { kind: 'canary', run: 3, failure: { reason: 'lost' } },
    'paused: the canary run 3 failed: lost: its process is gone and left no exit code',
  ],
  [{ kind: 'disk', freeBytes: 1e8, limitBytes: 5e8 }, 'paused: 100 MB free on the disk, less than 500 MB'],
  [
    { kind: 'memory', availableBytes: 1e9, limitBytes: 2e9 },
    'paused: 1 GB of memory available, less than 2 GB',
  ],
  [{ kind: 'load', load: 9, limit: 8 }, 'paused: the machine is busy (9 of 8)'],
  [{ kind: 'preparation', message: 'no\nshell' }, 'paused: no run can be started: no⏎shell'],
  [{ kind: 'journal', message: 'ENOSPC' }, 'paused: nothing can be recorded: ENOSPC'],
])('a pause is told in a few words: %o', (reason, words) => {
  expect(pauseText(reason)).toBe(words);
});

test('a sweep that is paused says so in its row, its icon, its menu and the status bar', () => {
  const state = sweepAfter(6, opened(6), failed(0), { type: 'sweep', reason: 'paused', at: 1, why: breaker });
  expect(sweepDescription({ header, state, live: true }, new Date(0), 'en')).toContain(pauseText(breaker));
  expect(sweepIcon(state, true).icon).toBe('debug-pause');
  expect(sweepContext(state.counts, 'this-window', true, true)).toMatch(/\bpaused\b/);
  expect(progressText([{ name: 'lander', state }], 0, 0)).toBe(
    `$(debug-pause) lander 1/6 · 1 failed · ${pauseText(breaker)}`,
  );
});

test('what a run used is told as far as it is known', () => {
  expect(usageText({ cpuMs: 12_300, peakMemoryBytes: 1.2e8 })).toBe('CPU 12.3s · peak memory 120 MB');
  expect(usageText({})).toBe('');
});
