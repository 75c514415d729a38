import { displayStatus, isTerminal } from '../core/displayStatus.ts';
import { goesOnAlone } from '../core/runner/goesOnAlone.ts';
import type { SweepHandle } from '../core/sweepHandle.ts';
import { type ExitCode, exitCodeOf, exitCodes } from './exitCodes.ts';
import { type Interruption, listenToInterrupts } from './interrupts.ts';
import { askAtPauses } from './pauses.ts';
import { summary } from './summary.ts';
import { countOf } from './text.ts';

/** Carries a sweep in this process, shows how it goes and sums it up; signals stop or cancel it. */
export async function inForeground(begin: () => Promise<SweepHandle>): Promise<ExitCode> {
  const isLive = isTerminal(process.stdout);
  let isAlone = false;
  using interrupts = listenToInterrupts((interruption) => {
    // In a terminal the line below the bar says it.
    if (!isLive) process.stderr.write(`${noticeOf(interruption, isAlone)}\n`);
  });
  const sweep = await begin();
  isAlone = goesOnAlone(sweep.header.runner.type);
  interrupts.watch(isAlone ? leavable(sweep) : sweep);
  const { directory, header } = sweep;
  const { total, maxParallel } = sweep.state;
  print([`${header.name}: ${countOf(total, 'run')}, at most ${maxParallel} at a time, in ${directory}`]);
  using pauses = askAtPauses(sweep);
  const over = new AbortController();
  const shown = displayStatus(sweep.runner, {
    stream: process.stdout,
    name: header.name,
    notice: () => noticeOf(interrupts.interruption, isAlone) ?? pauses.question,
    signal: over.signal,
  });
  try {
    const state = await sweep.finished;
    if (state.phase !== 'closed') {
      over.abort();
      await shown;
      const who = isAlone ? 'The sweep goes on on the cluster' : 'Another process goes on with the sweep';
      print(['', `${who}: multirun attach ${directory}`]);
      return exitCodes.good;
    }
    await shown;
    print(await summary({ directory, header, state }));
    return interrupts.interruption === 'none' ? exitCodeOf(state) : exitCodes.interrupted;
  } finally {
    over.abort();
  }
}

/** Runs of a cluster need nobody here: an interrupt only ends the watching, once all is submitted. */
function leavable(sweep: SweepHandle): Pick<SweepHandle, 'stop' | 'cancel'> {
  const leave = (): void => {
    void sweep.runner.handedOver().then(
      () => sweep.leave(),
      () => {},
    );
  };
  return { stop: leave, cancel: leave };
}

function noticeOf(interruption: Interruption, isAlone: boolean): string | undefined {
  if (isAlone) return interruption === 'none' ? undefined : 'No longer watching; the sweep goes on.';
  if (interruption === 'stop')
    return 'Nothing more is started. Running runs finish; Ctrl-C again terminates them.';
  return interruption === 'cancel'
    ? 'Nothing more is started, and running runs are being terminated.'
    : undefined;
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
