import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { carrySweep } from '../../../../src/core/carrySweep.ts';
import { ParallelLocalRunner } from '../../../../src/core/runner/parallelLocalRunner.ts';
import { runAt } from '../../../../src/core/runTable.ts';
import { openSweep } from '../../../../src/core/sweepDirectory/readSweep.ts';
import type { SweepHandle } from '../../../../src/core/sweepHandle.ts';
import {
  type ControlledCommand,
  controlledCommand,
  type Invocation,
} from '../../../rig/controlledCommand.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';
import { until } from '../../../rig/until.ts';

const writerProgram = fileURLToPath(new URL('../../../rig/sweepWriter.ts', import.meta.url));

/** Starts `runs` runs in a writer of their own, and kills that writer when all of them run. */
async function orphanedRuns(
  directory: string,
  runs: number,
  program: ControlledCommand,
): Promise<Invocation[]> {
  const writer = spawn(
    process.execPath,
    [writerProgram, directory, `${runs + 1}`, `${runs}`, ...program.cmd],
    {
      stdio: 'inherit',
    },
  );
  const running: Invocation[] = [];
  while (running.length < runs) running.push(await program.next());
  // A process may say hello before its start is recorded.
  const view = await openSweep(directory);
  await until(directory, async () => {
    await view.refresh();
    return view.state.counts.running === runs;
  });
  writer.kill('SIGKILL');
  await once(writer, 'exit');
  return running.sort((a, b) => Number(a.env.MULTIRUN_RUN) - Number(b.env.MULTIRUN_RUN));
}

/** Takes the sweep up: its running runs are adopted, its pending ones are wanted. */
function takeUp(directory: string, maxParallel: number): Promise<SweepHandle> {
  return carrySweep(directory, async () => {
    const { header, recorded, params } = await openSweep(directory);
    const pending = Array.from({ length: recorded.total }, (_, run) => run).filter(
      (run) => runAt(recorded.runs, run).status === 'pending',
    );
    return {
      header,
      state: recorded,
      params,
      runner: new ParallelLocalRunner({ maxParallel, graceMs: 200 }),
      first: [],
      wanted: pending,
      adopted: recorded.running,
    };
  });
}

test('runs that another writer started take their places, and are watched to their ends', async () => {
  await using directory = await temporaryDirectory();
  await using program = await controlledCommand();
  const [first, second, third] = await orphanedRuns(directory.at('sweep'), 3, program);
  const sweep = await takeUp(directory.at('sweep'), 3);
  const tasks = sweep.runner.runs.map(({ task }) => task);
  expect(sweep.state.counts).toMatchObject({ running: 3, pending: 1 });
  first!.exit(0);
  expect(await tasks[0]).toBe('success');
  const fourth = await program.next();
  expect(fourth.env.MULTIRUN_SLOT).toBe(first!.env.MULTIRUN_SLOT);
  second!.exit(5);
  expect(await tasks[1]).toBe('failure');
  process.kill(third!.pid, 'SIGKILL');
  expect(await tasks[2]).toBe('failure');
  fourth.exit(0);
  const state = await sweep.finished;
  expect([0, 1, 2, 3].map((id) => runAt(state.runs, id))).toMatchObject([
    { status: 'success', attempts: 1 },
    { status: 'failure', failure: { reason: 'exit-code', code: 5 } },
    { status: 'failure', failure: { reason: 'signal', signal: 'SIGKILL' } },
    { status: 'success', attempts: 1 },
  ]);
});

test('a run that another writer started is cancelled with everything that it started', async () => {
  await using directory = await temporaryDirectory();
  await using program = await controlledCommand();
  const [first, second] = await orphanedRuns(directory.at('sweep'), 2, program);
  await first!.spawn();
  const child = await program.next();
  await child.ignoreSigterm();
  const sweep = await takeUp(directory.at('sweep'), 2);
  sweep.cancelRun(0);
  await Promise.all([first!.gone, child.gone]);
  (await program.next()).exit(0);
  second!.exit(0);
  const state = await sweep.finished;
  expect(runAt(state.runs, 0)).toMatchObject({ status: 'failure', failure: { reason: 'cancelled' } });
  expect(state.counts).toMatchObject({ success: 2, failure: 1 });
});
