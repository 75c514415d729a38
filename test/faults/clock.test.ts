import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../rig/temporaryDirectory.ts';
import { carry } from './rig/carrying.ts';
import { resumeAndJudge } from './rig/sweepUnderFault.ts';
import { witness } from './rig/witness.ts';

const clock = fileURLToPath(new URL('./rig/jumpingClock.mjs', import.meta.url));
const fault = "Jumps of the writer's clock by hours";

test.each([
  { name: 'lives', killAfterMs: undefined },
  { name: 'is killed', killAfterMs: 350 },
  { name: 'is killed later', killAfterMs: 700 },
])('a writer whose clock jumps by hours and that $name loses no run', async ({ killAfterMs }) => {
  await using home = await temporaryDirectory();
  const testimony = witness(home.at('witness'));
  const directory = home.at('sweep');
  const writer = await carry(['start', directory, '40', '4', ...testimony.cmd(0.1)], {
    node: ['--import', clock],
  });
  if (killAfterMs !== undefined) {
    await delay(killAfterMs);
    writer.process.kill('SIGKILL');
  }
  const { signal, stderr } = await writer.ended;
  expect({ signal, stderr }).toEqual({ signal: killAfterMs === undefined ? null : 'SIGKILL', stderr: '' });
  // The clock has jumped ten times a second.
  await resumeAndJudge({ fault, faults: Math.floor((killAfterMs ?? 1000) / 100), directory, testimony });
});
