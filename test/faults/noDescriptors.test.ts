import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../rig/temporaryDirectory.ts';
import { carry } from './rig/carrying.ts';
import { isLong } from './rig/figures.ts';
import { isSweep, judgeNothing, resumeAndJudge } from './rig/sweepUnderFault.ts';
import { witness } from './rig/witness.ts';

const fault = 'No free file descriptor (EMFILE)';
/** A writer at rest has more than so many open; one with 20 runs at a time wants more than the last. */
const limits = isLong ? Array.from({ length: 50 }, (_, index) => 20 + index) : [20, 24, 28, 32, 40, 50];

/** In ms. */
const patienceMs = 2000;

/** Sets the soft limit alone, so that it can be raised again. */
function limitDescriptors(pid: number, limit: string): void {
  // A process that has ended needs none.
  spawnSync('prlimit', ['--pid', String(pid), `--nofile=${limit}:`]);
}

test('a writer that runs out of file descriptors loses no run', async () => {
  await using home = await temporaryDirectory();
  for (const limit of limits) {
    const testimony = witness(home.at(`witness-${limit}`));
    const directory = home.at(`sweep-${limit}`);
    const { process, ended } = await carry(['start', directory, '30', '20', ...testimony.cmd(0.1)]);
    limitDescriptors(process.pid, String(limit));
    // It may wait until there are some again.
    await Promise.race([ended, delay(patienceMs)]);
    limitDescriptors(process.pid, '4096');
    const { signal, stderr } = await ended;
    expect({ limit, signal }).toEqual({ limit, signal: null });
    if (stderr !== '') expect(stderr).toMatch(/EMFILE|too many open files/i);
    const trial = { fault, directory, testimony };
    if (isSweep(directory)) await resumeAndJudge(trial);
    else judgeNothing(trial);
  }
}, 900_000);
