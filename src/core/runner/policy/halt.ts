import type { HaltRule } from '../../policy.ts';

/** The ends of runs that a halt rule counts. A run that gets another attempt has not ended. */
export interface Ends {
  readonly failed: number;
  readonly succeeded: number;
}

/**
 * Whether a sweep of which `wanted` runs are to be executed has come to where its halt rule says to start nothing more.
 * A percentage is one of the wanted runs, and need not be whole: 10% of 25 runs are reached with the third. From GNU
 * parallel's `should_we_halt`.
 */
export function halts({ why, limit }: HaltRule, { failed, succeeded }: Ends, wanted: number): boolean {
  const ends = why === 'fail' ? failed : why === 'success' ? succeeded : failed + succeeded;
  return ends > 0 && ends >= ('count' in limit ? limit.count : (wanted * limit.percent) / 100);
}
