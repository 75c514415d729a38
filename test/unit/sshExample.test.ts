import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { launchSweepFile } from '../../src/core/launch.ts';
import { loadSweepFile } from '../../src/core/loadSweepFile.ts';
import { loadRunnerModule } from '../../src/core/runnerModules.ts';
import { runAt } from '../../src/core/runTable.ts';
import { openSweep } from '../../src/core/sweepDirectory/readSweep.ts';
import { takeUpSweep } from '../../src/core/takeUp.ts';
import { controlledCommand } from '../rig/controlledCommand.ts';
import { temporaryDirectory } from '../rig/temporaryDirectory.ts';
import { runCli } from './cli/cli.ts';

vi.setConfig({ testTimeout: 60_000 });

const module = path.resolve(import.meta.dirname, '../../examples/ssh/ssh.mjs');
const hasParallel = spawnSync('parallel', ['--version']).status === 0;
if (!hasParallel) console.warn('skipped: the example ssh, since there is no GNU parallel on the PATH');

/**
 * GNU parallel calls it in place of ssh; it says in a file which host was meant, and runs the command on this machine. As with sshd,
 * a command always finds a SHELL: without one, parallel's wrapper runs nothing and ends with 0.
 */
const standIn = `#!/bin/sh
export SHELL=/bin/sh
[ "$1" = -l ] && shift 2
echo "$1" >>"$(dirname "$0")/hosts"
shift
[ "$1" = -- ] && shift
exec sh -c "$*"
`;

/** A folder with a sweep file for \`type: ssh\`, whose hosts are this machine by way of the stand-in. */
async function sweepOnHosts(cmd: readonly string[], values: readonly unknown[], hosts: readonly string[]) {
  const directory = await temporaryDirectory();
  onTestFinished(() => directory[Symbol.asyncDispose]());
  const ssh = directory.at('ssh');
  writeFileSync(ssh, standIn);
  chmodSync(ssh, 0o755);
  const file = directory.at('a.sweep.yaml');
  const runner = { type: 'ssh', hosts: hosts.map((host) => host.replace('ssh ', `${ssh} `)) };
  writeFileSync(file, JSON.stringify({ cmd, parameters: { x: { values } }, runner, breaker: false }));
  return {
    file,
    out: directory.at('out'),
    hosts: () => new Set(readFileSync(directory.at('hosts'), 'utf8').trim().split('\n')),
    launch: async () => {
      await loadRunnerModule(module);
      return launchSweepFile(await loadSweepFile(file), { outputPath: directory.at('out') });
    },
  };
}

describe.skipIf(!hasParallel)('the example ssh', () => {
  test('runs a sweep on its hosts, from the command line: each word byte for byte, logs, results and exit codes kept', async () => {
    const words = ['a b', "it's", '{} {.} {#}', '$HOME `id` \\', 'line\nbreak', 'über', '-n', '5'];
    const script =
      'printf %s "$1" >word; echo "{\\"done\\": true}" >"$MULTIRUN_RESULTS"; python3 -c "import multirun" && test "$1" != 5 || exit 5';
    const sweep = await sweepOnHosts(['sh', '-c', script, 'sh', '${x}'], words, [
      '2/ssh me@n1',
      'ssh n2 # last',
    ]);
    const { exitCode, stdout, stderr } = await runCli([
      'run',
      sweep.file,
      '--runner-module',
      module,
      '-o',
      sweep.out,
    ]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(stdout).toContain('a: 8 runs, at most 3 at a time');
    const view = await openSweep(sweep.out);
    words.forEach((word, run) => {
      expect(readFileSync(path.join(view.runDirectory(run), 'word'), 'utf8')).toBe(word);
    });
    expect(runAt(view.state.runs, 7)).toMatchObject({
      status: 'failure',
      failure: { reason: 'exit-code', code: 5 },
    });
    expect(view.state.counts).toMatchObject({ success: 7, failure: 1 });
    expect(await view.results(0)).toEqual({ done: true });
    expect(sweep.hosts()).toEqual(new Set(['n1', 'n2']));
    const nodes = readFileSync(path.join(sweep.out, 'journal.jsonl'), 'utf8').match(/(?<="node":")[^"]*/g);
    expect(new Set(nodes)).toEqual(new Set(['n1', 'n2']));
  });

  test('cancels a run and a sweep, and takes a sweep up that was left', async () => {
    await using program = await controlledCommand();
    const sweep = await sweepOnHosts([...program.cmd, '${x}'], [1, 2, 3], ['2/ssh n1']);
    const left = await sweep.launch();
    const first = [await program.next(), await program.next()];
    await left.leave();
    const handle = await takeUpSweep(sweep.out, { kind: 'take-up' });
    const [cancelled, kept] = first[0]?.env.MULTIRUN_RUN === '0' ? first : first.toReversed();
    handle.cancelRun(0);
    await cancelled?.gone;
    const third = await program.next();
    kept?.exit(0);
    await kept?.gone;
    third.exit(0);
    const { runs, counts } = await handle.finished;
    expect(runAt(runs, 0)).toMatchObject({ status: 'failure', failure: { reason: 'cancelled' } });
    expect(counts).toMatchObject({ success: 2, failure: 1 });
    expect(program.count).toBe(3);
  });

  test('says what is wrong with its options before anything is started', async () => {
    await loadRunnerModule(module);
    const refusal = async (more: object) => {
      const sweep = await sweepOnHosts(['true'], [1], []);
      writeFileSync(
        sweep.file,
        JSON.stringify({ cmd: ['true'], parameters: { x: [1] }, runner: { type: 'ssh', ...more } }),
      );
      return launchSweepFile(await loadSweepFile(sweep.file), { outputPath: sweep.out }).then(
        () => '',
        String,
      );
    };
    expect(await refusal({ host: 'a' })).toContain('runner.host: ssh has no such option');
    expect(await refusal({ hosts: ['# none'] })).toContain('there is no host; name some in runner.hosts');
    expect(await refusal({ sshloginfile: '/nowhere/hosts' })).toContain('runner.sshloginfile cannot be read');
  });
});
