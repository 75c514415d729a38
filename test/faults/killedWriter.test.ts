import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../rig/temporaryDirectory.ts';
import { carry } from './rig/carrying.ts';
import { isLong } from './rig/figures.ts';
import { processesOf } from './rig/processes.ts';
import { randomSource } from './rig/random.ts';
import { isSweep, judgeNothing, resumeAndJudge } from './rig/sweepUnderFault.ts';
import { witness } from './rig/witness.ts';

const runs = 50;
const maxParallel = 8;
/** What a sweep takes besides its runs, about. In ms. */
const aroundMs = 150;
/** How often a sweep's writer is killed, one writer after the other. */
const killsOfASweep = 3;

/** How much is killed. */
interface Blow {
  readonly fault: string;
  readonly kills: number;
  readonly seed: number;
  /** Whether everything that belongs to the sweep is killed with its writer, as when the machine goes down. */
  readonly takesAll: boolean;
}

/** Lets a process carry a sweep and kills it after so long. Resolves to whether it was still at work. */
async function carryAndKill(args: readonly string[], afterMs: number): Promise<boolean> {
  const writer = await carry(args);
  await Promise.race([writer.ended, delay(afterMs)]);
  writer.process.kill('SIGKILL');
  const { signal, stderr } = await writer.ended;
  // Those that the blow before has hit may have failed; the writer itself may not.
  expect(stderr).toBe('');
  return signal === 'SIGKILL';
}

async function strike({ fault, kills, seed, takesAll }: Blow): Promise<void> {
  await using home = await temporaryDirectory();
  const random = randomSource(seed);
  for (let killed = 0, sweep = 0; killed < kills; sweep++) {
    const directory = home.at(`sweep-${sweep}`);
    const testimony = witness(home.at(`witness-${sweep}`));
    const seconds = 0.03 + random() * 0.1;
    // As long as the sweep would take, so that every part of it is hit.
    const sweepMs = aroundMs + (runs / maxParallel) * seconds * 1000;
    let faults = 0;
    while (faults < killsOfASweep && killed < kills) {
      const start = ['start', directory, String(runs), String(maxParallel), ...testimony.cmd(seconds)];
      if (!(await carryAndKill(faults === 0 ? start : ['resume', directory], random() * sweepMs))) break;
      if (takesAll) await killAll(directory);
      faults++;
      killed++;
      if (!isSweep(directory)) break;
    }
    const trial = { fault, faults, directory, testimony, mayRepeat: takesAll };
    if (isSweep(directory)) await resumeAndJudge(trial);
    else judgeNothing(trial);
  }
}

/** Kills what belongs to a sweep until nothing is left: a shell may just have started something. */
async function killAll(directory: string): Promise<void> {
  for (let left = processesOf(directory); left.length > 0; left = processesOf(directory)) {
    for (const pid of left) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended by itself.
      }
    }
    await delay(5);
  }
}

/** The parts of the long form, so that each can be run alone. */
const parts = isLong ? [1, 2, 3, 4] : [1];

test.each(parts)(
  'a writer killed at random moments loses no run, and no run runs more than once (part %i)',
  (part) =>
    strike({
      fault: 'SIGKILL of the writer at a random moment',
      kills: isLong ? 50 : 25,
      seed: part,
      takesAll: false,
    }),
  3_600_000,
);

test.each(parts)(
  'when all processes of a sweep are killed with its writer, every run is brought to a success (part %i)',
  (part) =>
    strike({
      fault: 'SIGKILL of the writer, its launchers and runs at a random moment',
      kills: isLong ? 25 : 6,
      seed: 100 + part,
      takesAll: true,
    }),
  3_600_000,
);
