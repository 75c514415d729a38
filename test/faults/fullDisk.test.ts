import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { multirunAsync } from '../../src/core/multirun.ts';
import { ParallelLocalRunner } from '../../src/core/runner/parallelLocalRunner.ts';
import { mayMount, smallDisk } from '../rig/smallDisk.ts';
import { temporaryDirectory } from '../rig/temporaryDirectory.ts';
import { carry } from './rig/carrying.ts';
import { isLong } from './rig/figures.ts';
import { resume } from './rig/resume.ts';
import { isSweep, judgeNothing, resumeAndJudge } from './rig/sweepUnderFault.ts';
import { witness } from './rig/witness.ts';

const fault = 'Disk full at the nth page written (header, lock, journal, params, logs, exit, results)';
const pageBytes = 4096;
const runs = 4;
/** A sweep of so many runs writes no more files, and each takes at least a page. */
const mostPages = 40;
/** In the short form, which number of pages is tried. */
const step = isLong ? 1 : 2;
/** More than such a sweep takes. In ms. */
const patienceMs = 700;

const where = mayMount() ? test : test.skip;

where(
  'a disk that is full at any write loses no run (skipped where no disk can be mounted: needs root)',
  async () => {
    await using home = await temporaryDirectory();
    await using disk = await smallDisk(4 << 20);
    for (let pages = 0; pages <= mostPages; pages += step) {
      const testimony = witness(home.at(`witness-${pages}`));
      const directory = disk.at('sweep');
      disk.fill(pages * pageBytes);
      const { ended } = await carry(['start', directory, String(runs), '2', ...testimony.cmd(0)]);
      // It may wait for space.
      await Promise.race([ended, delay(patienceMs)]);
      disk.empty();
      const { signal, stderr } = await ended;
      expect(signal).toBeNull();
      // Either runs have failed, or a person is told why nothing more was done.
      if (stderr !== '') expect(stderr).toMatch(/ENOSPC|no space/i);
      const trial = { fault, directory, testimony, mayRepeat: true };
      if (isSweep(directory)) await resumeAndJudge(trial);
      else judgeNothing(trial);
      rmSync(directory, { recursive: true, force: true });
    }
  },
);

where(
  'a sweep whose disk is full is resumed as soon as there is space (skipped where no disk can be mounted: needs root)',
  async () => {
    await using home = await temporaryDirectory();
    await using disk = await smallDisk(4 << 20);
    const testimony = witness(home.at('witness'));
    const directory = disk.at('sweep');
    const sweep = await multirunAsync({
      runs: [{ x: 0 }, { x: 1 }],
      cmd: testimony.cmd(0),
      outputPath: directory,
      runner: new ParallelLocalRunner({ maxParallel: 1 }),
    });
    sweep.stop();
    await sweep.finished;
    disk.fill();
    await expect(resume(directory)).rejects.toThrow(/ENOSPC|no space/i);
    disk.empty();
    await resumeAndJudge({ fault: 'Disk full when the lock is taken', directory, testimony });
  },
);
