import type { Metric } from './results/resultSources.ts';
import { type RunState, touchedRuns } from './runTable.ts';
import type { SweepState } from './sweepState.ts';

/** The run with the best value of a metric. */
export interface BestRun {
  readonly run: number;
  readonly value: number;
}

/** The best of the runs that succeeded, the first one of several; undefined while there is none with a value. */
export function bestRun(state: SweepState, { goal }: Pick<Metric, 'goal'>): BestRun | undefined {
  let best: BestRun | undefined;
  for (const [run, { status, metric: value }] of endedRuns(state)) {
    if (status !== 'success' || value === undefined) continue;
    if (best === undefined || compareMetric(goal, value, best.value) < 0) best = { run, value };
  }
  return best;
}

/** Which of two values of a metric is better: below 0 for the first, above 0 for the second. */
export function compareMetric(goal: Metric['goal'], a: number, b: number): number {
  return goal === 'minimize' ? a - b : b - a;
}

/** A run that succeeded, but has not all the results that the sweep file asks for. */
export interface IncompleteRun {
  readonly run: number;
  readonly problems: readonly string[];
}

/** The runs that succeeded without all their results, by id. */
export function* incompleteRuns(state: SweepState): Generator<IncompleteRun> {
  for (const [run, { status, problems }] of endedRuns(state)) {
    if (status === 'success' && problems !== undefined) yield { run, problems };
  }
}

function* endedRuns({ runs }: SweepState): Generator<[number, RunState & { status: 'success' | 'failure' }]> {
  for (const [id, run] of touchedRuns(runs))
    if (run.status === 'success' || run.status === 'failure') yield [id, run];
}
