import { describe, expect, test } from 'vitest';
import {
  kindOf,
  namedConfiguration,
  nativeConfiguration,
  nodeConfiguration,
  pythonConfiguration,
} from '../../../../src/core/debug/debugConfiguration.ts';
import { rewriteSources } from '../../../../src/core/debug/rewriteSources.ts';

const cwd = '/w/runs/07-try-1';
const env = { MULTIRUN_RUN: '7' };
const command = (...argv: string[]) => ({ argv, cwd, env });

test.each([
  [['python3', 'a.py'], 'python'],
  [['/opt/venv/bin/python3.11', 'a.py'], 'python'],
  [['C:\\Python\\python.exe', 'a.py'], 'python'],
  [['node', 'a.js'], 'node'],
  [['tsx', 'a.ts'], 'node'],
  [['./solver'], undefined],
  [['bash', 'a.sh'], undefined],
])('%j is a program of %s', (argv, kind) => {
  expect(kindOf(argv)).toBe(kind);
});

describe('Python is debugged', () => {
  test.each([
    [['python3', 'a.py', '--dt', '0.1'], { pythonArgs: [], program: `${cwd}/a.py`, args: ['--dt', '0.1'] }],
    [
      ['python3', '-u', '-X', 'dev', '/lib/a.py'],
      { pythonArgs: ['-u', '-X', 'dev'], program: '/lib/a.py', args: [] },
    ],
    [
      ['python3', '-m', 'solver.main', '-m', 'x'],
      { pythonArgs: [], module: 'solver.main', args: ['-m', 'x'] },
    ],
  ])('%j', (argv, expected) => {
    const { type, request, python, console: where, ...rest } = pythonConfiguration(command(...argv));
    expect([type, request, python, where]).toEqual(['debugpy', 'launch', 'python3', 'internalConsole']);
    expect(rest).toEqual({ ...expected, cwd, env });
  });

  test('only where there is a file or a module', () => {
    for (const argv of [['python3'], ['python3', '-c', 'print(1)'], ['python3', '-']])
      expect(() => pythonConfiguration(command(...argv))).toThrow(RangeError);
  });
});

describe('Node is debugged', () => {
  test.each([
    [
      ['node', 'a.mjs', '7'],
      { runtimeExecutable: 'node', runtimeArgs: [], program: `${cwd}/a.mjs`, args: ['7'] },
    ],
    [
      ['./bin/node', '--require', 'x', '--trace-warnings', 'a.js'],
      {
        runtimeExecutable: `${cwd}/bin/node`,
        runtimeArgs: ['--require', 'x', '--trace-warnings'],
        program: `${cwd}/a.js`,
        args: [],
      },
    ],
  ])('%j', (argv, expected) => {
    expect(nodeConfiguration(command(...argv))).toMatchObject({ type: 'node', cwd, env, ...expected });
  });

  test('only where there is a file', () => {
    expect(() => nodeConfiguration(command('node', '--version'))).toThrow(RangeError);
  });
});

test('compiled programs are debugged with either debugger, each with the environment as it wants it', () => {
  const run = command('./solver', '--dt', '0.1');
  expect(nativeConfiguration(run, `${cwd}/solver`, 'lldb')).toMatchObject({ args: ['--dt', '0.1'], env });
  expect(nativeConfiguration(run, `${cwd}/solver`, 'cppdbg')).toMatchObject({
    environment: [{ name: 'MULTIRUN_RUN', value: '7' }],
  });
});

describe('a launch configuration that the sweep file names', () => {
  const named = {
    name: 'Python: lander',
    type: 'debugpy',
    request: 'launch',
    justMyCode: false,
    program: 'x.py',
    env: { A: '1' },
  };

  test('keeps what is its own, and gets the run’s program, arguments, directory and environment', () => {
    const run = command('python3', 'a.py', '7');
    expect(namedConfiguration(named, pythonConfiguration(run), run)).toMatchObject({
      name: 'Python: lander',
      justMyCode: false,
      program: `${cwd}/a.py`,
      args: ['7'],
      cwd,
      env: { A: '1', MULTIRUN_RUN: '7' },
    });
  });

  test('may be for a program that nothing is known of', () => {
    const run = command('./wrapper', 'a');
    expect(namedConfiguration({ ...named, type: 'my-debugger' }, undefined, run)).toMatchObject({
      program: `${cwd}/wrapper`,
      args: ['a'],
    });
  });

  test('is left alone where it attaches', () => {
    const attach = { type: 'node', request: 'attach', port: 9229 };
    expect(namedConfiguration(attach, undefined, command('x'))).toEqual(attach);
  });
});

test('the paths of sources are replaced wherever a debugger’s message has them', () => {
  const message = {
    type: 'response',
    body: {
      stackFrames: [{ name: 'solve', source: { name: 'runs/07/a.py', path: '/copy/a.py' }, line: 3 }],
      breakpoints: [{ source: { path: '/other/b.py' } }],
      sources: [{ path: '/copy/c.py' }],
      output: { path: '/copy/not-a-source' },
    },
  };
  rewriteSources(message, (path) => path.replace('/copy/', '/mine/'));
  expect(message.body).toEqual({
    stackFrames: [{ name: 'solve', source: { name: 'a.py', path: '/mine/a.py' }, line: 3 }],
    breakpoints: [{ source: { path: '/other/b.py' } }],
    sources: [{ path: '/mine/c.py' }],
    output: { path: '/copy/not-a-source' },
  });
});
