import type { SweepEvent } from './event.ts';
import { failedByItself } from './policy.ts';

/** How many runs have ended for good. What a person or a rule ended is no failure here, nor is what gets another attempt. */
export interface Outcomes {
  readonly failed: number;
  readonly succeeded: number;
}

/** None has ended. */
export const noOutcomes: Outcomes = { failed: 0, succeeded: 0 };

/** The same after one more event. */
export function countOutcome(outcomes: Outcomes, event: SweepEvent): Outcomes {
  const { failed, succeeded } = outcomes;
  switch (event.type) {
    case 'succeeded':
      return { failed, succeeded: succeeded + 1 };
    case 'failed':
      return failedByItself(event.failure) ? { failed: failed + 1, succeeded } : outcomes;
    case 'requeued':
      return event.why === 'retry' ? { failed: Math.max(0, failed - 1), succeeded } : outcomes;
    default:
      return outcomes;
  }
}
