import type { Timeout } from '../policy.ts';
import { longTimer } from './longTimer.ts';
import { medianDuration } from './policy/medianDuration.ts';

/** Ends attempts that take too long. */
export interface Timeouts {
  /** An attempt of a run has begun, `agoMs` ago. */
  begin(run: number, agoMs: number): void;
  /** It has ended: with its duration where it was a success. */
  end(run: number, successMs: number | undefined): void;
}

/**
 * Watches over the durations of attempts; `expire` is told the limit, in ms, that one has reached. A limit that is a share
 * of the median moves with every success, for the attempts that go on as well. `durations` are those of earlier successes.
 */
export function timeouts(
  timeout: Timeout | null,
  durations: Iterable<number>,
  expire: (run: number, limitMs: number) => void,
): Timeouts {
  if (timeout === null) return { begin() {}, end() {} };
  const clocks = new Map<number, { readonly beganAt: number; callOff: () => void }>();
  const median = 'ms' in timeout ? undefined : medianDuration(durations);

  function arm(run: number): void {
    const clock = clocks.get(run);
    if (!clock || timeout === null) return;
    clock.callOff();
    const limitMs = 'ms' in timeout ? timeout.ms : median?.percent(timeout.percentOfMedian);
    if (limitMs === undefined) return;
    const leftMs = Math.max(0, clock.beganAt + limitMs - performance.now());
    clock.callOff = longTimer(leftMs, () => expire(run, limitMs));
  }

  return {
    begin(run, agoMs) {
      clocks.set(run, { beganAt: performance.now() - agoMs, callOff: () => {} });
      arm(run);
    },
    end(run, successMs) {
      clocks.get(run)?.callOff();
      clocks.delete(run);
      if (median === undefined || successMs === undefined) return;
      median.add(successMs);
      for (const other of clocks.keys()) arm(other);
    },
  };
}
