import type { SweepHandle } from '../../../src/core/sweepHandle.ts';
import { takeUpSweep } from '../../../src/core/takeUp.ts';

/** Resumes a sweep: success stays, what still runs is watched to its end, the rest runs. */
export function resume(directory: string): Promise<SweepHandle> {
  return takeUpSweep(directory, { kind: 'resume' });
}
