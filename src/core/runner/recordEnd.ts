import type { Failure, Usage } from '../failure.ts';
import { collectResults } from '../results/collectResults.ts';
import { runDirectory } from '../sweepDirectory/layout.ts';
import type { SweepWriter } from '../sweepDirectory/sweepWriter.ts';

/** How a run's process ended. */
export interface RunEnd {
  /** Undefined for a success. */
  readonly failure: Failure | undefined;
  /** Its exit code; undefined where nothing tells. */
  readonly code: number | undefined;
  readonly usage: Usage;
  /** Milliseconds since the epoch; default now. */
  readonly at?: number | undefined;
}

/** Collects the results of a run that has ended, then records its end: who sees the event finds them. */
export async function recordEnd(
  sweep: SweepWriter,
  run: number,
  { failure, code, usage, at = Date.now() }: RunEnd,
): Promise<void> {
  const directory = runDirectory(sweep.directory, run, sweep.header.size);
  const note = await collectResults(directory, sweep.header, code);
  sweep.record({
    ...(failure ? { type: 'failed', failure } : { type: 'succeeded' }),
    run,
    at,
    ...(Object.keys(usage).length === 0 ? {} : { usage }),
    ...note,
  });
}
