import { resolve } from 'node:path';
import { type CarryOptions, carrySweep, type SweepToCarry } from './carrySweep.ts';
import { MultirunError } from './errors.ts';
import type { SweepEvent } from './event.ts';
import { type Decision, decider, type Intent, needsRequeue } from './intent.ts';
import { waitsForPerson } from './pauseReason.ts';
import type { Policy } from './policy.ts';
import { goesOnAlone } from './runner/goesOnAlone.ts';
import { retryDelay } from './runner/policy/retry.ts';
import type { RunEnvironment } from './runner/runEnvironment.ts';
import { createRunner } from './runner/runnerTypes.ts';
import { runAt } from './runTable.ts';
import { openSweep } from './sweepDirectory/readSweep.ts';
import { mendRunDirectories } from './sweepDirectory/runDirectories.ts';
import type { SweepView } from './sweepDirectory/sweepView.ts';
import type { Recorded } from './sweepDirectory/sweepWriter.ts';
import { takeStock } from './sweepDirectory/takeStock.ts';
import type { SweepHandle } from './sweepHandle.ts';
import { applyEvent, retriesOf, type SweepState } from './sweepState.ts';

/** How a sweep is taken up. */
export interface TakeUpOptions extends CarryOptions {
  /** The environment that runs inherit. Default: this process's. */
  readonly env?: RunEnvironment | undefined;
  /** How many runs may run at the same time. Default: as many as the last time. */
  readonly maxParallel?: number | undefined;
  /** At most so many, whatever the sweep says. Default: no limit. */
  readonly maxParallelLimit?: number | undefined;
  /** On whose behalf, as the journal shall say. Default: nobody's who would come back for it. */
  readonly owner?: string | undefined;
}

/**
 * Takes up a sweep that nobody runs: what runs still is watched to its end, what has ended is read from what it left, and what
 * `intent` wants runs, as new attempts of what is over. Throws a MultirunError: `not-a-sweep`, `locked` while another
 * process writes it, `silent`, `not-a-run` where a run that is asked for by its id does not exist or still runs.
 */
export async function takeUpSweep(
  path: string,
  intent: Intent,
  options: TakeUpOptions = {},
): Promise<SweepHandle> {
  const directory = resolve(path);
  // What is no sweep gets no lock.
  const view = await openSweep(directory);
  const handle = await carrySweep(
    directory,
    async ({ term }) => {
      await view.refresh();
      await mendRunDirectories(directory);
      const { header, recorded } = view;
      const found = await takeStock({ sweepDirectory: directory, header, state: recorded, term });
      const known = found.reduce(applyEvent, recorded);
      const retried = intent.kind === 'take-up' ? retriesDue(header.policy, known, found) : [];
      const stock = [...found, ...retried];
      const state = retried.reduce(applyEvent, known);
      if (intent.kind === 'rerun' && typeof intent.runs !== 'string') refuseRuns(intent.runs, state, view);
      return toCarry({ view, stock, state, intent, options });
    },
    options,
  );
  if (intent.kind === 'take-up') goOnStopping(handle, view.recorded);
  return handle;
}

/** Runs that failed while nobody watched get another attempt as if somebody had. */
function retriesDue({ retries }: Policy, state: SweepState, found: readonly SweepEvent[]): SweepEvent[] {
  if (retries === null || state.phase !== 'running') return [];
  return found.flatMap((event) => {
    if (event.type !== 'failed') return [];
    const { run, failure } = event;
    // Its cluster may have it in its queue again.
    if (runAt(state.runs, run).status !== 'failure') return [];
    const isDue = retryDelay(retries, failure, retriesOf(runAt(state.runs, run))) !== undefined;
    return isDue ? [{ type: 'requeued', run, at: event.at, why: 'retry' } as const] : [];
  });
}

/** What was being stopped when its writer went away is stopped still. */
function goOnStopping(handle: SweepHandle, { phase, terminating, halted }: SweepState): void {
  if (phase !== 'stopping' || halted !== undefined) return;
  if (terminating) handle.cancel();
  else handle.stop();
}

interface Taken {
  readonly view: SweepView;
  readonly stock: readonly Recorded[];
  /** What the journal tells, and stock. */
  readonly state: SweepState;
  readonly intent: Intent;
  readonly options: TakeUpOptions;
}

function toCarry({ view, stock, state, intent, options }: Taken): SweepToCarry {
  const { header, recorded, params } = view;
  const decide = decider(intent, state);
  const wanted: number[] = [];
  for (let run = 0; run < state.total; run++) if (decide(run).act === 'run') wanted.push(run);
  const again = wanted.filter((run) => needsRequeue(state, run));
  const isAll = state.counts.pending + again.length === wanted.length;
  return {
    header,
    state: recorded,
    params,
    runner: createRunner({ ...header.runner, maxParallel: maxParallelOf(view, options), env: options.env }),
    opening: {
      owner: options.owner,
      ...(isAll ? {} : { wanted }),
      ...(intent.kind === 'take-up' ? { continues: true } : {}),
    },
    first: [
      ...stock,
      ...again.map((run) => ({ type: 'requeued', run, why: 'asked' }) as const),
      ...(intent.kind === 'take-up' ? continued(recorded) : []),
    ],
    wanted,
    adopted: state.running,
  };
}

/** How the last writer had it, as far as a new one does not begin afresh. */
export function continued({ paused, phase, halted }: SweepState): Recorded[] {
  if (phase === 'stopping' && halted !== undefined)
    return [{ type: 'sweep', reason: 'halted', rule: halted }];
  return phase === 'running' && paused && waitsForPerson(paused)
    ? [{ type: 'sweep', reason: 'paused', why: paused }]
    : [];
}

function maxParallelOf({ header, recorded }: SweepView, options: TakeUpOptions): number {
  const last = recorded.openedAt === undefined ? header.runner.maxParallel : recorded.maxParallel;
  const wanted = options.maxParallel ?? last;
  // The limit is one of this machine.
  const limit = goesOnAlone(header.runner.type) ? 0 : (options.maxParallelLimit ?? 0);
  return limit > 0 ? Math.min(limit, wanted) : wanted;
}

function refuseRuns(runs: readonly number[], state: SweepState, { directory, label }: SweepView): void {
  const unknown = runs.filter((run) => !(run >= 0 && run < state.total));
  if (unknown.length > 0) {
    throw new MultirunError('not-a-run', `${directory} has no run ${unknown.join(', ')}`);
  }
  const alive = runs.filter((run) => runAt(state.runs, run).status === 'running');
  if (alive.length > 0) {
    throw new MultirunError(
      'not-a-run',
      `run ${alive.map(label).join(', ')} of ${directory} is still running; cancel it first`,
    );
  }
}

/** What becomes of each run of a sweep that is taken up with this intent, as far as can be told before. */
export function explain({ state }: Pick<SweepView, 'state'>, intent: Intent): Decision[] {
  const decide = decider(intent, state);
  return Array.from({ length: state.total }, (_, run) => decide(run));
}
