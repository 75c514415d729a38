import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../errors.ts';
import type { SweepEvent } from '../event.ts';
import { submittedTask } from '../job.ts';
import { collectResults } from '../results/collectResults.ts';
import { runAt } from '../runTable.ts';
import { applyEvent, type SweepState } from '../sweepState.ts';
import type { SweepHeader } from './header.ts';
import { type BusyLauncher, busyLaunchers } from './launchers.ts';
import { runDirectory, runNames, sweepNames } from './layout.ts';
import { readNodeFiles } from './nodeFiles.ts';
import { findRunProcess, startTicks } from './processIdentity.ts';
import { haltedAgain, readExit, recoverRunning } from './recover.ts';
import { hasLaunched } from './runDirectories.ts';

/** What {@link takeStock} needs. */
export interface SweepToJudge {
  readonly sweepDirectory: string;
  readonly header: SweepHeader;
  /** What the journal tells. */
  readonly state: SweepState;
  /** Of the writer that asks. */
  readonly term: number;
}

/**
 * What happened to a sweep that its last writer could not record, as the events that it would have recorded; afterwards
 * the runs that are running are exactly those whose processes live. Runs that were started and never recorded are found by what
 * they left: their writer died between the two. For the writer of `term`, who holds the sweep's lock; it waits until no
 * launcher of an earlier writer can start anything more.
 */
export async function takeStock({
  sweepDirectory,
  header,
  state,
  term,
}: SweepToJudge): Promise<SweepEvent[]> {
  const answers = header.results?.exitCode ?? null;
  const launchers = await busyLaunchers(sweepDirectory, term);
  const unrecorded = await unrecordedRuns(sweepDirectory, state, launchers);
  const ended = await recoverRunning(sweepDirectory, unrecorded.reduce(applyEvent, state), answers, {
    elsewhere: 'lost',
    settled: () => busyLaunchers(sweepDirectory, term),
  });
  const onNodes = await readNodeFiles(sweepDirectory, state, header);
  const complete: SweepEvent[] = [];
  for (const event of [...ended, ...onNodes]) {
    const place = 'run' in event ? runDirectory(sweepDirectory, event.run, state.createdTotal) : '';
    complete.push(
      event.type === 'succeeded' || event.type === 'failed'
        ? { ...event, ...(await collectResults(place, header, (await readExit(place))?.code)) }
        : event,
    );
  }
  return [...unrecorded, ...complete, ...haltedAgain(ended)];
}

async function unrecordedRuns(
  sweepDirectory: string,
  state: SweepState,
  launchers: readonly BusyLauncher[],
): Promise<SweepEvent[]> {
  const events: SweepEvent[] = [];
  for (const run of await preparedRuns(sweepDirectory)) {
    const known = runAt(state.runs, run);
    const directory = runDirectory(sweepDirectory, run, state.createdTotal);
    if (run >= state.total || known.status !== 'pending' || !hasLaunched(directory, known.attempts)) continue;
    if (submittedTask(state, run) !== undefined) continue;
    events.push(await startOf(run, known.attempts + 1, directory, launchers));
  }
  return events;
}

/** What would have been recorded when it was started; how it ended is told as of every run whose process is gone. */
async function startOf(
  run: number,
  attempt: number,
  directory: string,
  launchers: readonly BusyLauncher[],
): Promise<SweepEvent> {
  const { birthtimeMs, mtimeMs } = await stat(join(directory, runNames.stdout));
  const at = Math.round(birthtimeMs || mtimeMs);
  const exit = await readExit(directory);
  const real = await realpath(directory);
  const launcher = launchers.find((candidate) => candidate.directory === real);
  // Its launcher may have been killed too.
  const pid = exit ? undefined : (launcher?.child ?? (await findRunProcess(directory)));
  return {
    type: 'started',
    run,
    at,
    attempt,
    pid: pid ?? 0,
    slot: launcher?.slot ?? 0,
    ticks: pid === undefined ? undefined : startTicks(pid),
  };
}

async function preparedRuns(sweepDirectory: string): Promise<number[]> {
  try {
    const names = await readdir(join(sweepDirectory, sweepNames.runDirectories));
    return names.filter((name) => /^\d+$/.test(name)).map(Number);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}
