import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { formatDiagnostic } from '../../../../src/core/formatDiagnostic.ts';
import { planSweep } from '../../../../src/core/plan/planSweep.ts';
import { parseSweepFile } from '../../../../src/core/sweepFile/parseSweepFile.ts';
import { parseTable } from '../../../../src/core/sweepFile/tableFile.ts';
import { problemsOf, soundExcept } from './problems.ts';

function checkEverything(text: string): void {
  const { file, diagnostics, ...parsed } = parseSweepFile(text, { path: '/a/sweep.yaml', files });
  const planned = file && planSweep(file.space, { mostScanned: 5000 });
  const problems = [...diagnostics, ...(planned?.problems ?? [])];
  const { references, inputs, dataFiles, parameters, uses } = parsed;
  const placed = [problems, references, inputs, dataFiles, parameters, uses].flat();
  const names = parameters.map(({ nameRange }) => nameRange);
  for (const { start, end } of [...placed.map(({ range }) => range), ...names]) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(text.length);
  }
  for (const diagnostic of problems) {
    // Words of the libraries that we build on.
    expect(diagnostic.message).not.toMatch(/invalid input|received|undefined|\[object/i);
    formatDiagnostic(diagnostic, { path: 'sweep.yaml', text });
  }
  const isWrong = diagnostics.some(({ severity }) => severity === 'error');
  expect(file === undefined).toBe(isWrong || dataFiles.some(({ path }) => !files.has(path)));
  if (planned !== undefined) {
    const { plan } = planned;
    expect(plan === undefined).toBe(planned.problems.some(({ severity }) => severity === 'error'));
    if (plan === undefined) return;
    expect(plan.size).toBeGreaterThan(0);
    expect(plan.at(plan.size - 1)).toEqual(JSON.parse(JSON.stringify(plan.at(plan.size - 1))));
  }
}

const sound = `name: lander
cmd: [python3, lander.py, --mass, "\${mass}", '\${thrust}']
parameters:
  mass: [900, 1000, 1100]
  thrust: {values: [1.4, 1.6]}
method: grid
input_files:
  - lander.py
  - path: terrain.csv
    rename: data/terrain.csv
output_path: results/lander
runner: {max_parallel: 4}
env:
  OMP: |
    a \${mass}
timeout: 30s
`;
/** Another one, with all that can be said of runs. */
const soundSpace = `cmd: [run, "\${m}", '\${n}']
parameters:
  m: {min: 1, max: 9, steps: 3, scale: log, nominal: 2}
  opt: {when: m > 2, parameters: {lr: {values: [0.1, 0.2]}, k: {value: 1}}}
  n: {from: 'p.csv#a'}
sweep:
  - {method: random, samples: 3, parameters: {x: {distribution: truncated_normal, mu: 0, sigma: 1, min: -1, max: 1}}}
  - {method: latin_hypercube, criterion: maximin, run_cap: 4, parameters: {x: {min: 0.0, max: 1.0}, c: {values: [a, b], probabilities: [0.5, 0.5]}}}
  - runs: {file: p.jsonl}
cross:
  - {method: zip, parameters: {u: [1, 2], v: {min: 0, max: 1, step: 1}}}
  - {design: saltelli, samples: 1, parameters: {s: {distribution: beta, a: 2, b: 2}}}
exclude: ["m > 5 && u == 2", {v: 0, u: 1, m: 1}]
include: [{m: 3, more: x}, "m < 100"]
derived: {d: e * 2, e: "math.sqrt(m) + size('é')"}
replicates: 2
seed: 5
`;
const files = new Map([
  ['p.csv', parseTable('p.csv', 'a,b\n1,x\n2,\n')],
  ['p.jsonl', parseTable('p.jsonl', '{"x": 1, "y": [1]}\n')],
]);

const pieces = [
  ...new Set(`${sound}${soundSpace}`.match(/\w+|\s+|[^\w\s]+/g)),
  '&a',
  '*a',
  '!!x',
  '"',
  "'",
  '${',
  '${{',
  '---',
  '? ',
  '\t',
  '\uFEFF',
  '\r\n',
  '\0',
  '\uD800',
  '.inf',
  '__proto__',
  'constructor',
  'toString',
  'runs',
  '<<',
  '🚀',
  '1e999',
  '\u2028',
];

/** More when somebody has time: FUZZ_RUNS=100000. */
const numRuns = Number(process.env.FUZZ_RUNS ?? 300);
vi.setConfig({ testTimeout: 60_000 + numRuns * 100 });

describe('a sweep file, whatever is in it,', () => {
  test('is never more than a list of problems inside the text: sound files with pieces replaced', () => {
    const edit = fc.tuple(fc.double({ min: 0, max: 1 }), fc.nat(12), fc.constantFrom(...pieces, ''));
    const begin = fc.constantFrom(sound, soundSpace);
    fc.assert(
      fc.property(begin, fc.array(edit, { minLength: 1, maxLength: 6 }), (original, edits) => {
        let text = original;
        for (const [share, removed, piece] of edits) {
          const at = Math.floor(share * text.length);
          text = text.slice(0, at) + piece + text.slice(at + removed);
        }
        checkEverything(text);
      }),
      { numRuns },
    );
  });

  test('is never more than a list of problems inside the text: pieces in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (parts) =>
        checkEverything(parts.join('')),
      ),
      { numRuns },
    );
  });

  test('is never more than a list of problems inside the text: any values under our keys', () => {
    const keys = [
      'name',
      'cmd',
      'parameters',
      'method',
      'runs',
      'input_files',
      'output_path',
      'runner',
      'env',
      'timeout',
      'values',
      'path',
      'rename',
      'linkage',
      'max_parallel',
      'a',
      '__proto__',
      ...'sweep cross exclude include derived replicates samples seed min max steps step scale distribution value when nominal from file design probabilities sigma'.split(
        ' ',
      ),
    ];
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('scalar'), tie('list'), tie('map')),
      scalar: fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.double(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.constantFrom(
          '${a}',
          '..',
          'zip',
          '5s',
          'random',
          'normal',
          'a > 1',
          'p.csv#a',
          'p.csv',
          'log',
          'saltelli',
          2,
          3,
        ),
      ),
      list: fc.array(tie('value'), { maxLength: 4 }),
      map: fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), tie('value'), { maxKeys: 5 }),
    }));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 9 }), (file) =>
        checkEverything(JSON.stringify(file, null, 2)),
      ),
      { numRuns },
    );
  });

  test('is never more than a list of problems inside the text: any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), checkEverything), { numRuns });
  });
});

test('the files that are edited are sound', () => {
  for (const text of [sound, soundSpace]) {
    const { file, diagnostics } = parseSweepFile(text, { path: '/a/sweep.yaml', files });
    expect(diagnostics).toEqual([]);
    expect(file && planSweep(file.space).problems).toEqual([]);
  }
});

describe('a hostile file takes no time', () => {
  test('an alias bomb', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let depth = 1; depth < 30; depth++)
      lines.push(
        `a${depth}: &a${depth} [${Array(10)
          .fill(`*a${depth - 1}`)
          .join(', ')}]`,
      );
    expect(problemsOf(lines.join('\n'))).toEqual([expect.stringMatching(/^syntax at "\*a\d"$/)]);
  });

  test.each([
    ['open brackets', '['.repeat(20_000), 'syntax'],
    ['nested brackets', `cmd: ${'['.repeat(500)}${']'.repeat(500)}`, 'syntax'],
    ['stray brackets', '}{'.repeat(400_000), 'syntax'],
    ['tags', '!a '.repeat(100_000), 'syntax'],
    ['anchors', '&a '.repeat(100_000), 'syntax'],
    ['documents', '---\na: 1\n'.repeat(100_000), 'syntax'],
    [
      'a name in each of many words',
      `cmd:\n${'- "${kk}"\n'.repeat(30_000)}parameters:\n${Array.from({ length: 3000 }, (_, i) => ` k${i}: [1]\n`).join('')}`,
      'unknown-parameter',
    ],
    ['many openings', `cmd: ["${'${'.repeat(200_000)}"]\nparameters: {a: [1]}`, 'invalid-template'],
    [
      'a long path',
      `cmd: [a]\nruns: [{a: 1}]\ninput_files: [{path: a, rename: "${'a/'.repeat(200_000)}"}]`,
      'invalid-value',
    ],
    ['too long a file', `# ${'x'.repeat(50_000_000)}`, 'too-large'],
    [
      'a grid of 10^30 points',
      `cmd: [a]\nparameters:\n${Array.from({ length: 30 }, (_, i) => ` k${i}: {min: 0, max: 9}\n`).join('')}`,
      'too-many-runs',
    ],
    [
      'many names that are not there',
      `cmd: [a]\nparameters: {a: [1]}\nexclude:\n${'- b > 1\n'.repeat(20_000)}`,
      'unknown-parameter',
    ],
    [
      'many derived values, each of the one before',
      `cmd: [a]\nparameters: {d0: [1, x]}\nderived:\n${Array.from({ length: 900 }, (_, i) => `  d${i + 1}: d${i} + 1 +\n`).join('')}`,
      'invalid-expression',
    ],
    [
      'too many parameters',
      `cmd: [a]\nparameters:\n${Array.from({ length: 20_000 }, (_, i) => `  p${i}: [1]\n`).join('')}`,
      'too-large',
    ],
    [
      'too many derived values',
      `cmd: [a]\nparameters: {d0: [1]}\nderived:\n${Array.from({ length: 20_000 }, (_, i) => `  d${i + 1}: d${i}\n`).join('')}`,
      'too-large',
    ],
    ['deep blocks', `cmd: [a]\n${'cross: [{'.repeat(150)}${'}]'.repeat(150)}`, 'syntax'],
  ])('%s', (_, text, code) => {
    const { diagnostics } = parseSweepFile(text, { path: '/a/sweep.yaml' });
    expect(new Set(diagnostics.map((diagnostic) => diagnostic.code))).toEqual(new Set([code]));
    expect(diagnostics.length).toBeLessThanOrEqual(1000);
  });

  test('a long chain of derived values is put in order', () => {
    const chain = Array.from({ length: 1000 }, (_, i) => `  d${1000 - i}: d${999 - i}\n`).join('');
    expect(problemsOf(`cmd: [a]\nparameters: {d0: [1]}\nderived:\n${chain}`)).toEqual([]);
  });

  test('a megabyte of sound values is read', () => {
    const text = `${soundExcept('parameters:')}  mass:\n${Array.from({ length: 80_000 }, (_, index) => `    - ${100_000 + index}\n`).join('')}`;
    expect(problemsOf(text)).toEqual([]);
  });
});

test.each([500, 5_000, 50_000])('%i levels of brackets are too many, and told so', (depth) => {
  const { diagnostics } = parseSweepFile(
    `cmd: [a]\nparameters: {a: ${'['.repeat(depth)}${']'.repeat(depth)}}\n`,
    {
      path: '/a/sweep.yaml',
    },
  );
  expect(diagnostics.map(({ message }) => message)).toContain('nested more than 100 levels deep');
  expect(diagnostics.filter(({ message }) => /overflow|call stack/i.test(message))).toEqual([]);
});

test.each(['utf16le', 'utf16be'])('a file in %s is told to be one', (encoding) => {
  const bytes = Buffer.from('\uFEFFcmd: [a]\n', 'utf16le');
  const text = (encoding === 'utf16le' ? bytes : bytes.swap16()).toString('utf8');
  expect(parseSweepFile(text, { path: '/a/sweep.yaml' }).diagnostics).toMatchObject([
    { code: 'syntax', message: 'the sweep file is in UTF-16; save it as UTF-8' },
  ]);
});
