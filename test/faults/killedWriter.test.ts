import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { sweepNames } from '../../src/core/sweepDirectory/layout.ts';
import { temporaryDirectory } from '../rig/temporaryDirectory.ts';
import { count, isLong } from './rig/figures.ts';
import { orphansOf } from './rig/processes.ts';
import { randomSource } from './rig/random.ts';
import { resume } from './rig/resume.ts';
import { judge, witness } from './rig/witness.ts';

const carrier = fileURLToPath(new URL('./rig/carrier.ts', import.meta.url));
const kills = isLong ? 200 : 25;
const runs = 50;
const maxParallel = 8;
/** What a sweep takes besides its runs, about. In ms. */
const aroundMs = 150;
/** How often a sweep's writer is killed, one writer after the other. */
const killsOfASweep = 3;

/** Lets a process carry a sweep and kills it after so long. Resolves to whether it was still at work. */
async function carriedAndKilled(args: readonly string[], afterMs: number): Promise<boolean> {
  const writer = spawn(process.execPath, [carrier, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(writer, 'exit');
  await once(writer.stdout, 'data');
  await Promise.race([exit, delay(afterMs)]);
  writer.kill('SIGKILL');
  const [code, signal] = await exit;
  // One that failed by itself is no fault of ours.
  if (signal === null) expect(code).toBe(0);
  return signal === 'SIGKILL';
}

test(`a writer killed at ${kills} random moments loses no run, and none runs twice`, async () => {
  await using home = await temporaryDirectory();
  const random = randomSource(isLong ? 2 : 1);
  for (let killed = 0, sweep = 0; killed < kills; sweep++) {
    const directory = home.at(`sweep-${sweep}`);
    const testimony = witness(home.at(`witness-${sweep}`));
    const seconds = 0.03 + random() * 0.1;
    const cmd = testimony.cmd(seconds);
    // As long as the sweep would take, so that every part of it is hit.
    const sweepMs = aroundMs + (runs / maxParallel) * seconds * 1000;
    const moments: number[] = [];
    for (let time = 0; time < killsOfASweep && killed < kills; time++) {
      const afterMs = random() * sweepMs;
      const act =
        time === 0 ? ['start', directory, String(runs), String(maxParallel), ...cmd] : ['resume', directory];
      if (!(await carriedAndKilled(act, afterMs))) break;
      killed++;
      moments.push(afterMs);
      if (!existsSync(join(directory, sweepNames.header))) break;
    }
    if (!existsSync(join(directory, sweepNames.header))) {
      // There is no sweep yet, and nothing of it has run.
      expect(testimony.stamps()).toEqual([]);
      count({ fault, faults: moments.length, runs: 0, lost: 0, twice: 0, orphans: 0 });
      continue;
    }
    const state = await (await resume(directory)).finished;
    const { lost, twice, repeated } = await judge(directory, testimony);
    const orphans = await orphansOf(home.path);
    count({
      fault,
      faults: moments.length,
      runs,
      lost: lost.length,
      twice: twice.length,
      orphans: orphans.length,
    });
    expect({ moments, lost, twice, repeated, orphans, success: state.counts.success }).toEqual({
      moments,
      lost: [],
      twice: [],
      repeated: [],
      orphans: [],
      success: runs,
    });
  }
}, 3_600_000);

const fault = 'SIGKILL of the writer at a random moment';
