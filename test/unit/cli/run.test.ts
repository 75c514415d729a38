import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { openSweep } from '../../../src/core/sweepDirectory/readSweep.ts';
import { controlledCommand } from '../../rig/controlledCommand.ts';
import { temporaryDirectory } from '../../rig/temporaryDirectory.ts';
import { inTerminal, runCli, startCli } from './cli.ts';

vi.setConfig({ testTimeout: 60_000 });

/** A directory with a sweep file of this command; it takes one parameter, `x`. */
async function sweepIn(cmd: readonly string[], values: readonly unknown[], more = '') {
  const directory = await temporaryDirectory();
  const file = directory.at('a.sweep.yaml');
  writeFileSync(file, `cmd: ${JSON.stringify(cmd)}\nparameters: {x: ${JSON.stringify(values)}}\n${more}`);
  return { ...directory, file, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}

/** Durations differ from time to time. */
function withoutTimes(text: string): string {
  return text.replaceAll(/\d+(\.\d+)?m?s\b/g, '<time>').replaceAll(/, \d+:\d\d left/g, '');
}

describe('multirun run', () => {
  test('runs everything, says where, and exits with 0', async () => {
    await using sweep = await sweepIn(['echo', '${x}'], [1, 2]);
    const { exitCode, stdout, stderr } = await runCli(['run', sweep.file, '--output', 'out'], {
      cwd: sweep.path,
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(withoutTimes(stdout)).toContain(`a: 2 runs, at most 4 at a time, in ${sweep.at('out')}\n`);
    expect(withoutTimes(stdout)).toContain(
      `a: 2 of 2 runs done\na: 2 runs in <time>: 2 succeeded\n  ${sweep.at('out')}\n`,
    );
    expect(readFileSync(sweep.at('out', 'runs', '1', 'stdout.log'), 'utf8')).toBe('2\n');
  });

  test('puts a sweep that names no directory beside its file, under the time', async () => {
    await using sweep = await sweepIn(['true'], [1]);
    const { exitCode } = await runCli(['run', sweep.file]);
    expect(exitCode).toBe(0);
    expect(existsSync(sweep.at('multirun', 'a'))).toBe(true);
  });

  test('names each failed run, its parameters and the end of its stderr, and exits with 1', async () => {
    const script =
      'test $1 = good || { printf "one\\ntwo\\nthree\\nfour\\nfive\\n\\033[31msix\\033[0m\\r\\n10%%\\r99%%\\007\\n" >&2; exit 3; }';
    await using sweep = await sweepIn(['sh', '-c', script, 'sh', '${x}'], ['good', 'bad\u001B[2J']);
    const { exitCode, stdout } = await runCli(['run', sweep.file, '-o', 'out'], { cwd: sweep.path });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('a: run 1 failed: exit code 3\n');
    expect(withoutTimes(stdout)).toContain(`
Run 1 failed: exit code 3 (x=bad)
  | three
  | four
  | five
  | six
  | 99%
  ${sweep.at('out', 'runs', '1')}

a: 2 runs in <time>: 1 succeeded, 1 failed
  ${sweep.at('out')}
`);
    expect(stdout).not.toContain('\u001B');
    expect(stdout).not.toContain('\u0007');
  });

  test('keeps its summary short where very many fail', async () => {
    await using sweep = await sweepIn(
      ['false'],
      Array.from({ length: 42 }, (_, index) => index),
      'breaker: false\n',
    );
    const { stdout } = await runCli(['run', sweep.file, '-o', 'out'], { cwd: sweep.path });
    expect(stdout.match(/^Run \d\d failed/gm)).toHaveLength(10);
    expect(stdout).toContain(`… and 32 more failed; multirun status ${sweep.at('out')} lists them.\n`);
    expect(stdout.match(/^a: run \d\d failed/gm)).toHaveLength(20);
    expect(stdout).toContain('a: further failures are only counted\n');
  });

  test('stops where the first runs all fail in the same way and nobody can be asked', async () => {
    await using sweep = await sweepIn(
      ['false'],
      Array.from({ length: 42 }, (_, index) => index),
      'breaker: 3\nrunner: {max_parallel: 1}\n',
    );
    const { exitCode, stdout, stderr } = await runCli(['run', sweep.file]);
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      'multirun: the first 3 runs all failed: exit code 1. Nothing more is started, since nobody can be asked; "breaker: false" in the sweep file would go on.\n',
    );
    expect(stdout).toContain('3 failed, 39 pending\n');
  });

  test.each([
    ['c', '4 failed', 1],
    ['s', '2 failed, 2 pending', 1],
  ])('asks in a terminal what to do then: %s', async (answer, counts, code) => {
    await using sweep = await sweepIn(
      ['sh', '-c', 'echo the reason >&2; exit 3'],
      [1, 2, 3, 4],
      'breaker: 2\nrunner: {max_parallel: 1}\n',
    );
    const { exitCode, output } = await inTerminal(['run', sweep.file], sweep.path, answer, '[c] continue');
    expect(output).toContain('Paused: the first 2 runs all failed: exit code 3.');
    expect(output).toContain(counts);
    expect(exitCode).toBe(code);
  });

  test('is good when it halts after as many successes as were wanted', async () => {
    await using sweep = await sweepIn(
      ['true'],
      [1, 2, 3, 4],
      'halt: soon,success=1\nrunner: {max_parallel: 1}\n',
    );
    const { exitCode, stdout } = await runCli(['run', sweep.file]);
    expect(stdout).toContain('1 succeeded, 3 pending');
    expect(exitCode).toBe(0);
  });

  test('prints a line for each tenth, not for each run', async () => {
    await using sweep = await sweepIn(
      ['true'],
      Array.from({ length: 300 }, (_, index) => index),
    );
    const { stdout } = await runCli(['run', sweep.file, '-j', '8'], { cwd: sweep.path });
    const lines = stdout.match(/^a: \d+ of 300 runs done/gm) ?? [];
    expect(lines.length).toBeLessThanOrEqual(10);
    expect(lines.at(-1)).toBe('a: 300 of 300 runs done');
  });

  test('takes --max-parallel before what the file says', async () => {
    await using program = await controlledCommand();
    await using sweep = await sweepIn([...program.cmd, '${x}'], [1, 2, 3], 'runner: {max_parallel: 1}\n');
    const cli = startCli(['run', sweep.file, '--max-parallel', '2']);
    const first = await program.next();
    const second = await program.next();
    expect(program.count).toBe(2);
    first.exit(0);
    second.exit(0);
    (await program.next()).exit(0);
    expect((await cli.ended).stdout).toContain('a: 3 runs, at most 2 at a time');
  });

  test('starts nothing where the sweep file is wrong, shows where, and exits with 2', async () => {
    await using directory = await temporaryDirectory();
    writeFileSync(
      directory.at('bad.yaml'),
      'cmd: [echo, "${mas}"]\nparameters: {mass: [1]}\ninput_files: [none.csv]\ntimeout: 0\n',
    );
    const { exitCode, stdout, stderr } = await runCli(['run', 'bad.yaml'], { cwd: directory.path });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(
      stderr,
    ).toBe(`bad.yaml:1:14: error: "\${mas}" names no parameter; did you mean "mass"? [unknown-parameter]
  1 | cmd: [echo, "\${mas}"]
    |              ~~~~~~
bad.yaml:3:15: error: the input file "none.csv" does not exist in ${directory.path} [missing-input]
  3 | input_files: [none.csv]
    |               ~~~~~~~~
bad.yaml:4:10: error: timeout: a timeout is longer than zero; leave it out for runs without limit [invalid-value]
  4 | timeout: 0
    |          ~
bad.yaml has 3 errors; nothing was started.
`);
    expect(existsSync(directory.at('multirun'))).toBe(false);
  });

  test('shows the first of very many problems', async () => {
    await using directory = await temporaryDirectory();
    writeFileSync(
      directory.at('bad.yaml'),
      Array.from({ length: 50 }, (_, index) => `key${index}: 1\n`).join(''),
    );
    const { stderr } = await runCli(['run', 'bad.yaml'], { cwd: directory.path });
    expect(stderr.match(/ error: /g)).toHaveLength(20);
    expect(stderr).toMatch(/… and \d+ more problems\nbad\.yaml has \d+ errors; nothing was started\.\n$/);
  });

  test('refuses a directory that exists, and a file that does not, with 2', async () => {
    await using sweep = await sweepIn(['true'], [1]);
    const taken = await runCli(['run', sweep.file, '-o', '.'], { cwd: sweep.path });
    expect(taken).toMatchObject({ exitCode: 2, stdout: '' });
    expect(taken.stderr).toContain(`multirun: ${sweep.path} exists already`);
    const none = await runCli(['run', 'none.yaml'], { cwd: sweep.path });
    expect(none).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'multirun: cannot read the sweep file none.yaml: there is no such file\n',
    });
    const directory = await runCli(['run', '.'], { cwd: sweep.path });
    expect(directory.stderr).toBe(
      'multirun: cannot read the sweep file .: it is a directory; name the sweep file in it\n',
    );
  });

  describe('with more than 10,000 runs', () => {
    const many = 'cmd: ["true"]\nparameters: {x: {min: 1, max: 10001}}\n';

    test('starts nothing where nobody can be asked, and says what to add', async () => {
      await using directory = await temporaryDirectory();
      writeFileSync(directory.at('many.yaml'), many);
      const cwd = directory.path;
      expect(await runCli(['run', 'many.yaml', '-o', 'out'], { cwd })).toEqual({
        exitCode: 2,
        stdout: '',
        stderr: 'multirun: many.yaml plans 10,001 runs; nothing was started. To start so many, add --yes.\n',
      });
      expect(existsSync(directory.at('out'))).toBe(false);
      mkdirSync(directory.at('out'));
      const { stderr } = await runCli(['run', 'many.yaml', '-o', 'out', '--yes'], { cwd });
      expect(stderr).toContain('exists already');
    });

    test.each([
      ['y\n', 'exists already'],
      ['n\n', '[y/N]'],
      ['\n', '[y/N]'],
      ['\x03', '[y/N]'],
    ])('asks in a terminal: %j', async (answer, said) => {
      await using directory = await temporaryDirectory();
      writeFileSync(directory.at('many.yaml'), many);
      mkdirSync(directory.at('out'));
      const { exitCode, output } = await inTerminal(
        ['run', 'many.yaml', '-o', 'out'],
        directory.path,
        answer,
      );
      expect(output).toContain(
        'many.yaml plans 10,001 runs, each with a directory of its own. Start them? [y/N]',
      );
      expect(output).toContain(said);
      expect(output.includes('exists already')).toBe(answer === 'y\n');
      expect(exitCode).toBe(2);
    });
  });

  test('refuses a plan that no disk could hold', async () => {
    await using directory = await temporaryDirectory();
    const tens = '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]';
    writeFileSync(
      directory.at('big.yaml'),
      `cmd: [a]\nparameters:\n${[...'abcdefghijkl'].map((name) => `  ${name}: ${tens}\n`).join('')}`,
    );
    const { exitCode, stderr } = await runCli(['run', 'big.yaml', '--yes'], { cwd: directory.path });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('big.yaml plans 1000000000000 runs');
  });
});

describe('Ctrl-C', () => {
  test('once starts nothing more, lets running runs finish, and ends with 130', async () => {
    await using program = await controlledCommand();
    await using sweep = await sweepIn([...program.cmd, '${x}'], [1, 2, 3, 4]);
    const cli = startCli(['run', sweep.file, '-j', '2', '-o', 'out'], { cwd: sweep.path });
    const running = [await program.next(), await program.next()];
    cli.child.kill('SIGINT');
    await cli.said('Nothing more is started. Running runs finish; Ctrl-C again terminates them.');
    for (const run of running) run.exit(0);
    const { exitCode, stdout } = await cli.ended;
    expect(exitCode).toBe(130);
    expect(program.count).toBe(2);
    expect(stdout).toContain('2 succeeded, 2 pending');
    const { state, live } = await openSweep(sweep.at('out'));
    expect({ counts: state.counts, phase: state.phase, live }).toMatchObject({
      counts: { success: 2, pending: 2 },
      phase: 'closed',
      live: false,
    });
  });

  test('twice terminates what runs', async () => {
    await using program = await controlledCommand();
    await using sweep = await sweepIn([...program.cmd, '${x}'], [1, 2, 3]);
    const cli = startCli(['run', sweep.file, '-j', '2', '-o', 'out'], { cwd: sweep.path });
    const running = [await program.next(), await program.next()];
    cli.child.kill('SIGINT');
    await cli.said('Ctrl-C again');
    cli.child.kill('SIGINT');
    await Promise.all(running.map(({ gone }) => gone));
    const { exitCode, stdout, stderr } = await cli.ended;
    expect(exitCode).toBe(130);
    expect(stderr).toContain('running runs are being terminated.');
    expect(stdout).toContain('\nCancelled: 0, 1\n');
    expect(stdout).toContain('2 failed, 1 pending');
    expect((await openSweep(sweep.at('out'))).state.counts).toMatchObject({ failure: 2, pending: 1 });
  });

  test('is SIGTERM at once', async () => {
    await using program = await controlledCommand();
    await using sweep = await sweepIn([...program.cmd, '${x}'], [1, 2]);
    const cli = startCli(['run', sweep.file, '-j', '1'], { cwd: sweep.path });
    const running = await program.next();
    cli.child.kill('SIGTERM');
    await running.gone;
    const { exitCode, stdout } = await cli.ended;
    expect(exitCode).toBe(130);
    expect(stdout).toContain('1 failed, 1 pending');
  });
});

test('a reader that goes away does not end the sweep', async () => {
  await using program = await controlledCommand();
  await using sweep = await sweepIn([...program.cmd, '${x}'], [1, 2]);
  const cli = startCli(['run', sweep.file, '-j', '1', '-o', 'out'], { cwd: sweep.path });
  const first = await program.next();
  cli.child.stdout?.destroy();
  first.exit(0);
  (await program.next()).exit(0);
  expect((await cli.ended).exitCode).toBe(0);
  expect((await openSweep(sweep.at('out'))).state.counts.success).toBe(2);
});
