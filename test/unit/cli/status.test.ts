import { writeFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { controlledCommand } from '../../rig/controlledCommand.ts';
import { temporaryDirectory } from '../../rig/temporaryDirectory.ts';
import { runCli, startCli } from './cli.ts';

vi.setConfig({ testTimeout: 60_000 });

test('the status follows a sweep from running to interrupted or finished, in words and as data', async () => {
  await using program = await controlledCommand();
  await using directory = await temporaryDirectory();
  writeFileSync(
    directory.at('a.sweep.yaml'),
    `cmd: ${JSON.stringify([...program.cmd, '${x}'])}\nparameters: {x: [5, 6, 7], y: [1]}\n`,
  );
  const out = directory.at('out');
  const status = async (...args: string[]) => (await runCli(['status', out, ...args])).stdout;

  const cli = startCli(['run', 'a.sweep.yaml', '-j', '1', '-o', out], { cwd: directory.path });
  const first = await program.next();
  await first.print('stderr', 'oops');
  first.exit(3);
  const second = await program.next();
  expect(await status()).toMatch(
    /^a: running; 3 runs: 1 failed, 1 running, 1 pending\n {2}created .*, running for .*\n/,
  );
  expect(JSON.parse(await status('--json'))).toMatchObject({
    name: 'a',
    directory: out,
    phase: 'running',
    total: 3,
    counts: { success: 0, failure: 1, running: 1, pending: 1, skipped: 0 },
    closedAt: null,
    running: [
      {
        run: 1,
        params: { x: 6, y: 1 },
        directory: directory.at('out', 'runs', '1'),
        pid: expect.any(Number),
      },
    ],
    failed: [
      { run: 0, params: { x: 5, y: 1 }, message: 'exit code 3', failure: { reason: 'exit-code', code: 3 } },
    ],
    problems: [],
  });

  cli.child.kill('SIGINT');
  await cli.said('Nothing more is started');
  second.exit(0);
  expect((await cli.ended).exitCode).toBe(130);
  expect(await status()).toMatch(
    /^a: interrupted; 3 runs: 1 succeeded, 1 failed, 1 pending\n {2}created .*, took .*\n {2}.*\nRun 0 failed: exit code 3 \(x=5\)\n$/,
  );

  writeFileSync(directory.at('b.sweep.yaml'), 'cmd: ["true"]\nparameters: {x: [1]}\n');
  await runCli(['run', 'b.sweep.yaml', '-o', 'b'], { cwd: directory.path });
  expect((await runCli(['status', 'b'], { cwd: directory.path })).stdout).toMatch(
    /^b: finished; 1 run: 1 succeeded\n/,
  );
});

test('what is no sweep directory is refused with 2', async () => {
  await using directory = await temporaryDirectory();
  const { exitCode, stdout, stderr } = await runCli(['status', directory.path]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(`multirun: ${directory.path} is not a sweep directory`);
});
