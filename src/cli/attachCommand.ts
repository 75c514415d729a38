import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isOnCluster } from '../core/askSweep.ts';
import { displayStatus } from '../core/displayStatus.ts';
import { MultirunError } from '../core/errors.ts';
import { openSweep } from '../core/sweepDirectory/readSweep.ts';
import { takeUpSweep } from '../core/takeUp.ts';
import { type ExitCode, exitCodeOf, exitCodes } from './exitCodes.ts';
import { inForeground } from './foreground.ts';
import { summary } from './summary.ts';
import { countOf } from './text.ts';

const refreshMs = 200;

/** `multirun attach DIR`: watches a sweep that another process carries until it has ended. Ctrl-C leaves it alone. */
export async function attachCommand(path: string): Promise<ExitCode> {
  const directory = resolve(path);
  const view = await openSweep(directory);
  if (isOnCluster(view)) return inForeground(() => takeUpSweep(directory, { kind: 'take-up' }));
  if (!view.live) {
    const { pending, running } = view.state.counts;
    const isOver = pending + running === 0;
    throw new MultirunError(
      'not-carried',
      isOver
        ? `nobody runs the sweep in ${directory}: all its runs are over; multirun status tells how`
        : `nobody runs the sweep in ${directory}; multirun resume ${path} goes on with it`,
    );
  }
  const over = new AbortController();
  let hasLeft = false;
  const leave = (): void => {
    hasLeft = true;
    over.abort();
  };
  // Whoever has read that we watch may press Ctrl-C at once.
  process.once('SIGINT', leave);
  const { total, counts } = view.state;
  process.stdout.write(
    `${view.header.name}: watching ${countOf(total, 'run')}, ${counts.pending + counts.running} to go, in ${directory}\n`,
  );
  const shown = displayStatus(view, {
    stream: process.stdout,
    name: view.header.name,
    notice: () => 'Ctrl-C stops watching; the sweep goes on.',
    signal: over.signal,
  });
  while (view.live && !hasLeft) {
    await delay(refreshMs, undefined, { signal: over.signal }).catch(() => {});
    await view.refresh();
  }
  over.abort();
  await shown;
  process.off('SIGINT', leave);
  const { header, state } = view;
  if (hasLeft) {
    process.stdout.write(`\n${header.name} goes on: multirun attach ${path}\n`);
    return exitCodes.good;
  }
  process.stdout.write(`${(await summary({ directory, header, state })).join('\n')}\n`);
  if (state.phase === 'closed') return exitCodeOf(state);
  process.stderr.write(
    `multirun: the process that ran it is gone; multirun resume ${path} goes on with the sweep\n`,
  );
  return exitCodes.failedRuns;
}
