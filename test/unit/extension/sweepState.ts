import type { SweepEvent } from '../../../src/core/event.ts';
import { plainPolicy } from '../../../src/core/policy.ts';
import type { SweepHeader } from '../../../src/core/sweepDirectory/header.ts';
import { applyEvent, plannedSweep, type SweepState } from '../../../src/core/sweepState.ts';

/** A sweep of `total` runs after some events. */
export function sweepAfter(total: number, ...events: readonly SweepEvent[]): SweepState {
  return events.reduce(applyEvent, plannedSweep(total));
}

/** The first event of a journal. */
export function opened(total: number, at = 0, maxParallel = 2): SweepEvent {
  return { type: 'sweep', reason: 'opened', at, version: 1, total, maxParallel };
}

/** A run's process starts. */
export function started(run: number, at = 0, attempt = 1): SweepEvent {
  return { type: 'started', run, at, attempt, pid: 1000 + run, slot: 0 };
}

/** A run's process ends well. */
export function succeeded(run: number, at = 0): SweepEvent {
  return { type: 'succeeded', run, at };
}

/** A run's process ends with an exit code. */
export function failed(run: number, at = 0, code = 3): SweepEvent {
  return { type: 'failed', run, at, failure: { reason: 'exit-code', code } };
}

/** What sweep.json says of a sweep of two parameters, one of which varies. */
export const header: SweepHeader = {
  formatVersion: 1,
  name: 'lander',
  size: 6,
  parameters: ['mass', 'gravity'],
  varying: ['mass'],
  cmd: ['python3', 'lander.py', '${mass}'],
  env: {},
  policy: plainPolicy,
  runner: { type: 'local', maxParallel: 2, options: {} },
  inputs: [],
  description: null,
  templates: [],
  results: null,
  metric: null,
  debug: null,
  problemMatchers: [],
  sweepFile: null,
  createdAt: '2026-05-03T16:00:00.000Z',
  provenance: { host: 'moon', platform: 'linux', toolVersion: '0.1.0', git: null },
};
