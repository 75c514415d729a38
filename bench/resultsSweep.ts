import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { SweepEvent } from '../src/core/event.ts';
import type { ParamMap } from '../src/core/run.ts';
import { createSweep } from '../src/core/sweepDirectory/createSweep.ts';
import { encodeEvent } from '../src/core/sweepDirectory/journalFormat.ts';
import { runDirectory, runNames, sweepNames } from '../src/core/sweepDirectory/layout.ts';

/** How many parameters and results each run has; with the eight columns of the run itself these are 40. */
const parameterCount = 12;
const resultCount = 20;

/**
 * Writes a sweep that is over, with all that the results view reads of it: its header, its plan, its journal, and the
 * `results.json` of each run. Every twentieth run failed and has logs instead. Returns its directory.
 */
export async function writeLargeSweep(folder: string, name: string, size: number): Promise<string> {
  const { directory } = await createSweep({
    name,
    runs: runsOf(size),
    cmd: ['echo', '${p0}'],
    env: {},
    maxParallel: 8,
    inputs: [],
    sweepFile: undefined,
    metric: { name: 'r0', goal: 'minimize' },
    output: { path: join(folder, 'multirun', name, 'large') },
  });
  writeJournal(join(directory, sweepNames.journal), size);
  for (let run = 0; run < size; run++) {
    const home = runDirectory(directory, run, size);
    mkdirSync(home);
    if (isFailed(run)) {
      writeFileSync(join(home, runNames.stdout), `phase ${run % 7}\n`);
      writeFileSync(join(home, runNames.stderr), `error: singular matrix in step ${run}\n`);
    } else {
      writeFileSync(join(home, runNames.results), JSON.stringify(resultsOf(run)));
    }
  }
  return directory;
}

function isFailed(run: number): boolean {
  return run % 20 === 7;
}

function* runsOf(size: number): Generator<ParamMap> {
  for (let run = 0; run < size; run++) {
    yield Object.fromEntries(
      Array.from({ length: parameterCount }, (_, index) => [`p${index}`, parameterOf(run, index)]),
    );
  }
}

/** Some have few values, as in a grid, one is a word, and the rest are drawn. */
function parameterOf(run: number, index: number): number | string {
  if (index === 0) return ['rk4', 'euler', 'verlet', 'midpoint'][run % 4] ?? '';
  return index < 5 ? (run >> index) % 50 : noise(run, index);
}

function resultsOf(run: number): Record<string, unknown> {
  const results: Record<string, unknown> = {};
  for (let index = 0; index < resultCount - 4; index++) results[`r${index}`] = 100 * noise(run, index + 100);
  const [left, used] = [noise(run, 200), noise(run, 201)];
  return { ...results, landed: run % 3 === 0, note: `phase ${run % 7}`, fuel: { left, used } };
}

/** Numbers from 0 to 1 that look random and are the same each time. */
function noise(run: number, index: number): number {
  const mixed = Math.sin(run * 12.9898 + index * 78.233) * 43758.5453;
  return mixed - Math.floor(mixed);
}

function writeJournal(path: string, size: number): void {
  const begin = Date.now() - 3_600_000;
  const file = openSync(path, 'w');
  const write = (...events: readonly SweepEvent[]) => writeSync(file, events.map(encodeEvent).join(''));
  write({ type: 'sweep', reason: 'opened', at: begin, version: 1, total: size, maxParallel: 8 });
  for (let run = 0; run < size; run++) {
    const at = begin + run * 10;
    const over = { run, at: at + 80, usage: { peakMemoryBytes: 20e6 + (run % 1000), cpuMs: 60 } };
    write(
      { type: 'started', run, at, attempt: 1, pid: 1000 + run, slot: run % 8 },
      isFailed(run)
        ? { ...over, type: 'failed', failure: { reason: 'exit-code', code: 3 } }
        : { ...over, type: 'succeeded', metric: 100 * noise(run, 100) },
    );
  }
  write({ type: 'sweep', reason: 'closed', at: begin + size * 10 });
  closeSync(file);
}
