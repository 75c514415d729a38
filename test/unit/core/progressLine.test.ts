import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import type { SweepEvent } from '../../../src/core/event.ts';
import { progressLine } from '../../../src/core/progressLine.ts';
import { applyEvent, plannedSweep, type SweepState } from '../../../src/core/sweepState.ts';

function sweepAfter(total: number, ...events: SweepEvent[]): SweepState {
  const opened: SweepEvent = { type: 'sweep', reason: 'opened', version: 1, total, maxParallel: 2, at: 0 };
  return [opened, ...events].reduce(applyEvent, plannedSweep(total));
}

const started = (run: number, at: number): SweepEvent => ({
  type: 'started',
  run,
  attempt: 1,
  pid: 1,
  slot: 0,
  at,
});
const failed = (run: number, at: number): SweepEvent => ({
  type: 'failed',
  run,
  at,
  failure: { reason: 'exit-code', code: 1 },
});

const half = sweepAfter(
  8,
  started(0, 0),
  started(1, 0),
  { type: 'succeeded', run: 0, at: 10_000 },
  failed(1, 10_000),
  started(2, 10_000),
  started(3, 10_000),
  { type: 'succeeded', run: 2, at: 20_000 },
  { type: 'skipped', run: 7, why: 'cancelled', at: 20_000 },
);

test('a line tells counts by status, time taken and time left', () => {
  expect(progressLine(half, { now: 20_000, width: 120, name: 'lander' })).toBe(
    'lander ━━━━━━━━━━━━━━━─────────────── 4/8 · 1 failed · 1 running · 3 pending · 1 skipped · 0:20 · 0:15 left',
  );
});

test('a narrow terminal gets a shorter bar, then fewer words', () => {
  const widths = [90, 70, 60, 40, 30, 20, 16, 8, 3, 1];
  expect(
    widths.map((width) => progressLine(half, { now: 20_000, width, name: 'lander' })),
  ).toMatchInlineSnapshot(`
    [
      "lander ━━━━━━─────── 4/8 · 1 failed · 1 running · 3 pending · 1 skipped · 0:20 · 0:15 left",
      "━━━━━━────── 4/8 · 1 failed · 1 running · 1 skipped · 0:20 · 0:15 left",
      "━━━━━━━─────── 4/8 · 1 failed · 1 running · 0:20 · 0:15 left",
      "━━━━━━─────── 4/8 · 1 failed · 0:15 left",
      "4/8 · 1 failed · 0:15 left",
      "4/8 · 1 failed",
      "4/8 · 1 failed",
      "4/8",
      "4/8",
      "4",
    ]
  `);
});

test('the end has no time left', () => {
  const end = sweepAfter(
    2,
    started(0, 0),
    { type: 'succeeded', run: 0, at: 1000 },
    started(1, 1000),
    failed(1, 61_999),
    {
      type: 'sweep',
      reason: 'closed',
      at: 61_999,
    },
  );
  expect(progressLine(end, { now: 1e9, width: 50 })).toBe(`${'━'.repeat(28)} 2/2 · 1 failed · 1:01`);
});

test('colours tell good from bad', () => {
  const esc = '\u001B';
  const line = progressLine(half, { now: 20_000, width: 60, colors: true });
  expect(line).toContain(`${esc}[31m━`);
  expect(line).toContain(`${esc}[31m1 failed${esc}[39m`);
  expect(stringWidth(line)).toBeLessThanOrEqual(60);
});

test('no line is wider than the terminal, whatever happened', () => {
  const status = fc.constantFrom('pending', 'running', 'success', 'failure', 'skipped');
  fc.assert(
    fc.property(
      fc.array(status, { maxLength: 40 }),
      fc.integer({ min: 1, max: 150 }),
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.nat(1e9),
      fc.boolean(),
      (statuses, width, name, now, colors) => {
        const events = statuses.flatMap((wanted, run): SweepEvent[] => {
          if (wanted === 'pending') return [];
          if (wanted === 'skipped') return [{ type: 'skipped', run, why: 'cancelled', at: 1 }];
          const end: SweepEvent[] =
            wanted === 'success'
              ? [{ type: 'succeeded', run, at: 2000 }]
              : wanted === 'failure'
                ? [failed(run, 2000)]
                : [];
          return [started(run, 1), ...end];
        });
        const line = progressLine(sweepAfter(statuses.length, ...events), { now, width, name, colors });
        expect(stringWidth(line)).toBeLessThanOrEqual(width);
      },
    ),
  );
});
