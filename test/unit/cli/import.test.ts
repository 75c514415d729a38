import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { temporaryDirectory } from '../../rig/temporaryDirectory.ts';
import { runCli } from './cli.ts';

vi.setConfig({ testTimeout: 60_000 });

const show = 'import sys\nprint(" ".join(sys.argv[1:]))\n';

/** Runs a sweep file; resolves to what each run printed. */
async function printed(
  directory: { readonly path: string; at(...parts: string[]): string },
  file: string,
  runs: number,
) {
  const { exitCode, stdout, stderr } = await runCli(['run', file, '-o', 'out'], { cwd: directory.path });
  expect(`${stdout}${stderr}${exitCode}`).toMatch(/0$/);
  return Array.from({ length: runs }, (_, run) =>
    readFileSync(directory.at('out', 'runs', String(run), 'stdout.log'), 'utf8').trimEnd(),
  );
}

describe('multirun import hydra', () => {
  test('makes a sweep file that runs the program beside it with the same overrides', async () => {
    await using directory = await temporaryDirectory();
    writeFileSync(directory.at('train.py'), show);
    const imported = await runCli(
      [
        'import',
        'hydra',
        '--output',
        'a.sweep.yaml',
        'python3',
        'train.py',
        '--multirun',
        '-cn',
        'conf',
        'db=a,b',
        'x=range(0,4,2)',
        "note='a,b'",
      ],
      { cwd: directory.path },
    );
    expect(imported).toEqual({ exitCode: 0, stdout: '', stderr: 'multirun: a.sweep.yaml: 4 runs\n' });
    expect(readFileSync(directory.at('a.sweep.yaml'), 'utf8')).toBe(`# Imported by "multirun import" from:
#   python3 train.py --multirun -cn conf db=a,b 'x=range(0,4,2)' 'note='\\''a,b'\\'''
program: train.py
command: [python3, "\${program}", -cn, conf, "db=\${db}", "x=\${x}", "note='a,b'"]
parameters: {db: [a, b], x: [0, 2]}
`);
    expect(await printed(directory, 'a.sweep.yaml', 4)).toEqual(
      ['a 0', 'a 2', 'b 0', 'b 2'].map((pair) => pair.replace(/(.) (.)/, "-cn conf db=$1 x=$2 note='a,b'")),
    );
  });

  test('takes a whole line in quotes, and the options of a config group', async () => {
    await using directory = await temporaryDirectory();
    mkdirSync(directory.at('conf', 'db'), { recursive: true });
    for (const name of ['mysql.yaml', 'sqlite.yml', 'notes.txt'])
      writeFileSync(directory.at('conf', 'db', name), '');
    const { stdout, stderr } = await runCli(
      ['import', 'hydra', '--config-dir', 'conf', '--command', 'python3 app.py', "db=glob(*) x='a b',c"],
      { cwd: directory.path },
    );
    expect(stderr).toBe('');
    expect(stdout).toContain(
      'cmd: [python3, app.py, "db=${db}", "x=${x}"]\nparameters: {db: [mysql, sqlite], x: [a b, c]}\n',
    );
  });

  test('takes the multirun.yaml that Hydra wrote, and finds the program that it ran', async () => {
    await using directory = await temporaryDirectory();
    mkdirSync(directory.at('project'));
    writeFileSync(directory.at('project', 'my_app.py'), show);
    writeFileSync(
      directory.at('multirun.yaml'),
      `hydra:
  sweeper: {_target_: hydra._internal.core_plugins.basic_sweeper.BasicSweeper, max_batch_size: null, params: {db: 'a,b', seed: 'range(0,2)'}}
  launcher: {n_jobs: 3}
  overrides:
    hydra: [hydra.mode=MULTIRUN]
    task: ['db=x,y', '+extra=1']
  job: {name: my_app, id: ???}
  runtime: {cwd: ${directory.at('project')}}
db: {driver: mysql}
`,
    );
    const { stderr } = await runCli(['import', 'hydra', '-o', 'a.sweep.yaml', 'multirun.yaml'], {
      cwd: directory.path,
    });
    expect(stderr).toBe('multirun: a.sweep.yaml: 4 runs\n');
    expect(readFileSync(directory.at('a.sweep.yaml'), 'utf8')).toBe(`# Imported by "multirun import" from:
#   multirun.yaml
cmd:
  - python
  - ${directory.at('project', 'my_app.py')}
  - db=\${db}
  - seed=\${seed}
  - +extra=1
parameters: {db: [x, y], seed: [0, 1]}
runner: {max_parallel: 3}
`);
  });

  test('takes a configuration with hydra.sweeper.params', async () => {
    await using directory = await temporaryDirectory();
    writeFileSync(
      directory.at('config.yaml'),
      'defaults:\n  - override hydra/sweeper: optuna\nhydra:\n  sweeper:\n    n_trials: 50\n    sampler: {seed: 123}\n    params:\n      x: interval(-5.5, 5.5)\n      y: choice(-5, 0, 5)\n      z: 3\nx: 1\n',
    );
    const { stdout } = await runCli(['import', 'hydra', '--command', 'python3 quadratic.py', 'config.yaml'], {
      cwd: directory.path,
    });
    expect(stdout).toContain(`cmd: [python3, quadratic.py, "x=\${x}", "y=\${y}", z=3]
method: random
samples: 50
parameters: {x: {distribution: uniform, min: -5.5, max: 5.5}, y: [-5, 0, 5]}
seed: 123
`);
  });
});

describe('multirun import parallel', () => {
  test('makes a sweep file that runs the same jobs', async () => {
    await using directory = await temporaryDirectory();
    writeFileSync(directory.at('show.py'), show);
    writeFileSync(directory.at('conf.json'), '{}');
    const line = [
      'parallel',
      '-j2',
      'python3',
      'show.py',
      '--config',
      'conf.json',
      '{2}',
      '{1}',
      ':::',
      'a',
      'b',
      ':::+',
      '1',
      '2',
      ':::',
      'x',
      'y z',
    ];
    const imported = await runCli(['import', 'parallel', '-o', 'a.sweep.yaml', ...line], {
      cwd: directory.path,
    });
    expect(imported).toMatchObject({ exitCode: 0, stderr: 'multirun: a.sweep.yaml: 4 runs\n' });
    expect(readFileSync(directory.at('a.sweep.yaml'), 'utf8')).toContain(
      'input_files: [conf.json]\nrunner: {max_parallel: 2}\n',
    );
    expect(await printed(directory, 'a.sweep.yaml', 4)).toEqual(
      ['1 a', '1 a', '2 b', '2 b'].map((pair) => `--config conf.json ${pair}`),
    );
  });

  test('names what the sweep file finds from where it stands', async () => {
    await using directory = await temporaryDirectory();
    mkdirSync(directory.at('sweeps'));
    writeFileSync(directory.at('show.py'), show);
    writeFileSync(directory.at('list.txt'), 'one\ntwo words\n');
    await runCli(
      ['import', 'parallel', '-o', 'sweeps/a.sweep.yaml', 'parallel python3 show.py "{}" :::: list.txt'],
      { cwd: directory.path },
    );
    expect(readFileSync(directory.at('sweeps', 'a.sweep.yaml'), 'utf8')).toContain('program: ../show.py\n');
    expect(await printed(directory, 'sweeps/a.sweep.yaml', 2)).toEqual(['one', 'two words']);
  });
});

test.each<[string[], string]>([
  [['import', 'parallel', '-o', 'taken.yaml', 'echo', ':::', 'a'], 'taken.yaml exists already'],
  [['import', 'parallel', '-o', 'no/where.yaml', 'echo', ':::', 'a'], 'no such file or directory'],
  [['import', 'parallel', 'echo', '::::', 'gone.txt'], 'cannot read gone.txt'],
  [['import', 'parallel', 'echo {} ::: {1..3}'], 'what only a shell expands'],
  [['import', 'hydra', 'x=3'], 'no override has several values'],
  [['import', 'hydra', 'taken.yaml'], 'taken.yaml names nothing to vary'],
])('%j is refused with 2', async (args, message) => {
  await using directory = await temporaryDirectory();
  writeFileSync(directory.at('taken.yaml'), 'mine: 1\n');
  const { exitCode, stdout, stderr } = await runCli(args, { cwd: directory.path });
  expect(stderr).toContain(message);
  expect(stdout).toBe('');
  expect(exitCode).toBe(2);
  expect(readFileSync(directory.at('taken.yaml'), 'utf8')).toBe('mine: 1\n');
});
