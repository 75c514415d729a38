import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expandCommand } from '../../../../src/core/command/expandCommand.ts';
import { writeImported } from '../../../../src/core/import/importedSweep.ts';
import { importParallel } from '../../../../src/core/import/parallel/importParallel.ts';
import { planSweep } from '../../../../src/core/plan/planSweep.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';
import { fileOf } from '../sweepFile/problems.ts';

/** What each run of an imported line prints, in the order of the plan. Runs start in `directory`, as parallel's jobs do. */
function printedByRuns(words: readonly string[], directory: string): string[] {
  const imported = importParallel(words, {
    linesOf: (path) => readFileSync(resolve(directory, path), 'utf8').trimEnd().split('\n'),
    placeOf: (path) =>
      statSync(resolve(directory, path), { throwIfNoEntry: false })?.isFile()
        ? resolve(directory, path)
        : undefined,
  });
  const text = writeImported(imported, { source: words.join(' '), placeOf: () => undefined, here: '' });
  const { cmd, space } = fileOf(text);
  const { plan } = planSweep(space);
  if (plan === undefined) throw new Error(`no plan for\n${text}`);
  return Array.from({ length: plan.size }, (_, run) => {
    const [program = '', ...args] = expandCommand(cmd, {
      params: plan.at(run),
      paramsFile: '',
      environment: {},
    });
    return spawnSync(program, args, {
      cwd: directory,
      encoding: 'utf8',
      env: { ...process.env, MULTIRUN_SLOT: '0' },
    }).stdout;
  });
}

const version = spawnSync('parallel', ['--version'], { encoding: 'utf8' }).stdout ?? '';
const isThere = version.startsWith('GNU parallel');
if (!isThere)
  console.warn(
    'GNU parallel is not installed: what it prints is not compared. On Debian: apt install parallel',
  );

const show = ['printf', "'[%s]\\n'"];

// Every line is run by GNU parallel itself, and all that its jobs print must be what the runs print, job by job.
describe.skipIf(!isThere)('a line of GNU parallel', () => {
  test.each<[string, string[]]>([
    ['values', [...show, ':::', 'a', 'b c', '$HOME', "it's", '', '*', 'ä', '1e3', '007', '-5']],
    ['several sources', [...show, ':::', 'a', 'b', ':::', '1', '2', ':::', 'x', 'y']],
    ['places', [...show, '{2}', '--x={1}', '{-1}', ':::', 'a', 'b', ':::', '1', '2']],
    ['linked sources', [...show, ':::', 'a', 'b', 'c', ':::+', '1', '2', '3']],
    [
      'linked sources of which one is longer',
      [...show, ':::', 'a', 'b', 'c', ':::+', '1', '2', ':::', 'X', 'Y', ':::+', '11', '22'],
    ],
    ['--link, which begins again', ['--link', ...show, ':::', 'a', 'b', 'c', ':::', '1', '2']],
    [
      'parts of paths',
      [
        ...show,
        '{.}',
        '{/}',
        '{//}',
        '{/.}',
        ':::',
        'd/a.tar.gz',
        '/x/y',
        '.rc',
        'dir/',
        'a.b/c',
        'x.',
        './e',
        '/',
      ],
    ],
    [
      'parts of paths of several sources',
      [...show, '{1/}', '{2.}', '{/}', ':::', 'd/a.txt', 'b', ':::', 'x/y.c', 'z'],
    ],
    ['the number of the job', [...show, '{#}', '{}', ':::', 'a', 'b', 'c']],
    ['the slot', ['-j1', ...show, '{%}', '{}', ':::', 'a', 'b']],
    ['values that repeat', [...show, ':::', 'a', 'b', 'a', 'a']],
    ['a file', [...show, '::::', 'list.txt']],
    ['two files and values', [...show, '{1}', '{3}', '{2}', '::::', 'list.txt', 'other.txt', ':::', 'v']],
    ['a linked file', [...show, ':::', '1', '2', '3', '::::+', 'list.txt']],
    ['-a', ['-a', 'list.txt', ...show]],
    ['columns', ['--colsep', ',', ...show, '{2}', '{1}', ':::', 'a,b', 'c,d', 'e,']],
    ['columns by a regular expression', ['-C', '\\s+(?:;\\s*)?', ...show, '{1}-{2}', ':::', 'a  b', 'c ; d']],
    [
      'names',
      ['--header', ':', ...show, '{x}', '{y.}', '{1}', ':::', 'x', '1', '2', ':::', 'y', 'a.c', 'b.c'],
    ],
    [
      'names of columns',
      ['--header', ':', '--colsep', ',', ...show, '{mass}', '{thrust}', '::::', 'table.csv'],
    ],
    ['two at a time', ['-N2', ...show, '{2}', '{1}', ':::', 'a', 'b', 'c', 'd']],
    ['two at a time, all', ['-N', '2', ...show, ':::', 'a', 'b', 'c', 'd']],
    ['none at a time', ['-N0', 'echo', 'hi', ':::', '1', '2', '3']],
    ['another replacement', ['-I', '%', ...show, '%', '{.}', ':::', 'a.b']],
    ['a quoted command', ['-q', 'printf', '[%s]\\n', '{} $HOME', '>x', ':::', 'a b', "it's"]],
    ['commands', [':::', 'echo a b', 'echo "$((1+2))" | cat', 'printf x']],
    ['commands of two parts', [':::', 'echo', 'printf', ':::', 'a', 'b']],
    ['a pipe', ['echo {} | tr a-z A-Z', ':::', 'a b', "it's"]],
    ['a redirection', ['echo {} >{/.}.out; cat {/.}.out', ':::', 'd/a.txt', 'b']],
    ['a variable of the shell', ['x={}; echo "$x"', ':::', 'a b', '$HOME']],
    ['a variable of the environment', ['X={}', 'sh', '-c', "'echo $X'", ':::', 'ab', 'c']],
    ['an argument in double quotes', ['echo "x {} y"; echo "$HOME" >/dev/null', ':::', 'ab', '12']],
    ['words in quotes', ['printf', "'[%s]\\n'", '"a b"', "'c  d'", 'e\\ f', '"\\$x \\y"', ':::', 'v']],
    [
      'options in one word',
      ['-kj2', '--no-run-if-empty', ...show, ':::', 'a', 'b'].filter(
        (word) => word !== '--bar' && word !== '--tag',
      ),
    ],
    ['-- before the command', ['-j', '2', '--', ...show, ':::', 'a']],
    ['a literal ${', [...show, "'${'", "'${{x}'", ':::', 'a']],
    ['braces that mean something to the shell', ['echo {a,b}{}', ':::', '1', '2']],
  ])('runs what it ran: %s', async (_, words) => {
    await using directory = await temporaryDirectory();
    writeFileSync(directory.at('list.txt'), 'one\ntwo words\n');
    writeFileSync(directory.at('other.txt'), 'x\ny\n');
    writeFileSync(directory.at('table.csv'), 'mass,thrust\n900,1.4\n1000,1.6\n');
    const printed = execFileSync('parallel', ['-k', ...words], {
      cwd: directory.path,
      encoding: 'utf8',
      env: { ...process.env, PARALLEL_SHELL: '/bin/bash' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(printedByRuns(words, directory.path).join('')).toBe(printed);
  });

  test('counts as many jobs as a dry run shows', () => {
    const words = ['./sim', '{1}', '{2}', ':::', ...'abcdefg', ':::+', ...'1234567', ':::', ...'uvwxyz'];
    const lines = execFileSync('parallel', ['--dry-run', '-k', ...words], { encoding: 'utf8' })
      .trimEnd()
      .split('\n');
    const { cmd, space } = importParallel(words, { linesOf: () => [], placeOf: () => undefined });
    const { plan } = planSweep(
      fileOf(
        writeImported(
          { cmd, space, more: {}, notes: [] },
          { source: '', placeOf: () => undefined, here: '' },
        ),
      ).space,
    );
    expect(
      Array.from({ length: plan?.size ?? 0 }, (_, run) =>
        expandCommand(cmd, { params: plan?.at(run) ?? {}, paramsFile: '', environment: {} }).join(' '),
      ),
    ).toEqual(lines);
  });
});

describe('importing a line of GNU parallel', () => {
  const surroundings = {
    linesOf: () => ['a'],
    placeOf: (path: string) => (path.endsWith('.csv') ? `/home/ada/${path}` : undefined),
  };
  const imported = (...words: string[]) => importParallel(words, surroundings);

  test('needs no shell where the shell would do nothing', () => {
    expect(imported('./sim', '--x={}', "'a b'", ':::', '1', '2.50').cmd).toEqual([
      './sim',
      '--x=${arg}',
      'a b',
    ]);
    expect(imported('./sim', '{}', '>', 'out', ':::', '1').cmd).toEqual([
      'bash',
      '-c',
      './sim "$1" > out',
      'bash',
      '${arg}',
    ]);
  });

  test('takes numbers as numbers where they are written as such', () => {
    expect(imported('x', ':::', '1', '2.50', '1e3', '0.5', '').space).toEqual({
      parameters: { arg: [1, '2.50', '1e3', 0.5, ''] },
    });
  });

  test('makes blocks of what goes together', () => {
    expect(imported('x', ':::', 'a', 'b', ':::+', '1', '2', ':::', 'u', 'v').space).toEqual({
      cross: [
        { method: 'zip', parameters: { arg1: ['a', 'b'], arg2: [1, 2] } },
        { parameters: { arg3: ['u', 'v'] } },
      ],
    });
  });

  test('makes names of files absolute, since runs start elsewhere', () => {
    expect(imported('wc', '{}', '{/.}', ':::', 'd/a.csv', 'b.csv').space).toEqual({
      method: 'zip',
      parameters: { arg: ['/home/ada/d/a.csv', '/home/ada/b.csv'], arg_stem: ['a', 'b'] },
    });
    expect(imported('wc', ':::', 'a.csv', 'b').space).toEqual({ parameters: { arg: ['a.csv', 'b'] } });
  });

  test('takes what its options say, and tells what it leaves out', () => {
    const { more, notes } = imported(
      '-j',
      '8',
      '--timeout',
      '90',
      '--joblog',
      'log',
      '--delay=3',
      '-k',
      'x',
      ':::',
      'a',
    );
    expect(more).toEqual({ runner: { max_parallel: 8 }, timeout: 90 });
    expect(notes).toEqual([
      'Left out: --joblog log; each run has its logs and its exit code in a directory of its own.',
      'Left out: --delay 3; there is nothing like it here.',
    ]);
    expect(imported('--retries', '3', '--halt', 'soon,fail=1', 'x', ':::', 'a').more).toEqual({
      retries: 2,
      halt: 'soon,fail=1',
    });
    expect(imported('--halt', 'whatever', 'x', ':::', 'a').notes).toEqual(['Left out: --halt whatever.']);
    expect(imported('--timeout', '200%', 'x', ':::', 'a').more).toEqual({ timeout: '200%' });
    expect(imported('-j', '50%', '--timeout', 'soon', 'x', ':::', 'a').notes).toEqual([
      'Left out: --jobs 50%; write runner: {max_parallel: N}.',
      'Left out: --timeout soon.',
    ]);
  });

  test.each<[string[], string]>([
    [['echo', 'a'], 'no input source: write ::: and the values'],
    [['echo', ':::'], 'an input source has no values'],
    [['--pipe', 'wc', ':::', 'a'], '--pipe: this option of GNU parallel cannot be imported'],
    [['-X', 'wc', ':::', 'a'], '-X: this option'],
    [['-kS', 'host', 'wc', ':::', 'a'], '-S: this option'],
    [['--header', ',', 'x', ':::', 'a'], '--header ,: only ":" is understood'],
    [['echo', '{= s/a/b/ =}', ':::', 'a'], 'expressions of Perl'],
    [['echo', '{3}', ':::', 'a', ':::', 'b'], '{3} names no input source; there are 2'],
    [['-N3', 'echo', ':::', 'a', 'b'], '2 arguments cannot be given 3 at a time'],
    [['-N2', 'echo', ':::', 'a', 'b', ':::', 'c'], '-N 2 is understood for one input source alone'],
    [['-N', 'x', 'echo', ':::', 'a'], '-N x: expected a whole number'],
    [['--colsep', '(', 'echo', ':::', 'a'], '--colsep ('],
    [['--colsep', ',', 'echo', ':::', 'a,b', 'c'], '--colsep: "c" has 1 columns, and the first line has 2'],
    [['-q', 'echo', '{%}', ':::', 'a'], '{%} needs a shell'],
  ])('%j is refused: %s', (words, message) => {
    expect(() => importParallel(words, surroundings)).toThrow(message);
  });
});
