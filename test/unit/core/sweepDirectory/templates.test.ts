import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { launchSweepFile } from '../../../../src/core/launch.ts';
import { loadSweepFile } from '../../../../src/core/loadSweepFile.ts';
import { takeUpSweep } from '../../../../src/core/takeUp.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';

type Files = Readonly<Record<string, string | Buffer>>;

/** What is wrong with a sweep file beside these files: codes, places and messages. */
async function problemsOf(text: string, files: Files) {
  await using directory = await temporaryDirectory();
  for (const [name, content] of Object.entries(files)) writeFileSync(directory.at(name), content);
  const { diagnostics } = await loadSweepFile(directory.at('a.sweep.yaml'), text);
  return diagnostics.map(({ code, range, message }) => [
    `${code} at ${text.slice(range.start, range.end)}`,
    message.replaceAll(directory.path, ''),
  ]);
}

const sweep = (entries: string, more = '') =>
  `cmd: [cat, case.in]\nparameters: {mass: [900, 1000.5], name: [a]}\ntemplate_files: ${entries}\n${more}`;

describe('a template file', () => {
  test('drives a program that knows nothing of Multirun: awk reads its input file, and prints what is read back', async () => {
    await using directory = await temporaryDirectory();
    writeFileSync(
      directory.at('case.in.tmpl'),
      '# fall of ${name}, not ${{name}\r\nmass ${mass:>10.3f}\nheight ${height:.2e}\nsteps ${steps:05d}\n',
    );
    const program = '$1 == "mass" { m = $2 } $1 == "height" { h = $2 } END { print "energy:", m * h * 9.81 }';
    writeFileSync(
      directory.at('fall.sweep.yaml'),
      `cmd: [awk, ${JSON.stringify(program)}, case.in]
method: zip
parameters: {mass: [900, 1000.5], height: [0.5, 2], steps: [7, 8], name: ["Mond", "\${mass}"]}
template_files: [case.in.tmpl → case.in]
results: {stdout: {energy: 'energy: (\\S+)'}}
metric: {name: energy, goal: maximize}
`,
    );
    const loaded = await loadSweepFile(directory.at('fall.sweep.yaml'));
    expect(loaded.diagnostics).toEqual([]);
    const launched = await launchSweepFile(loaded);
    const state = await launched.finished;
    expect(state.counts.success).toBe(2);
    const [first, second] = launched.runner.runs.map((run) => run.directory);
    expect(readFileSync(`${first}/case.in`, 'utf8')).toBe(
      '# fall of Mond, not ${name}\r\nmass    900.000\nheight 5.00e-01\nsteps 00007\n',
    );
    // A value is text, whatever stands in it.
    expect(readFileSync(`${second}/case.in`, 'utf8')).toContain('# fall of ${mass}, not ${name}');
    expect(JSON.parse(readFileSync(`${second}/results.json`, 'utf8'))).toEqual({ energy: 19629.8 });
  });

  test('is kept with the sweep, so that a run can be run again after it was changed; what was filled in stays with its attempt', async () => {
    await using directory = await temporaryDirectory();
    writeFileSync(directory.at('run.sh.tmpl'), '#!/bin/sh\necho ${x}; exit 3\n');
    chmodSync(directory.at('run.sh.tmpl'), 0o750);
    writeFileSync(
      directory.at('a.sweep.yaml'),
      'cmd: [./bin/run.sh]\nparameters: {x: [1]}\ntemplate_files: [{path: run.sh.tmpl, rename: bin/run.sh}]\n',
    );
    const first = await launchSweepFile(await loadSweepFile(directory.at('a.sweep.yaml')));
    expect((await first.finished).counts.failure).toBe(1);
    writeFileSync(directory.at('run.sh.tmpl'), 'changed');
    const again = await takeUpSweep(first.directory, { kind: 'rerun', runs: [0] });
    await again.finished;
    const place = `${first.directory}/runs/0`;
    for (const file of ['bin/run.sh', 'attempts/1/bin/run.sh']) {
      expect(readFileSync(`${place}/${file}`, 'utf8')).toBe('#!/bin/sh\necho 1; exit 3\n');
    }
    expect(statSync(`${place}/bin/run.sh`).mode & 0o777).toBe(0o750);
    expect(readFileSync(`${place}/stdout.log`, 'utf8')).toBe('1\n');
  });

  test('keeps the names that mean something to the program, where it is asked to', async () => {
    await using directory = await temporaryDirectory();
    writeFileSync(directory.at('in.lammps'), 'variable T equal ${mass}\nprint "${T} ${T:x y} ${"\n');
    const text = `cmd: [cat, in.lammps]\nparameters: {mass: [1.5]}\ntemplate_files: [{path: in.lammps, unknown_names: keep}]\n`;
    const loaded = await loadSweepFile(directory.at('a.sweep.yaml'), text);
    expect(loaded.diagnostics).toEqual([]);
    const launched = await launchSweepFile(loaded);
    await launched.finished;
    expect(readFileSync(`${launched.directory}/runs/0/stdout.log`, 'utf8')).toBe(
      'variable T equal 1.5\nprint "${T} ${T:x y} ${"\n',
    );
  });

  test('has each of its problems told at the place in the sweep file that names it, with the line in the template', async () => {
    const template = 'mass = ${mas}\n  ${mass:.3q}\n${\n${envvar:HOME}\n${name:.3f}\n';
    expect(await problemsOf(sweep('[case.in.tmpl -> case.in]'), { 'case.in.tmpl': template })).toEqual([
      [
        'invalid-template at case.in.tmpl -> case.in',
        'case.in.tmpl:1:8: "${mas}" names no parameter; did you mean "mass"?',
      ],
      [
        'invalid-template at case.in.tmpl -> case.in',
        `case.in.tmpl:2:3: "\${mass:.3q}": the format ".3q" has no type "q"; the types are b c d e E f F g G n o s x X %; a literal "\${" is written "\${{"`,
      ],
      [
        'invalid-template at case.in.tmpl -> case.in',
        'case.in.tmpl:3:1: "${" without a name and "}"; a literal "${" is written "${{"',
      ],
      [
        'invalid-template at case.in.tmpl -> case.in',
        'case.in.tmpl:4:1: variables of the environment are for "cmd" and "env"; a run must not depend on who starts it',
      ],
      [
        'invalid-template at case.in.tmpl -> case.in',
        'case.in.tmpl:5:1: "${name:…}" cannot be written in run 0: "f" is for numbers, and "a" is none',
      ],
    ]);
  });

  test('has a format told that is not for a value of some run', async () => {
    const template = '${name:.3f}\n${mass:d}\n';
    expect(await problemsOf(sweep('[case.in.tmpl]'), { 'case.in.tmpl': template })).toEqual([
      [
        'invalid-template at case.in.tmpl',
        'case.in.tmpl:1:1: "${name:…}" cannot be written in run 0: "f" is for numbers, and "a" is none',
      ],
      [
        'invalid-template at case.in.tmpl',
        'case.in.tmpl:2:1: "${mass:…}" cannot be written in run 1: "d" is for whole numbers, and 1000.5 is none',
      ],
    ]);
  });

  test.each<[string, string[][]]>([
    ['[gone.tmpl]', [['missing-input at gone.tmpl', 'the template file "gone.tmpl" does not exist in ']]],
    [
      '[latin.tmpl]',
      [['missing-input at latin.tmpl', 'the template file "latin.tmpl" is no UTF-8 text; save it as UTF-8']],
    ],
    ['[{path: ., rename: x}]', [['missing-input at .', expect.stringMatching(/is no plain file|EISDIR/)]]],
    [
      '["x.tmpl -> ../x"]',
      [
        [
          'input-outside at "x.tmpl -> ../x"',
          'template_files[0]: this leaves the run directory; write a path inside it',
        ],
      ],
    ],
    [
      '[x.tmpl -> /etc/x]',
      [
        [
          'input-outside at x.tmpl -> /etc/x',
          'template_files[0]: a file is renamed within the run directory; write a relative path',
        ],
      ],
    ],
    [
      '["x.tmpl ->"]',
      [
        [
          'invalid-value at "x.tmpl ->"',
          'template_files[0]: an empty name; leave "rename" out to keep the name of the file',
        ],
      ],
    ],
    ['["-> x"]', [['invalid-value at "-> x"', 'template_files[0]: an empty path']]],
    [
      '[x.tmpl -> params.json]',
      [
        [
          'reserved-name at x.tmpl -> params.json',
          '"params.json" is a name that each run directory uses itself; write another name',
        ],
      ],
    ],
    [
      '[x.tmpl, {path: x.tmpl, rename: x}]',
      [
        [
          'duplicate-input at x.tmpl',
          'two inputs are called "x" in the run directory; give one of them another name with "rename"',
        ],
      ],
    ],
    [
      '[x.tmpl -> data/x]\ninput_files: [{path: x.tmpl, rename: data}]',
      [
        [
          'duplicate-input at x.tmpl -> data/x',
          '"data/x" and "data" cannot both be in the run directory, since one lies within the other; use "rename"',
        ],
      ],
    ],
    [
      '[{path: x.tmpl, unknown_names: keeep}]',
      [
        [
          'invalid-value at keeep',
          'template_files[0].unknown_names: expected error or keep, got "keeep"; did you mean "keep"?',
        ],
      ],
    ],
    [
      'x.tmpl',
      [['wrong-type at x.tmpl', 'template_files: expected a list of files, got a string; write [x.tmpl]']],
    ],
  ])('%s is told', async (entries, expected) => {
    const files = { 'x.tmpl': '${mass}', 'latin.tmpl': Buffer.from([0x24, 0xe9, 0x0a]) };
    expect(await problemsOf(sweep(entries), files)).toEqual(expected);
  });

  test('with thousands of problems is told by a few', async () => {
    const problems = await problemsOf(sweep('[x.tmpl]'), { 'x.tmpl': '${a}\n'.repeat(100_000) });
    expect(problems).toHaveLength(6);
    expect(problems.at(-1)?.[1]).toBe('x.tmpl: … and 99995 more');
  });
});

test('a format in the command that is not for a value of some run is told at its place', async () => {
  expect(
    await problemsOf('cmd: [echo, "${x:d}", "${y:.2f}"]\nparameters: {x: [1, 2.5], y: [1]}\n', {}),
  ).toEqual([
    [
      'invalid-template at ${x:d}',
      '"${x:…}" cannot be written in run 1: "d" is for whole numbers, and 2.5 is none',
    ],
  ]);
});
