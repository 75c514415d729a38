import { describe, expect, test } from 'vitest';
import type { SweepEvent } from '../../../../src/core/event.ts';
import { runAt } from '../../../../src/core/runTable.ts';
import {
  bestText,
  countsIcon,
  countsText,
  runDescription,
  runIcon,
  runsText,
  sweepDescription,
} from '../../../../src/extension/tree/labels.ts';
import { failed, header, opened, started, succeeded, sweepAfter } from '../sweepState.ts';

const params = { mass: 900, gravity: 1.62 };

function describeRun(events: readonly SweepEvent[], now = 0): string {
  return runDescription(header, runAt(sweepAfter(6, ...events).runs, 0), params, now);
}

describe('the row of a run', () => {
  test.each<[string, SweepEvent[], number, string]>([
    ['pending', [], 0, 'mass=900'],
    ['just begun', [started(0)], 900, 'mass=900'],
    ['running', [started(0)], 65_900, 'mass=900 · 1m 5s'],
    ['success', [started(0), succeeded(0, 1234)], 0, 'mass=900 · 1.2s'],
    [
      'results missing',
      [started(0), { ...succeeded(0, 1234), problems: ['out.json was not written'] } as SweepEvent],
      0,
      'results missing · mass=900 · 1.2s',
    ],
    ['failure', [started(0), failed(0, 1234)], 0, 'exit code 3 · mass=900 · 1.2s'],
    ['second attempt', [started(0, 0, 2), succeeded(0, 500)], 0, 'mass=900 · 500ms · attempt 2'],
    [
      'cancelled',
      [{ type: 'skipped', run: 0, at: 0, why: 'cancelled' }],
      0,
      'cancelled before it started · mass=900',
    ],
    [
      'excluded',
      [{ type: 'skipped', run: 0, at: 0, why: 'excluded' }],
      0,
      'excluded by the sweep file · mass=900',
    ],
    [
      'not started',
      [{ type: 'failed', run: 0, at: 0, failure: { reason: 'spawn-error', message: 'no such\nprogram' } }],
      0,
      'no such⏎program · mass=900',
    ],
  ])('%s', (_, events, now, text) => expect(describeRun(events, now)).toBe(text));
});

describe('the metric of a sweep', () => {
  const withMetric = { ...header, metric: { name: 'loss', goal: 'minimize' } as const };
  const state = sweepAfter(
    6,
    ...[0.5, 0.25, 0.125].flatMap((metric, run) => [
      started(run),
      { ...(run === 2 ? failed(run, 1234) : succeeded(run, 1234)), metric } as SweepEvent,
    ]),
  );
  const label = (run: number) => String(run);

  test('stands in the row of a run', () => {
    expect(runDescription(withMetric, runAt(state.runs, 0), params, 0)).toBe('mass=900 · loss = 0.5 · 1.2s');
  });

  test('tells the best of the runs that succeeded', () => {
    expect(bestText({ header: withMetric, state }, label, () => params)).toBe(
      'Best: run 1 · loss = 0.25 · mass=900',
    );
    const larger = { ...header, metric: { name: 'loss', goal: 'maximize' } as const };
    expect(bestText({ header: larger, state }, label, () => params)).toBe(
      'Best: run 0 · loss = 0.5 · mass=900',
    );
  });

  test('tells nothing where there is none', () => {
    expect(bestText({ header, state }, label, () => params)).toBe('');
    expect(bestText({ header: withMetric, state: sweepAfter(6) }, label, () => params)).toBe('');
  });
});

describe('the icon of a run tells', () => {
  const iconAfter = (...events: SweepEvent[]) => runIcon(runAt(sweepAfter(1, ...events).runs, 0)).icon;
  const failedBecause = (failure: Extract<SweepEvent, { type: 'failed' }>['failure']): SweepEvent => ({
    type: 'failed',
    run: 0,
    at: 0,
    failure,
  });
  test('its status', () => {
    expect(iconAfter()).toBe('circle-large-outline');
    expect(iconAfter(started(0))).toBe('sync~spin');
    expect(iconAfter(succeeded(0))).toBe('pass');
    expect(iconAfter({ ...succeeded(0), problems: ['no'] } as SweepEvent)).toBe('warning');
    expect(iconAfter(failed(0))).toBe('error');
    expect(iconAfter({ type: 'skipped', run: 0, at: 0, why: 'excluded' })).toBe('debug-step-over');
  });
  test('what was special about its failure', () => {
    expect(iconAfter(failedBecause({ reason: 'timeout', timeoutMs: 1 }))).toBe('error');
    expect(iconAfter(failedBecause({ reason: 'cancelled' }))).toBe('circle-slash');
    expect(iconAfter(failedBecause({ reason: 'lost' }))).toBe('question');
  });
});

describe('the row of a sweep', () => {
  const now = new Date(2026, 4, 3, 18, 0);
  const facts = (live: boolean, ...events: SweepEvent[]) => ({
    header: { ...header, createdAt: new Date(2026, 4, 3, 9, 5).toISOString() },
    state: sweepAfter(6, ...events),
    live,
  });
  test('while it runs', () => {
    const state = facts(true, opened(6), started(0), failed(0), started(1));
    expect(sweepDescription(state, now, 'en-GB')).toBe('1/6 · 1 failed · 09:05');
  });
  test('while it stops', () => {
    const state = facts(true, opened(6), started(0), { type: 'sweep', reason: 'stopping', at: 0 });
    expect(sweepDescription(state, now, 'en-GB')).toBe('0/6 · stopping · 09:05');
  });
  test('when it has stopped', () => {
    const state = facts(false, opened(6), started(0), succeeded(0), {
      type: 'sweep',
      reason: 'closed',
      at: 0,
    });
    expect(sweepDescription(state, now, 'en-GB')).toBe('1/6 · stopped · 09:05');
  });
  test('when all is done', () => {
    const all = [0, 1, 2, 3, 4, 5].map((run) => succeeded(run));
    expect(sweepDescription(facts(false, opened(6), ...all), now, 'en-GB')).toBe('6 runs · 09:05');
  });
});

test('the row of a group counts its runs', () => {
  expect(countsText({ pending: 5, running: 2, success: 90, failure: 3, skipped: 0 })).toBe(
    '93/100 · 3 failed · 2 running',
  );
  expect(countsText({ pending: 0, running: 0, success: 99, failure: 0, skipped: 1 })).toBe(
    '100 runs · 1 skipped',
  );
});

test('the icon of a group tells what matters most', () => {
  const none = { pending: 0, running: 0, success: 0, failure: 0, skipped: 0 };
  expect(countsIcon({ ...none, running: 1, failure: 1 }, true).icon).toBe('sync~spin');
  expect(countsIcon({ ...none, failure: 1, success: 9 }, false).icon).toBe('error');
  expect(countsIcon({ ...none, pending: 1, success: 9 }, true).icon).toBe('circle-large-outline');
  expect(countsIcon({ ...none, pending: 1, success: 9 }, false).icon).toBe('debug-pause');
  expect(countsIcon({ ...none, success: 9 }, false).icon).toBe('pass');
  expect(countsIcon({ ...none, skipped: 9 }, false).icon).toBe('debug-step-over');
});

test('numbers of runs are readable', () => {
  expect(runsText(1)).toBe('1 run');
  expect(runsText(24)).toBe('24 runs');
  expect(runsText(1_000_000)).toBe('1,000,000 runs');
});
