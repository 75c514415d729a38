import type { SweepState } from '../core/sweepState.ts';

/** What the command line tells its caller. */
export const exitCodes = {
  /** All went well. */
  good: 0,
  /** Some run failed, or not all ran. */
  failedRuns: 1,
  /** The sweep file or the command line is wrong; nothing was started. */
  badInput: 2,
  /** A person, or the system, interrupted it. */
  interrupted: 130,
} as const;

/**
 * What a sweep that has ended by itself is to its caller. As in GNU parallel, one that was to halt after so many successes,
 * and did, is a good one.
 */
export function exitCodeOf({ counts, total, halted }: SweepState): ExitCode {
  const isGood = counts.success === total || halted?.includes(',success=') === true;
  return isGood ? exitCodes.good : exitCodes.failedRuns;
}

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
