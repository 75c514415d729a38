import { chmodSync, chownSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openSweep } from '../../src/core/sweepDirectory/readSweep.ts';
import { temporaryDirectory } from '../rig/temporaryDirectory.ts';
import { type Carrying, carry } from './rig/carrying.ts';
import { count, isLong } from './rig/figures.ts';
import { orphansOf } from './rig/processes.ts';
import { resumeAndJudge } from './rig/sweepUnderFault.ts';
import { type Witness, witness } from './rig/witness.ts';

const runs = 20;
/** Root may do everything: to be refused something, the writer is somebody else. */
const uid = process.getuid?.() === 0 ? 65534 : undefined;

/** How often each of these happens, each time at another moment. */
const times = Array.from({ length: isLong ? 10 : 1 }, (_, time) => time);

/** Lets a process carry a sweep that is gone after the test; resolves when some of its runs have started, more each time. */
async function carried(
  home: string,
  time: number,
): Promise<{ directory: string; testimony: Witness; writer: Carrying }> {
  const witnesses = `${home}/witness`;
  const testimony = witness(witnesses);
  if (uid !== undefined) for (const path of [home, witnesses]) chownSync(path, uid, uid);
  const directory = `${home}/sweep`;
  const args = ['start', directory, String(runs), '2', ...testimony.cmd(0.05)];
  const writer = await carry(args, uid === undefined ? {} : { uid });
  let isOver = false;
  void writer.ended.then(() => {
    isOver = true;
  });
  while (testimony.stamps().length < 6 + 2 * time && !isOver) await delay(5);
  return { directory, testimony, writer };
}

test.each(times)(
  'a sweep whose directory is moved while it runs is resumed where it is now (%i)',
  async (time) => {
    await using home = await temporaryDirectory();
    const { directory, testimony, writer } = await carried(home.path, time);
    const moved = home.at('moved');
    renameSync(directory, moved);
    expect((await writer.ended).code).not.toBe(0);
    expect(existsSync(directory)).toBe(false);
    await resumeAndJudge({ fault: 'Sweep directory moved', directory: moved, testimony });
  },
);

test.each(times)(
  'a sweep whose directory is deleted while it runs ends, and leaves nothing behind (%i)',
  async (time) => {
    await using home = await temporaryDirectory();
    const { directory, writer } = await carried(home.path, time);
    // What a program writes meanwhile would make it fail.
    rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 5 });
    const { code } = await writer.ended;
    const orphans = await orphansOf(directory);
    count({
      fault: 'Sweep directory deleted',
      faults: 1,
      runs: 0,
      lost: 0,
      twice: 0,
      orphans: orphans.length,
    });
    expect({ isGood: code === 0, exists: existsSync(directory), orphans }).toEqual({
      isGood: false,
      exists: false,
      orphans: [],
    });
  },
);

test.each(times)(
  'a sweep whose directory becomes read-only is resumed when it is writable again (%i)',
  async (time) => {
    await using home = await temporaryDirectory();
    const { directory, testimony, writer } = await carried(home.path, time);
    const places = [directory, `${directory}/runs`, `${directory}/lock`];
    for (const path of places) chmodSync(path, 0o555);
    // It may wait until it can write.
    const ended = await Promise.race([writer.ended, delay(2000)]);
    for (const path of places) chmodSync(path, 0o755);
    if (ended) expect(ended.code).not.toBe(0);
    await writer.ended;
    await resumeAndJudge({ fault: 'Sweep directory read-only', directory, testimony });
  },
);

test.each(times)('a run directory that cannot be entered fails its run alone (%i)', async (time) => {
  await using home = await temporaryDirectory();
  const { directory, testimony, writer } = await carried(home.path, time);
  const place = `${directory}/runs/${runs - 1}`;
  mkdirSync(place, { mode: 0o000 });
  if (uid !== undefined) chownSync(place, uid, uid);
  await writer.ended;
  const { state } = await openSweep(directory);
  chmodSync(place, 0o755);
  expect(state.counts).toMatchObject({ failure: 1, success: runs - 1 });
  await resumeAndJudge({ fault: 'No permission for a run directory (EACCES)', directory, testimony });
});
