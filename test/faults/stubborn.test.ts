import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { multirunAsync } from '../../src/core/multirun.ts';
import { ParallelLocalRunner } from '../../src/core/runner/parallelLocalRunner.ts';
import { temporaryDirectory } from '../rig/temporaryDirectory.ts';
import { count, isLong } from './rig/figures.ts';
import { orphansOf, processesOf } from './rig/processes.ts';

/** Runs a shell script as the one run of a sweep, and cancels it when it has so many processes and has made the file `ready`. */
async function cancelled(fault: string, script: string, processes: number): Promise<void> {
  await using home = await temporaryDirectory();
  const sweep = await multirunAsync({
    runs: [{}],
    cmd: ['sh', '-c', script],
    outputPath: home.at('sweep'),
    runner: new ParallelLocalRunner({ maxParallel: 1, graceMs: 500 }),
  });
  const place = home.at('sweep', 'runs', '0');
  while (!existsSync(`${place}/ready`) || processesOf(place).length < processes) await delay(20);
  sweep.cancel();
  const { counts } = await sweep.finished;
  const orphans = await orphansOf(home.at('sweep'), 1000);
  count({ fault, faults: processes, runs: 1, lost: 0, twice: 0, orphans: orphans.length });
  for (const pid of orphans) process.kill(pid, 'SIGKILL');
  expect({ orphans, failure: counts.failure }).toEqual({ orphans: [], failure: 1 });
}

test('processes that ignore SIGTERM are gone when their run is cancelled', () => {
  const many = isLong ? 1000 : 100;
  return cancelled(
    'Process that ignores SIGTERM',
    `trap '' TERM; n=0; while [ $n -lt ${many} ]; do sleep 1000 & n=$((n+1)); done; touch ready; wait`,
    many,
  );
});

test('what a run has forked twice is gone when it is cancelled', () =>
  cancelled('Child that double-forks', '(sleep 1000 & (sleep 1000 &) &); touch ready; sleep 1000', 3));

test('what a run has forked twice into a session of its own is gone when it is cancelled', () =>
  cancelled(
    'Child that double-forks into its own session',
    '(setsid sh -c "touch ready; sleep 1000" &); sleep 1000',
    3,
  ));
