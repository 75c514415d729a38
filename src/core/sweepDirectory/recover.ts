import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../errors.ts';
import type { RunFailed, RunRequeued, RunSucceeded } from '../event.ts';
import { failureOfCode } from '../exitCode.ts';
import type { Ending } from '../failure.ts';
import type { ResultSources } from '../results/resultSources.ts';
import { type RunState, runAt } from '../runTable.ts';
import type { SweepState } from '../sweepState.ts';
import { runDirectory, runNames } from './layout.ts';
import { isRunAlive, isSamePlace, thisPlace } from './processIdentity.ts';

/** The end of a run. */
export type RunEnded = RunSucceeded | RunFailed;

/** Which exit codes besides 0 are no failures. */
type Answers = ResultSources['exitCode'];

/** What {@link recoverRunning} may be told. */
export interface RecoverOptions {
  /** What is thought of processes on another host, which cannot be asked for. */
  readonly elsewhere: 'alive' | 'lost';
  /** Resolves when every exit code of a process that has ended by now is written, for that takes its launcher a moment. */
  readonly settled: () => Promise<unknown>;
}

/**
 * What happened to the running runs of a sweep after its writer went away, as the events that it would have recorded:
 * read from their `exit` files, why they were terminated where they were, or `lost` where there is neither an exit file nor a
 * process. Runs that still run have no event.
 */
export async function recoverRunning(
  sweepDirectory: string,
  state: SweepState,
  answers: Answers,
  { elsewhere, settled }: RecoverOptions,
): Promise<RunEnded[]> {
  const whereabouts = whereaboutsOf(state);
  async function isAlive(run: Extract<RunState, { status: 'running' }>, directory: string): Promise<boolean> {
    if (whereabouts === 'here') return isRunAlive({ ...run, directory });
    return whereabouts === 'elsewhere' && elsewhere === 'alive';
  }
  const events = await Promise.all(
    state.running.map(async (run): Promise<RunEnded | undefined> => {
      const directory = runDirectory(sweepDirectory, run, state.createdTotal);
      const known = runAt(state.runs, run);
      // What runs on a cluster has no process here: see nodeFiles.ts.
      if (known.status !== 'running' || known.job !== undefined) return undefined;
      const exit = await readExit(directory);
      if (!exit) {
        if (await isAlive(known, directory)) return undefined;
        // It may have ended between the two looks.
        await settled();
        const late = await readExit(directory);
        return late
          ? endOf(run, late, answers, known.ending)
          : { type: 'failed', run, at: known.startedAt, failure: known.ending ?? { reason: 'lost' } };
      }
      return endOf(run, exit, answers, known.ending);
    }),
  );
  return events.filter((event) => event !== undefined);
}

/** Whether the processes that a sweep's last writer started are this machine's, gone with an earlier boot of it, or another's. */
function whereaboutsOf({ writer }: SweepState): 'here' | 'gone' | 'elsewhere' {
  const here = thisPlace();
  if (!writer || isSamePlace(writer, here)) return 'here';
  return writer.host === here.host && writer.boot !== here.boot ? 'gone' : 'elsewhere';
}

function endOf(
  run: number,
  { code, at }: { code: number; at: number },
  answers: Answers,
  ending: Ending | undefined,
): RunEnded {
  const failure = ending ?? failureOfCode(code, answers);
  return failure ? { type: 'failed', run, at, failure } : { type: 'succeeded', run, at };
}

/** The runs among these that a `halt` rule ended are pending again. */
export function haltedAgain(ended: readonly RunEnded[]): RunRequeued[] {
  return ended.flatMap((event) =>
    event.type === 'failed' && event.failure.reason === 'halted'
      ? [{ type: 'requeued', run: event.run, at: event.at, why: 'halted' }]
      : [],
  );
}

/** The exit code in a run directory and when it was written; undefined where there is none (yet). */
export async function readExit(directory: string): Promise<{ code: number; at: number } | undefined> {
  const path = join(directory, runNames.exit);
  try {
    const text = await readFile(path, 'utf8');
    if (!/^\d+\n$/.test(text)) return undefined;
    return { code: Number(text), at: Math.round((await stat(path)).mtimeMs) };
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
