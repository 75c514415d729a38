import type { Failure } from '../../failure.ts';
import type { Retries, RetryCause } from '../../policy.ts';
import { unreachable } from '../../unreachable.ts';

/** No retry waits longer, in ms. */
export const longestDelayMs = 24 * 60 * 60 * 1000;

/**
 * How long a run that failed waits for its next attempt, in ms; undefined where it gets none. `retried` is how many
 * retries it has had.
 */
export function retryDelay(
  { max, delayMs, backoff, on }: Retries,
  failure: Failure,
  retried: number,
): number | undefined {
  if (retried >= max || !on.some((cause) => matches(cause, failure))) return undefined;
  return delayMs === 0 ? 0 : Math.round(Math.min(longestDelayMs, delayMs * backoff ** retried));
}

function matches(cause: RetryCause, failure: Failure): boolean {
  switch (failure.reason) {
    case 'exit-code':
      return cause === 'exit' || (typeof cause === 'object' && cause.exit.includes(failure.code));
    case 'signal':
      return cause === 'signal';
    case 'timeout':
      return cause === 'timeout';
    case 'out-of-memory':
      // Where the kernel's record cannot be read, the same is a signal.
      return cause === 'out_of_memory' || cause === 'signal';
    case 'spawn-error':
      return cause === 'spawn_error';
    case 'node-failed':
      return cause === 'node_fail';
    case 'preempted':
      return cause === 'preempted';
    case 'lost':
      return cause === 'lost';
    case 'cancelled':
    case 'halted':
      return false;
    default:
      return unreachable(failure);
  }
}
