import { join } from 'node:path';
import { describePause } from '../core/describePause.ts';
import { isTerminal } from '../core/displayStatus.ts';
import type { PauseReason } from '../core/pauseReason.ts';
import { runDirectory, runNames } from '../core/sweepDirectory/layout.ts';
import type { SweepHandle } from '../core/sweepHandle.ts';
import { lastLines } from './text.ts';

/** How often to look whether the sweep has paused, in ms. */
const intervalMs = 100;
const logLines = 10;

/** Pauses of a sweep that only a person can end. */
export interface PauseQuestions extends Disposable {
  /** What a person is being asked, for below the progress bar; undefined while nothing is asked. */
  readonly question: string | undefined;
}

/**
 * Asks what to do when a sweep pauses because its first runs, or its canaries, failed: `c` goes on, `s` stops, `l` shows the
 * end of a log. Without a terminal nobody can answer: then the sweep is stopped, and that is said on standard error.
 */
export function askAtPauses(sweep: SweepHandle): PauseQuestions {
  let asked: PauseReason | undefined;
  let log = '';

  const look = (): void => {
    const { paused } = sweep.state;
    const wanted = paused?.kind === 'breaker' || paused?.kind === 'canary' ? paused : undefined;
    if (wanted === asked) return;
    listen(false);
    asked = wanted;
    log = '';
    if (wanted === undefined) return;
    if (process.stdin.isTTY && isTerminal(process.stdout)) listen(true);
    else giveUp(wanted);
  };

  const giveUp = (reason: PauseReason): void => {
    process.stderr.write(
      `multirun: ${describePause(reason)}. Nothing more is started, since nobody can be asked; "breaker: false" in the sweep file would go on.\n`,
    );
    sweep.stop();
  };

  const listen = (on: boolean): void => {
    if (!process.stdin.isTTY) return;
    process.stdin.setRawMode(on);
    if (on) process.stdin.on('data', onKey).resume();
    else process.stdin.off('data', onKey).pause();
  };

  const onKey = (data: Buffer): void => {
    const key = data.toString();
    // A terminal that gives single keys gives this one too, instead of its signal.
    if (key === '\u0003') process.kill(process.pid, 'SIGINT');
    else if (key === 'c') sweep.resume();
    else if (key === 's') sweep.stop();
    else if (key === 'l') void showLog();
  };

  const showLog = async (): Promise<void> => {
    if (asked?.kind !== 'breaker' && asked?.kind !== 'canary') return;
    const place = runDirectory(sweep.directory, asked.run, sweep.header.size);
    for (const name of [runNames.stderr, runNames.stdout]) {
      const lines = await lastLines(join(place, name), logLines);
      log = [join(place, name), ...lines.map((line) => `  | ${line}`), ''].join('\n');
      if (lines.length > 0) return;
    }
  };

  const timer = setInterval(look, intervalMs).unref();
  return {
    get question() {
      if (asked === undefined) return undefined;
      return `${log}Paused: ${describePause(asked)}.\nGo on with the others? [c] continue  [s] stop  [l] show its log`;
    },
    [Symbol.dispose]() {
      clearInterval(timer);
      listen(false);
    },
  };
}
