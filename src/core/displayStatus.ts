import { createLogUpdate } from 'log-update';
import { describePause } from './describePause.ts';
import { describeFailure } from './failure.ts';
import type { PauseReason } from './pauseReason.ts';
import { clockText, progressLine } from './progressLine.ts';
import { changedRuns, emptyRunTable, runAt } from './runTable.ts';
import { estimateRemaining, statisticsOf } from './statistics.ts';
import { runLabel } from './sweepDirectory/layout.ts';
import type { SweepState } from './sweepState.ts';

/** Where a status is shown: a terminal's stream, or any other that text can be written to. */
export type StatusStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  hasColors?(): boolean;
};

/** What {@link displayStatus} can be told. */
export interface DisplayStatusOptions {
  /** Default: the process's standard output. */
  readonly stream?: StatusStream | undefined;
  /** What the sweep is called in front of the bar. Default: nothing. */
  readonly name?: string | undefined;
  /** A line to show below the bar of a terminal, asked for each time it is drawn. Default: none. */
  readonly notice?: (() => string | undefined) | undefined;
  /** Ends it before the runs have ended. Default: never. */
  readonly signal?: AbortSignal | undefined;
}

/** What a status is shown of: a runner, or anything else that knows a sweep's state. */
export interface StatusSource {
  readonly state: SweepState | undefined;
}

/** Ten times a second looks continuous, and costs a sweep next to nothing. */
const refreshMs = 100;
/** Failures after so many are only counted, where each would be a line. */
const mostFailureLines = 20;

/**
 * Shows the status of a runner's runs and keeps it up to date until they have ended: a bar in a terminal; elsewhere a
 * line for each tenth that is done, for each of the first failures and for each pause. Resolves when the last status is shown. A runner
 * that carries no sweep yet is waited for, without keeping the process alive.
 */
export async function displayStatus(
  runner: StatusSource,
  { stream = process.stdout, name, notice, signal }: DisplayStatusOptions = {},
): Promise<void> {
  const show = isTerminal(stream) ? terminalStatus(stream, name, notice) : plainStatus(stream, name);
  for (;;) {
    const { state } = runner;
    if (state !== undefined) show(state);
    if (state?.phase === 'closed' || signal?.aborted) return;
    await pause(state !== undefined);
  }
}

/** Whether a bar can be drawn there, which takes a cursor that moves and a width that is known. */
export function isTerminal(stream: StatusStream): boolean {
  return stream.isTTY === true && stream.columns !== 0 && process.env.TERM !== 'dumb';
}

/** Whether colours are wanted there; `NO_COLOR` and its like are heeded. */
export function wantsColors(stream: StatusStream): boolean {
  return isTerminal(stream) && stream.hasColors?.() === true;
}

type Show = (state: SweepState) => void;

function terminalStatus(
  stream: StatusStream,
  name: string | undefined,
  notice: (() => string | undefined) | undefined,
): Show {
  // A hidden cursor would stay hidden when the process is killed.
  const update = createLogUpdate(stream as NodeJS.WriteStream, { showCursor: true });
  const colors = wantsColors(stream);
  return (state) => {
    // A line as wide as the terminal wraps in some.
    const width = Math.max(1, (stream.columns ?? 80) - 1);
    const line = progressLine(state, { now: Date.now(), width, name, colors });
    const below = state.phase === 'closed' ? undefined : (notice?.() ?? pauseNotice(state));
    update(below === undefined ? line : `${line}\n${below}`);
    if (state.phase === 'closed') update.done();
  };
}

function pauseNotice({ paused }: SweepState): string | undefined {
  return paused && `Paused: ${describePause(paused)}.`;
}

function plainStatus(stream: StatusStream, name: string | undefined): Show {
  let before = emptyRunTable;
  let paused: PauseReason | undefined;
  let tenths = 0;
  let failures = 0;
  const write = (text: string): void =>
    void stream.write(`${name === undefined ? '' : `${name}: `}${text}\n`);
  return (state) => {
    for (const id of changedRuns(before, state.runs, state.total)) {
      const run = runAt(state.runs, id);
      if (run.status !== 'failure') continue;
      failures += 1;
      if (failures <= mostFailureLines)
        write(`run ${runLabel(id, state.createdTotal)} failed: ${describeFailure(run.failure)}`);
      else if (failures === mostFailureLines + 1) write('further failures are only counted');
    }
    before = state.runs;
    if (state.paused !== paused && state.phase === 'running')
      write(state.paused ? `paused: ${describePause(state.paused)}` : 'goes on');
    paused = state.paused;
    const { completeCount, totalCount, failureCount } = statisticsOf(state);
    const done = Math.floor((completeCount / totalCount) * 10);
    if (!(done > tenths)) return;
    tenths = done;
    const left = estimateRemaining(state, Date.now());
    const failed = failureCount > 0 ? `, ${failureCount} failed` : '';
    const remaining =
      left === undefined || completeCount === totalCount ? '' : `, ${clockText(left, Math.ceil)} left`;
    write(`${completeCount} of ${totalCount} runs done${failed}${remaining}`);
  };
}

function pause(keepsAlive: boolean): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, refreshMs);
    if (!keepsAlive) timer.unref();
  });
}
