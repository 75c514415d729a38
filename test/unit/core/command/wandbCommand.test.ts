import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { resolveCommand } from '../../../../src/core/command/resolveCommand.ts';
import { launchSweepFile } from '../../../../src/core/launch.ts';
import { loadSweepFile } from '../../../../src/core/loadSweepFile.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';

/** Runs a sweep file with these files beside it; resolves to what each run printed, by lines. */
async function outputOf(text: string, files: Readonly<Record<string, string>>, env?: Record<string, string>) {
  await using directory = await temporaryDirectory();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(directory.at(name, '..'), { recursive: true });
    writeFileSync(directory.at(name), content);
    if (content.startsWith('#!')) chmodSync(directory.at(name), 0o755);
  }
  writeFileSync(directory.at('sweep.yaml'), text);
  const loaded = await loadSweepFile(directory.at('sweep.yaml'));
  const problems = loaded.diagnostics.map(({ code, message }) => `${code}: ${message}`);
  if (loaded.runnable === undefined) return { problems, home: directory.path, runs: [] };
  const sweep = await launchSweepFile(loaded, env === undefined ? {} : { env });
  const { runs } = sweep.runner;
  await sweep.finished;
  const outputs = runs.map((run) => {
    const read = (name: string): string => readFileSync(`${run.directory}/${name}`, 'utf8');
    return run.status === 'success' ? read('stdout.log').trimEnd().split('\n') : [read('stderr.log')];
  });
  return { problems, home: directory.path, runs: outputs, header: sweep.header };
}

const train = `
import argparse, json, sys
parser = argparse.ArgumentParser()
parser.add_argument('--learning_rate', type=float)
parser.add_argument('--optimizer')
parser.add_argument('--nesterov', type=lambda text: {'True': True, 'False': False}[text])
parser.add_argument('--epochs', type=int, default=1)
print(json.dumps(vars(parser.parse_args())))
`;

// From https://docs.wandb.ai/models/sweeps/define-sweep-configuration, as a grid.
const sweepOfWandb = `program: train.py
name: sweepdemo
project: my-first-sweep
method: grid
metric:
  goal: minimize
  name: validation_loss
parameters:
  learning_rate:
    values: [0.00001, 0.1]
  optimizer:
    values: ["adam", "sgd"]
  nesterov:
    values: [true]
`;

describe("a sweep file of W&B's", () => {
  test('runs its program, which stands beside it, with all parameters as arguments', async () => {
    const { runs, problems } = await outputOf(sweepOfWandb, { 'train.py': train });
    expect(runs.map(([line]) => JSON.parse(line ?? ''))).toEqual([
      { learning_rate: 1e-5, optimizer: 'adam', nesterov: true, epochs: 1 },
      { learning_rate: 1e-5, optimizer: 'sgd', nesterov: true, epochs: 1 },
      { learning_rate: 0.1, optimizer: 'adam', nesterov: true, epochs: 1 },
      { learning_rate: 0.1, optimizer: 'sgd', nesterov: true, epochs: 1 },
    ]);
    expect(problems).toEqual([]);
  });

  test.each<[string, string[], string[]]>([
    [
      'python3 in place of the interpreter',
      ['${env}', 'python3', '${program}', '${args}'],
      ['--x=1', '--fast=True', '--slow=False'],
    ],
    [
      'more arguments',
      ['${env}', '${interpreter}', '${program}', '--config', 'your-training-config.json', '${args}'],
      ['--config', 'your-training-config.json', '--x=1', '--fast=True', '--slow=False'],
    ],
    ['no arguments', ['${env}', '${interpreter}', '${program}'], []],
    [
      'arguments for Hydra',
      ['${env}', '${interpreter}', '${program}', '${args_no_hyphens}'],
      ['x=1', 'fast=True', 'slow=False'],
    ],
    ['flags', ['${env}', '${interpreter}', '${program}', '${args_no_boolean_flags}'], ['--x=1', '--fast']],
    ['JSON', ['${interpreter}', '${program}', '${args_json}'], ['{"x": 1, "fast": true, "slow": false}']],
  ])('has the command of its documentation: %s', async (_, command, expected) => {
    const text = JSON.stringify({
      program: 'show.py',
      command,
      method: 'grid',
      parameters: { x: { values: [1] }, fast: { values: [true] }, slow: { values: [false] } },
    });
    const { runs } = await outputOf(text, { 'show.py': 'import json, sys\nprint(json.dumps(sys.argv[1:]))' });
    expect(runs.map(([line]) => JSON.parse(line ?? ''))).toEqual([expected]);
  });

  test('finds the file of the parameters and a variable of the environment', async () => {
    const { runs } = await outputOf(
      'program: show.py\ncommand: ["${interpreter}", "${program}", "${args_json_file}", "${envvar:WHO}!"]\nparameters: {x: [1, 2]}\n',
      { 'show.py': 'import sys\nprint(open(sys.argv[1]).read().strip(), sys.argv[2])' },
      { PATH: process.env.PATH ?? '', WHO: 'ada' },
    );
    expect(runs).toEqual([['{"x":1} ada!'], ['{"x":2} ada!']]);
  });
});

describe('the program', () => {
  const where =
    'import sys, os\nprint(sys.argv[0], os.getcwd() == os.path.dirname(os.environ["MULTIRUN_PARAMS"]))';
  const text = (program: string, more = '') =>
    `program: ${program}\ninterpreter: [python3, -B]\nparameters: {x: [1]}\n${more}`;

  test('is taken from beside the sweep file, and runs in the run directory', async () => {
    const { runs, home } = await outputOf(text('src/where.py'), { 'src/where.py': where });
    expect(runs).toEqual([[`${home}/src/where.py True`]]);
  });

  test('is the copy in the run directory where the runs are given one', async () => {
    const { runs } = await outputOf(text('where.py', 'input_files: [where.py]\n'), { 'where.py': where });
    expect(runs).toEqual([['./where.py True']]);
  });

  test('can be a template', async () => {
    const { runs } = await outputOf(text('hello.py', 'template_files: [hello.py.tmpl]\n'), {
      'hello.py.tmpl': 'print(${x} + 1)\n',
    });
    expect(runs).toEqual([['2']]);
  });

  test('can be a module, or any program on PATH', async () => {
    const { runs } = await outputOf(
      'program: json.tool\ncommand: [python3, -m, "${program}", "${args_json_file}"]\nparameters: {x: [1]}\n',
      {},
    );
    expect(runs).toEqual([['{', '    "x": 1', '}']]);
    const echo = await outputOf(
      'program: echo\ncommand: ["${program}", "${args}"]\nparameters: {x: [1]}\n',
      {},
    );
    expect(echo.runs).toEqual([['--x=1']]);
  });

  test('that is a file and does not exist is told before anything runs', async () => {
    const { problems, home } = await outputOf(text('src/gone.py'), {});
    expect(problems).toEqual([`missing-input: the program "gone.py" does not exist in ${home}/src`]);
  });

  test('may have a name that is a template by itself', async () => {
    const { runs } = await outputOf(text("'a${{b}.py'"), { 'a${{b}.py': 'print("odd")' });
    expect(runs).toEqual([['odd']]);
  });
});

describe('the macros that say what is run', () => {
  const macros = { program: 'x.py', interpreter: ['python3', '-u'], platform: 'linux' } as const;

  test('are whole words, but for the program', () => {
    expect(
      resolveCommand(['${env}', '${interpreter}', './${program}', '${args}', '${x}', '${{y}'], macros),
    ).toEqual(['/usr/bin/env', 'python3', '-u', './x.py', '${args}', '${x}', '${{y}']);
  });

  test('leave env out on Windows, which has none', () => {
    expect(resolveCommand(['${env}', '${program}'], { ...macros, platform: 'win32' })).toEqual(['x.py']);
  });
});

test('a variable that the environment lacks stops a sweep before it is created', async () => {
  await using directory = await temporaryDirectory();
  writeFileSync(
    directory.at('sweep.yaml'),
    'cmd: [echo, "${envvar:WHO}"]\nparameters: {x: [1]}\nenv: {A: "${envvar:WHAT}"}\n',
  );
  const loaded = await loadSweepFile(directory.at('sweep.yaml'));
  await expect(launchSweepFile(loaded, { env: {} })).rejects.toThrow(
    'takes ${envvar:WHO}, ${envvar:WHAT} from the environment, which lacks it',
  );
});
