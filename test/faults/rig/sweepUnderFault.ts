import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { sweepNames } from '../../../src/core/sweepDirectory/layout.ts';
import { count } from './figures.ts';
import { orphansOf } from './processes.ts';
import { resume } from './resume.ts';
import { judge, type Witness } from './witness.ts';

/** Whether a directory has become a sweep: its header is there. */
export function isSweep(directory: string): boolean {
  return existsSync(join(directory, sweepNames.header));
}

/** What is to be judged. */
export interface Trial {
  /** The kind of fault, for the table. */
  readonly fault: string;
  /** How many times it happened; default once. */
  readonly faults?: number;
  /** Where the sweep is now. */
  readonly directory: string;
  readonly testimony: Witness;
  /** Whether a run's own program may have failed of the fault, so that it had to be run again. Default: no. */
  readonly mayRepeat?: boolean;
}

/**
 * Resumes a sweep when the fault is over, and holds it to what no fault may change: every run ends in exactly one success, with
 * its results and its log; no run runs twice at a time; no process is left.
 */
export async function resumeAndJudge({
  fault,
  faults = 1,
  directory,
  testimony,
  mayRepeat = false,
}: Trial): Promise<void> {
  const { counts, total } = await (await resume(directory)).finished;
  const { lost, twice, repeated } = await judge(directory, testimony);
  const orphans = await orphansOf(directory);
  count({
    fault,
    faults,
    runs: total,
    lost: lost.length,
    twice: twice.length,
    orphans: orphans.length,
  });
  expect({ lost, twice, repeated: mayRepeat ? [] : repeated, orphans, success: counts.success }).toEqual({
    lost: [],
    twice: [],
    repeated: [],
    orphans: [],
    success: total,
  });
}

/** Counts a fault that came before there was a sweep: nothing of it may have run. */
export function judgeNothing({ fault, faults = 1, testimony }: Trial): void {
  const runs = new Set(testimony.stamps().map(({ run }) => run)).size;
  count({ fault, faults, runs: 0, lost: runs, twice: 0, orphans: 0 });
  expect(runs).toBe(0);
}
