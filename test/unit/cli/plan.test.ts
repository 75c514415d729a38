import { existsSync, writeFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { temporaryDirectory } from '../../rig/temporaryDirectory.ts';
import { runCli, startCli } from './cli.ts';

vi.setConfig({ testTimeout: 60_000 });

async function fileWith(text: string) {
  const directory = await temporaryDirectory();
  writeFileSync(directory.at('lander.sweep.yaml'), text);
  return directory;
}

const lander =
  'cmd: [python3, lander.py, "--mass=${mass} t", "${terrain}"]\nparameters: {mass: [900, 1000], terrain: [mare, "安全な 高原", [1, 2]]}\n';

test('the plan is a table, and nothing is started', async () => {
  await using directory = await fileWith(lander);
  const { exitCode, stdout, stderr } = await runCli(['plan', 'lander.sweep.yaml'], { cwd: directory.path });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toBe(`lander: 6 runs, grid of 2 parameters; at most 4 at a time
Run 0: python3 lander.py '--mass=900 t' mare

run  mass  terrain
  0   900  mare
  1   900  安全な 高原
  2   900  [1,2]
  3  1000  mare
  4  1000  安全な 高原
  5  1000  [1,2]
`);
  expect(existsSync(directory.at('multirun'))).toBe(false);
});

test('a long plan is cut, and says so', async () => {
  await using directory = await fileWith(
    `cmd: [a]\nparameters: {x: ${JSON.stringify(Array.from({ length: 100 }, (_, i) => i))}, y: ["${'long '.repeat(20)}\\e[2J\\n"]}\n`,
  );
  const { stdout } = await runCli(['plan', 'lander.sweep.yaml'], { cwd: directory.path });
  expect(stdout.trimEnd().split('\n').slice(-2)).toEqual([
    ' 19  19  long long long long long long…',
    '… and 80 more; --limit 100 shows all',
  ]);
  const limited = await runCli(['plan', 'lander.sweep.yaml', '-n', '2'], { cwd: directory.path });
  expect(limited.stdout).toContain('… and 98 more; --limit 100 shows all\n');
});

test('runs of a list may have different parameters', async () => {
  await using directory = await fileWith('cmd: [a]\nruns: [{a: 1}, {b: x}]\n');
  const { stdout } = await runCli(['plan', 'lander.sweep.yaml'], { cwd: directory.path });
  expect(stdout).toBe(`lander: 2 runs, as listed; at most 4 at a time
Run 0: a

run  a  b
  0  1
  1     x
`);
});

test('--json prints each run as one line', async () => {
  await using directory = await fileWith(lander);
  const { stdout } = await runCli(['plan', 'lander.sweep.yaml', '--json'], { cwd: directory.path });
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toHaveLength(6);
  expect(lines[2]).toEqual({ run: 2, params: { mass: 900, terrain: [1, 2] } });
});

test('a plan of 10^12 runs is counted at once, and its lines end when their reader has seen enough', async () => {
  const tens = JSON.stringify([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  await using directory = await fileWith(
    `cmd: [a]\nparameters:\n${[...'abcdefghijkl'].map((name) => `  ${name}: ${tens}\n`).join('')}`,
  );
  const { stdout } = await runCli(['plan', 'lander.sweep.yaml', '-n', '1'], { cwd: directory.path });
  expect(stdout).toContain('lander: 1000000000000 runs, grid of 12 parameters');
  const endless = startCli(['plan', 'lander.sweep.yaml', '--json'], { cwd: directory.path });
  await endless.said('{"run":1000,');
  endless.child.stdout?.destroy();
  expect((await endless.ended).exitCode).toBe(0);
});

test('a wrong sweep file is not planned', async () => {
  await using directory = await fileWith('cmd: [a]\n');
  const { exitCode, stdout, stderr } = await runCli(['plan', 'lander.sweep.yaml', '--json'], {
    cwd: directory.path,
  });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain('lander.sweep.yaml:1:1: error: nothing to vary');
});

test.each([
  [['run']],
  [['run', 'a', 'b']],
  [['run', 'a', '--max-parallel', '0']],
  [['run', 'a', '--max-parallel', '1e3']],
  [['plan', 'a', '--limit', 'x']],
  [['plan', 'a', '--foo']],
  [['rnu', 'a']],
  [['status', '.']],
  [[]],
])('the command line %j is refused with 2', async (args) => {
  const { exitCode, stdout, stderr } = await runCli(args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).not.toBe('');
  expect(stderr).not.toMatch(/^ {4}at /m);
});

test.each([[['--help']], [['run', '--help']], [['plan', '-h']], [['status', '--help']]])(
  '%j explains with examples',
  async (args) => {
    const { exitCode, stdout, stderr } = await runCli(args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: multirun/);
    expect(stdout).toMatch(/\nExamples?:\n {2}\$ multirun/);
  },
);

test('--version prints the version', async () => {
  expect(await runCli(['--version'])).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    stderr: '',
  });
});
