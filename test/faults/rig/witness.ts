import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemCode } from '../../../src/core/errors.ts';
import { decodeEvent } from '../../../src/core/sweepDirectory/journalFormat.ts';
import { runDirectory, sweepNames } from '../../../src/core/sweepDirectory/layout.ts';
import { openSweep } from '../../../src/core/sweepDirectory/readSweep.ts';

const program = fileURLToPath(new URL('./witness.sh', import.meta.url));

/** A directory in which the runs of one sweep leave proof of how they were run. */
export interface Witness {
  /** The command whose runs testify; each takes so many seconds. */
  cmd(seconds: number): string[];
  /** What the runs have written, in its order. */
  stamps(): { readonly what: 'start' | 'end' | 'twice'; readonly run: number }[];
}

/** Makes the directory. */
export function witness(directory: string): Witness {
  mkdirSync(directory);
  return {
    cmd: (seconds) => ['sh', program, directory, '${x}', String(seconds)],
    stamps() {
      return linesOf(join(directory, 'stamps')).map((line) => {
        const [what, run] = line.split(' ');
        return { what: what as 'start', run: Number(run) };
      });
    },
  };
}

/** What became of a sweep whose runs testify, told by its directory and by the runs themselves. */
export interface Verdict {
  /** Runs that did not end in exactly one success, with the results and the log that belong to them. */
  readonly lost: number[];
  /** Runs of which two processes ran at the same time. */
  readonly twice: number[];
  /** Runs whose program was started, or reached its end, otherwise than once. */
  readonly repeated: number[];
}

/** Judges a sweep that has ended. */
export async function judge(directory: string, testimony: Witness): Promise<Verdict> {
  const view = await openSweep(directory);
  const { size } = view.header;
  const successes = new Map<number, number>();
  for (const line of linesOf(join(directory, sweepNames.journal))) {
    const event = decodeEvent(line);
    if (event?.type === 'succeeded') successes.set(event.run, (successes.get(event.run) ?? 0) + 1);
  }
  const stamps = testimony.stamps();
  const times = (what: string, run: number): number =>
    stamps.filter((stamp) => stamp.what === what && stamp.run === run).length;
  const lost: number[] = [];
  const repeated: number[] = [];
  for (let run = 0; run < size; run++) {
    const place = runDirectory(directory, run, size);
    const results = (await view.results(run)) as { square?: number } | undefined;
    const whole =
      successes.get(run) === 1 &&
      results?.square === run * run &&
      readFileSync(join(place, 'stdout.log'), 'utf8') === `done by ${run}\n`;
    if (!whole) lost.push(run);
    if (times('start', run) !== 1 || times('end', run) !== 1) repeated.push(run);
  }
  const twice = stamps.filter(({ what }) => what === 'twice').map(({ run }) => run);
  return { lost, twice, repeated };
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}
