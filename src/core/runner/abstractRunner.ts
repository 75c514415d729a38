import type { Run } from '../run.ts';
import type { RunStatistics } from '../statistics.ts';

/** What executes the runs of a sweep. */
export abstract class AbstractRunner {
  /** The runs, by id; empty until the runner was given a sweep. */
  abstract readonly runs: readonly Run[];
  /** Counts the runs by status. */
  abstract computeStatistics(): RunStatistics;
}
