import { readProcessStat } from '../processStat.ts';

/**
 * Whether a resident shell says before the end of each run how long it and all its children so far were on processors, by
 * `times`. On Linux the kernel is asked instead, and only of runs that take a while: a word more of each shell for each run
 * makes short runs slower.
 */
export const shellTellsTimes = process.platform !== 'linux';

/** When the kernel is asked what the children of a shell used before a run, in ms after the run's start. */
const lookAfterMs = 250;

/** How long the runs of one resident shell, one after the other, are on processors. */
export interface RunProcessorTime {
  /** A run begins. */
  begin(): void;
  /** Takes a line of the shell; returns whether it was one of `times`. */
  hear(line: string): boolean;
  /** The run has ended, and the shell knows it. Its time in ms; undefined where it was too short to be looked at. */
  end(): number | undefined;
}

/** Watches the runs of the shell with this process id. */
export function runProcessorTime(shell: number | undefined): RunProcessorTime {
  return shellTellsTimes ? toldTimes() : askedTimes(shell);
}

function toldTimes(): RunProcessorTime {
  let told = 0;
  let before = 0;
  return {
    begin() {
      before = told;
    },
    hear(line) {
      // It is said of the shell itself first, then of its children: the last word counts.
      const times = linesTimes(line);
      if (times !== undefined) told = times;
      return times !== undefined;
    },
    end: () => told - before,
  };
}

function askedTimes(shell: number | undefined): RunProcessorTime {
  let before: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  const ask = (): number | undefined =>
    shell === undefined ? undefined : readProcessStat(shell)?.childrenCpuMs;
  return {
    begin() {
      before = undefined;
      clearTimeout(timer);
      // A child that runs does not count among those that have ended.
      timer = setTimeout(() => {
        before = ask();
      }, lookAfterMs).unref();
    },
    hear: () => false,
    end() {
      clearTimeout(timer);
      const now = before === undefined ? undefined : ask();
      return now === undefined || before === undefined ? undefined : now - before;
    },
  };
}

/** The sum of the two times of a line of `times`, in ms; undefined for another line. */
function linesTimes(line: string): number | undefined {
  if (line[0] === 'S' || line[0] === 'E') return undefined;
  const match = /^(\d+)m([\d.,]+)s (\d+)m([\d.,]+)s$/.exec(line);
  if (match === null) return undefined;
  const [, userMinutes = '', userSeconds = '', systemMinutes = '', systemSeconds = ''] = match;
  const ms = (minutes: string, seconds: string): number =>
    Number(minutes) * 60_000 + Number(seconds.replace(',', '.')) * 1000;
  return Math.round(ms(userMinutes, userSeconds) + ms(systemMinutes, systemSeconds));
}
