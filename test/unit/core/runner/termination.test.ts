import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { multirunAsync } from '../../../../src/core/multirun.ts';
import { directLauncher } from '../../../../src/core/runner/directLauncher.ts';
import type { LaunchFactory } from '../../../../src/core/runner/launcher.ts';
import { ParallelLocalRunner } from '../../../../src/core/runner/parallelLocalRunner.ts';
import { shellLauncher } from '../../../../src/core/runner/shellLauncher.ts';
import { terminate } from '../../../../src/core/runner/termination.ts';
import { runAt } from '../../../../src/core/runTable.ts';
import { controlledCommand } from '../../../rig/controlledCommand.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';
import { until } from '../../../rig/until.ts';

const launchers: Record<string, LaunchFactory> = {
  'the shell /bin/sh': (_, env) => shellLauncher(env),
  'the shell bash': (_, env) => shellLauncher(env, { shell: 'bash' }),
  'no shell': (_, env) => directLauncher(env),
};

/** The processes that are there, zombies left out. */
function living(pids: readonly number[]): number[] {
  return pids.filter((pid) => {
    const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '';
    return stat !== '' && !/\) [ZX] /.test(stat);
  });
}

function pidsIn(file: string): number[] {
  return readFileSync(file, 'utf8').trim().split('\n').map(Number);
}

describe.runIf(process.platform === 'linux')('ending a run ends', () => {
  for (const [name, launcher] of Object.entries(launchers)) {
    test(`what left its process group and its parents, with ${name}`, async () => {
      await using directory = await temporaryDirectory();
      await using program = await controlledCommand();
      const sweep = await multirunAsync({
        runs: [{}, {}],
        cmd: program.cmd,
        outputPath: directory.at('sweep'),
        runner: new ParallelLocalRunner({ maxParallel: 2, launcher, graceMs: 200 }),
      });
      const runs = [await program.next(), await program.next()];
      const [ended, other] = runs;
      // A child in a session of its own, whose child loses its parent: a daemon.
      await ended!.spawn({ detached: true });
      const child = await program.next();
      await child.spawn({ detached: true });
      const daemon = await program.next();
      await daemon.ignoreSigterm();
      child.exit(0);
      await child.gone;
      const told = daemon.sigterm();
      sweep.cancelRun(Number(ended!.env.MULTIRUN_RUN));
      await told;
      await Promise.all([ended!.gone, daemon.gone]);
      expect(living([other!.pid])).toEqual([other!.pid]);
      other!.exit(0);
      expect((await sweep.finished).counts).toMatchObject({ success: 1, failure: 1 });
    });
  }

  test('1,000 processes that ignore SIGTERM', async () => {
    await using directory = await temporaryDirectory();
    const script =
      'trap "" TERM; i=0; while [ $i -lt 1000 ]; do sleep 1000 & echo $!; i=$((i+1)); done >pids.new; mv pids.new pids; wait';
    const sweep = await multirunAsync({
      runs: [{}],
      cmd: ['/bin/sh', '-c', script],
      outputPath: directory.at('sweep'),
      runner: new ParallelLocalRunner({ graceMs: 500 }),
    });
    const home = directory.at('sweep', 'runs', '0');
    const pids = `${home}/pids`;
    await until(home, () => existsSync(pids));
    expect(living(pidsIn(pids))).toHaveLength(1000);
    sweep.cancel();
    const state = await sweep.finished;
    expect(runAt(state.runs, 0)).toMatchObject({ failure: { reason: 'cancelled' } });
    expect(living(pidsIn(pids))).toEqual([]);
  });
});

test('what will not end although it was killed is told, not waited for without end', async () => {
  const signals: unknown[] = [];
  const stuck = {
    signal: async (signal: NodeJS.Signals | 0) => {
      signals.push(signal);
      return [7];
    },
  };
  expect(await terminate(stuck, { graceMs: 20, patienceMs: 100 })).toEqual([7]);
  expect(signals[0]).toBe('SIGTERM');
  expect(signals.at(-1)).toBe('SIGKILL');
});
