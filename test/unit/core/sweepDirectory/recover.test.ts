import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { recoverRunning } from '../../../../src/core/sweepDirectory/recover.ts';
import { applyEvent, plannedSweep } from '../../../../src/core/sweepState.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';

test('a run whose process has ended is lost only if its launcher writes no exit code', async () => {
  await using directory = await temporaryDirectory();
  for (const run of [0, 1]) mkdirSync(directory.at('runs', String(run)), { recursive: true });
  const { pid } = spawnSync('true');
  const state = [0, 1]
    .map((run) => ({ type: 'started', run, at: 1, attempt: 1, pid, slot: run, ticks: 1 }) as const)
    .reduce(applyEvent, plannedSweep(2));
  let writing = Promise.resolve();
  const settled = () => {
    writing = writing.then(() => writeFileSync(directory.at('runs', '0', 'exit'), '0\n'));
    return writing;
  };
  const ended = await recoverRunning(directory.path, state, null, { elsewhere: 'lost', settled });
  expect(ended).toMatchObject([
    { type: 'succeeded', run: 0 },
    { type: 'failed', run: 1, failure: { reason: 'lost' } },
  ]);
});
