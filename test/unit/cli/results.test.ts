import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { runAt } from '../../../src/core/runTable.ts';
import { openSweep } from '../../../src/core/sweepDirectory/readSweep.ts';
import { readExit } from '../../../src/core/sweepDirectory/recover.ts';
import { takeUpSweep } from '../../../src/core/takeUp.ts';
import { controlledCommand } from '../../rig/controlledCommand.ts';
import { temporaryDirectory } from '../../rig/temporaryDirectory.ts';
import { runCli, startCli } from './cli.ts';

vi.setConfig({ testTimeout: 60_000 });

const costSweep = `cmd: [sh, -c, 'test $1 = 2 || echo "cost: $1"', sh, "\${x}"]
parameters: {x: [3, 1, 2]}
results: {stdout: {cost: 'cost: (\\d+)'}}
metric: {name: cost, goal: minimize}
`;

test('the summary and the status name the best run, and each run whose results are missing', async () => {
  await using directory = await temporaryDirectory();
  writeFileSync(directory.at('a.sweep.yaml'), costSweep);
  const { stdout, exitCode } = await runCli(['run', 'a.sweep.yaml', '-o', 'out'], { cwd: directory.path });
  expect(exitCode).toBe(0);
  const lines = [
    'Run 2 lacks results: stdout.log has no match for "cost: (\\\\d+)", the result "cost"; there is no number "cost", the metric',
    'Best: run 1, cost = 1 (x=1)',
  ];
  for (const line of lines) expect(stdout.split('\n')).toContain(line);
  const status = await runCli(['status', 'out'], { cwd: directory.path });
  for (const line of lines) expect(status.stdout.split('\n')).toContain(line);
  const data = JSON.parse((await runCli(['status', 'out', '--json'], { cwd: directory.path })).stdout);
  expect(data).toMatchObject({
    metric: { name: 'cost', goal: 'minimize' },
    best: { run: 1, value: 1, params: { x: 1 }, directory: directory.at('out', 'runs', '1') },
    incomplete: [{ run: 2, problems: [expect.any(String), expect.any(String)] }],
  });
});

test('the plan shows a whole command, without what variables of the environment hold', async () => {
  await using directory = await temporaryDirectory();
  writeFileSync(directory.at('train.py'), '');
  writeFileSync(
    directory.at('a.sweep.yaml'),
    'program: train.py\ninterpreter: python3\ncommand: ["${interpreter}", "${program}", "${args}", "--key=${envvar:SECRET}", "${args_json_file}"]\nparameters: {lr: [0.00001], amp: [true]}\n',
  );
  const { stdout } = await runCli(['plan', 'a.sweep.yaml'], { cwd: directory.path, env: { SECRET: 'hush' } });
  expect(stdout.split('\n')[1]).toBe(
    `Run 0: python3 ${directory.at('train.py')} --lr=1e-05 --amp=True '--key=$SECRET' params.json`,
  );
});

test('what a run left after its writer was killed is read all the same, and collected when the sweep is taken up', async () => {
  await using directory = await temporaryDirectory();
  await using program = await controlledCommand();
  writeFileSync(
    directory.at('a.sweep.yaml'),
    `cmd: ${JSON.stringify(program.cmd)}\nparameters: {x: [1, 2]}\nresults: {stdout: {cost: 'cost: (.*)'}, exit_code: [3]}\nmetric: {name: cost}\n`,
  );
  const out = directory.at('out');
  const cli = startCli(['run', 'a.sweep.yaml', '-j', '1', '-o', out], { cwd: directory.path });
  const first = await program.next();
  const view = await openSweep(out);
  const isRunning = async () => {
    await view.refresh();
    return view.state.counts.running === 1;
  };
  await vi.waitUntil(isRunning, {
    timeout: 30_000,
  });
  cli.child.kill('SIGKILL');
  await once(cli.child, 'exit');
  await first.print('stdout', 'cost: 2.5\n');
  first.exit(3);
  await vi.waitUntil(async () => (await readExit(first.cwd)) !== undefined, { timeout: 30_000 });
  await view.refresh();
  expect(view.state.counts).toMatchObject({ success: 1, pending: 1 });
  expect(await view.results(0)).toEqual({ cost: 2.5, exit_code: 3 });
  expect(existsSync(`${first.cwd}/results.json`)).toBe(false);

  const again = await takeUpSweep(out, { kind: 'rerun', runs: [1] });
  const second = await program.next();
  expect(JSON.parse(readFileSync(`${first.cwd}/results.json`, 'utf8'))).toEqual({ cost: 2.5, exit_code: 3 });
  second.exit(0);
  await again.finished;
  await view.refresh();
  expect([0, 1].map((run) => runAt(view.state.runs, run))).toMatchObject([
    { status: 'success', metric: 2.5 },
    { status: 'success', problems: [expect.any(String), expect.any(String)] },
  ]);
});
