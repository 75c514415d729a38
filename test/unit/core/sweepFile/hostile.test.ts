import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { formatDiagnostic } from '../../../../src/core/formatDiagnostic.ts';
import { planSweep } from '../../../../src/core/plan/planSweep.ts';
import { parseSweepFile } from '../../../../src/core/sweepFile/parseSweepFile.ts';
import { problemsOf, soundExcept } from './problems.ts';

function checkEverything(text: string): void {
  const { file, diagnostics, ...parsed } = parseSweepFile(text, { path: '/a/sweep.yaml' });
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
  expect(file === undefined).toBe(isWrong || dataFiles.length > 0);
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
const pieces = [
  ...new Set(sound.match(/\w+|\s+|[^\w\s]+/g)),
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
    const edit = fc.tuple(fc.nat(sound.length), fc.nat(12), fc.constantFrom(...pieces, ''));
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        let text = sound;
        for (const [at, removed, piece] of edits) text = text.slice(0, at) + piece + text.slice(at + removed);
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
    ];
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('scalar'), tie('list'), tie('map')),
      scalar: fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.double(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.constantFrom('${a}', '..', 'zip', '5s'),
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
    ['too long a file', `# ${'x'.repeat(2_000_000)}`, 'too-large'],
  ])('%s', (_, text, code) => {
    const { diagnostics } = parseSweepFile(text, { path: '/a/sweep.yaml' });
    expect(new Set(diagnostics.map((diagnostic) => diagnostic.code))).toEqual(new Set([code]));
    expect(diagnostics.length).toBeLessThanOrEqual(1000);
  });

  test('a megabyte of sound values is read', () => {
    const text = `${soundExcept('parameters:')}  mass:\n${Array.from({ length: 80_000 }, (_, index) => `    - ${100_000 + index}\n`).join('')}`;
    expect(problemsOf(text)).toEqual([]);
  });
});
