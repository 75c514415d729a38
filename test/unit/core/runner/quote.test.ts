import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { multirun } from '../../../../src/core/multirun.ts';
import { ParallelLocalRunner } from '../../../../src/core/runner/parallelLocalRunner.ts';
import { quote } from '../../../../src/core/runner/quote.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';

/** Anything that an argument of a program can hold, with what shells are sensitive to much more often than by chance. */
const argument = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "'",
        '"',
        '\\',
        '\n',
        '$(id)',
        '`id`',
        '${x}',
        '!',
        '*',
        '~',
        '-n',
        ' ',
        '\t',
        '\r',
        '#',
        '&',
        ';',
        '|',
        '<',
        '>',
        'é',
        '漢',
        '🚀',
        '\u0001',
        '\u007f',
        '\uFEFF',
        '',
      ),
      fc.string({ unit: 'binary' }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join('').replaceAll('\0', ''));

describe('quote', () => {
  for (const shell of ['/bin/sh', 'bash']) {
    test(`gives ${shell} any arguments byte for byte`, () => {
      fc.assert(
        fc.property(fc.array(argument, { minLength: 1, maxLength: 20 }), (args) => {
          const output = execFileSync(shell, ['-c', `printf '%s\\0' ${args.map(quote).join(' ')}`]);
          expect(output.toString().split('\0').slice(0, -1)).toEqual(args);
        }),
        { numRuns: 150 },
      );
    });
  }

  test('refuses a NUL character, which no program can be given', () => {
    expect(() => quote('a\0b')).toThrow('NUL');
  });

  test('refuses half of a surrogate pair, which no program can be given', () => {
    expect(() => quote('\ud83d')).toThrow('surrogate');
  });
});

test('every argument and environment value of a run reaches the program byte for byte', async () => {
  await using directory = await temporaryDirectory();
  const samples = fc.sample(fc.record({ first: argument, second: argument }), { numRuns: 60, seed: 7 });
  const runs = [...samples, { first: 'x'.repeat(100_000), second: '' }];
  const output = directory.at('sweep');
  await multirun({
    runs,
    // The shell is the program here: it prints what it was given and interprets nothing of it.
    cmd: [
      '/bin/sh',
      '-c',
      'printf "%s\\0" "$@" "$VALUE"',
      'sh',
      '${first}',
      '${second}',
      'in ${first} between',
    ],
    env: { VALUE: '<${second}>' },
    outputPath: output,
    runner: new ParallelLocalRunner({ maxParallel: 2 }),
  });
  for (const [id, { first, second }] of runs.entries()) {
    const written = readFileSync(
      directory.at('sweep', 'runs', String(id).padStart(2, '0'), 'stdout.log'),
      'utf8',
    );
    expect(written.split('\0').slice(0, -1)).toEqual([first, second, `in ${first} between`, `<${second}>`]);
  }
});
