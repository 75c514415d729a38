import { describe, expect, test } from 'vitest';
import { parseSweepFile } from '../../../../src/core/sweepFile/parseSweepFile.ts';
import { readUnfinishedYaml } from '../../../../src/core/sweepFile/readYaml.ts';
import { fixesFor } from '../../../../src/extension/language/fixes.ts';
import { histogram } from '../../../../src/extension/language/histogram.ts';
import { mentionAt, mentionsIn } from '../../../../src/extension/language/mentions.ts';
import { parameterText } from '../../../../src/extension/language/parameterText.ts';
import { applied, renameParameter } from '../../../../src/extension/language/rename.ts';
import { tokensOf } from '../../../../src/extension/language/tokens.ts';

function read(text: string) {
  const parsed = parseSweepFile(text, { path: '/home/ada/sweep.yaml' });
  const root = readUnfinishedYaml(text);
  return { text, parsed, root, mentions: mentionsIn(text, parsed, root) };
}

const study = `cmd: [lander, "--mass=\${mass}", "\${mass:.2f}", "\${opt.lr}", "\${args}", "\${{mass}"]
env: {MASS: "\${mass}"}
parameters:
  mass: [900, 1000]
  fuel: {values: [1, 2], when: mass > 900}
  opt: {parameters: {lr: [0.1, 0.2]}}
derived: {ratio: mass / 2.0}
exclude:
  - mass > 950.0 && opt.lr > 0.1
  - {mass: 900, opt: {lr: 0.2}}
`;

/** The text with a parameter renamed at the "|", or why it cannot be. */
function renamed(marked: string, newName: string): string {
  const offset = marked.indexOf('|');
  const { text, mentions } = read(marked.slice(0, offset) + marked.slice(offset + 1));
  const at = mentionAt(mentions, offset);
  if (at === undefined) return 'no parameter';
  const { edits, problem } = renameParameter(text, mentions, at, newName);
  return edits === undefined ? problem : applied(text, edits);
}

describe('a parameter', () => {
  test('is found wherever it is named', () => {
    const { mentions, text } = read(study);
    const lines = (name: string) =>
      mentions
        .filter((mention) => mention.name === name)
        .map(({ range, kind }) => `${text.slice(0, range.start).split('\n').length} ${kind}`);
    expect(lines('mass')).toEqual([
      '1 use',
      '1 use',
      '2 use',
      '4 definition',
      '5 use',
      '7 use',
      '9 use',
      '10 use',
    ]);
    expect(lines('opt.lr')).toEqual(['1 use', '6 definition', '9 use', '10 use']);
  });

  test('is renamed everywhere, and nothing else is', () => {
    expect(
      renamed(study.replace('  mass:', '  ma|ss:'), 'weight'),
    ).toBe(`cmd: [lander, "--mass=\${weight}", "\${weight:.2f}", "\${opt.lr}", "\${args}", "\${{mass}"]
env: {MASS: "\${weight}"}
parameters:
  weight: [900, 1000]
  fuel: {values: [1, 2], when: weight > 900}
  opt: {parameters: {lr: [0.1, 0.2]}}
derived: {ratio: weight / 2.0}
exclude:
  - weight > 950.0 && opt.lr > 0.1
  - {weight: 900, opt: {lr: 0.2}}
`);
  });

  test('that is nested is renamed by its own name where it is defined', () => {
    expect(renamed(study.replace('{lr: [', '{l|r: ['), 'rate')).toBe(
      study.replaceAll('opt.lr', 'opt.rate').replaceAll('{lr:', '{rate:'),
    );
    expect(renamed(study.replace('${opt.lr}', '${opt.l|r}'), 'opt.rate')).toBe(
      study.replaceAll('opt.lr', 'opt.rate').replaceAll('{lr:', '{rate:'),
    );
    expect(renamed(study.replace('${opt.lr}', '${opt.l|r}'), 'rate')).toMatch(/only its last part/);
  });

  test('is not renamed to what is no name, is taken, or breaks an expression', () => {
    const at = study.replace('  mass:', '  ma|ss:');
    expect(renamed(at, '1st')).toMatch(/begins with a letter/);
    expect(renamed(at, 'fuel')).toMatch(/already/);
    expect(renamed(at, 'dry-mass')).not.toContain('cmd:');
  });

  test('is renamed in all runs of a list', () => {
    expect(renamed('cmd: [a, "${x}"]\nruns:\n  - {|x: 1, y: 2}\n  - {x: 2, y: 3}\n', 'z')).toBe(
      'cmd: [a, "${z}"]\nruns:\n  - {z: 1, y: 2}\n  - {z: 2, y: 3}\n',
    );
  });
});

describe('what is told of a parameter', () => {
  const textOf = (yaml: string, name: string) =>
    parameterText(
      name,
      read(`cmd: [a]\nmethod: random\nsamples: 3\nparameters:\n  ${yaml}\n`).parsed.parameters,
    );

  test('is how many values it has, and the first of them', () => {
    expect(parameterText('mass', read(study).parsed.parameters)).toBe(
      '**mass**\n\n2 values\n\n```text\n900, 1000\n```',
    );
    const grid = read('cmd: [a]\nparameters:\n  x: {min: 0, max: 99, step: 1}\n').parsed.parameters;
    expect(parameterText('x', grid)).toContain('0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …, 99');
  });

  test('is the shape of its distribution', () => {
    const normal = textOf('x: {distribution: normal, mu: 0, sigma: 1}', 'x');
    const bars = /```text\n(.+)\n/.exec(normal)?.[1] ?? '';
    expect(bars).toHaveLength(32);
    expect(bars.slice(14, 18)).toContain('█');
    expect(bars.startsWith('▁')).toBe(true);
    expect(histogram({ kind: 'uniform', min: 0, max: 1 }).split('\n')[0]).toMatch(/^[▆▇█]{32}$/);
  });

  test('of many magnitudes is shown by their logarithms', () => {
    const shown = histogram({ kind: 'log_uniform_values', min: 1e-5, max: 1 });
    expect(shown).toContain('logarithmic');
    expect(shown.split('\n')[0]).toMatch(/^[▆▇█]{32}$/);
  });

  test('is how likely each of its values is', () => {
    expect(histogram({ kind: 'categorical', values: ['adam', 'sgd'], probabilities: [0.75, 0.25] })).toBe(
      'adam  ████████████████ 75 %\nsgd   █████ 25 %',
    );
  });
});

test('parameters, macros and formats are coloured, literal "${{" is not', () => {
  const { text, parsed, root, mentions } = read(study);
  const first = tokensOf(text, parsed, root, mentions)
    .filter(({ range }) => range.end <= text.indexOf('\n'))
    .map(({ range, type }) => `${text.slice(range.start, range.end)} ${type}`);
  expect(first).toEqual([
    ...['${ operator', 'mass parameter', '} operator'],
    ...['${ operator', 'mass parameter', ':.2f number', '} operator'],
    ...['${ operator', 'opt.lr parameter', '} operator'],
    ...['${ operator', 'args macro', '} operator'],
  ]);
});

describe('a quick fix', () => {
  const fixed = (text: string) => {
    const { parsed, root } = read(text);
    return parsed.diagnostics.flatMap((diagnostic) =>
      fixesFor(text, diagnostic, root).map(({ title, edit }) => [title, applied(text, [edit])]),
    );
  };

  test('replaces what was probably meant', () => {
    const text = 'cmd: [a, "${mas}"]\nparameters:\n  mass: [1]\n';
    expect(fixed(text)[0]).toEqual(['Replace with “${mass}”', text.replace('mas}', 'mass}')]);
  });

  test('adds the missing parameter, where the others stand', () => {
    expect(fixed('cmd: [a, "${thrust}"]\nparameters:\n  mass:\n    - 1\nname: x\n')).toEqual([
      [
        'Add the parameter “thrust”',
        'cmd: [a, "${thrust}"]\nparameters:\n  mass:\n    - 1\n  thrust: []\nname: x\n',
      ],
    ]);
    expect(fixed('cmd: [a, "${thrust:.2f}"]\nparameters: {mass: [1]}\n')).toEqual([
      ['Add the parameter “thrust”', 'cmd: [a, "${thrust:.2f}"]\nparameters: {mass: [1], thrust: []}\n'],
    ]);
  });

  test('puts a value in quotes', () => {
    const text = 'cmd: [a]\nname: 12\nparameters: {a: [1]}\n';
    expect(fixed(text)).toEqual([['Put in quotes', text.replace('12', '"12"')]]);
  });
});
