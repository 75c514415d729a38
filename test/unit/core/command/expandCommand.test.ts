import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expandCommand } from '../../../../src/core/command/expandCommand.ts';
import { pythonJson, pythonStr } from '../../../../src/core/command/pythonText.ts';
import type { ParamMap, ParamValue } from '../../../../src/core/run.ts';

function expand(
  cmd: readonly string[],
  params: ParamMap,
  environment: Record<string, string> = {},
): string[] {
  return expandCommand(cmd, { params, paramsFile: '/sweep/runs/0/params.json', environment });
}

describe('a command', () => {
  const params = {
    lr: 1e-5,
    epochs: 10,
    amp: true,
    ema: false,
    name: 'a b',
    opt: { betas: [0.9, 1] },
    seed: null,
  };

  test('hands all parameters over as W&B does', () => {
    expect(expand(['x', '${args}'], params)).toEqual([
      'x',
      '--lr=1e-05',
      '--epochs=10',
      '--amp=True',
      '--ema=False',
      '--name=a b',
      "--opt={'betas': [0.9, 1]}",
      '--seed=None',
    ]);
    expect(expand(['${args_no_hyphens}'], { lr: 0.1, amp: true })).toEqual(['lr=0.1', 'amp=True']);
    expect(expand(['${args_no_equals}'], { lr: 0.1, amp: true })).toEqual(['--lr', '0.1', '--amp', 'True']);
    expect(expand(['${args_no_boolean_flags}'], { lr: 0.1, amp: true, ema: false })).toEqual([
      '--lr=0.1',
      '--amp',
    ]);
    expect(expand(['${args_json}'], { lr: 0.1, é: [1, { a: null }] })).toEqual([
      String.raw`{"lr": 0.1, "\u00e9": [1, {"a": null}]}`,
    ]);
  });

  test('names the file of the parameters', () => {
    expect(expand(['--config=${args_json_file}'], params)).toEqual(['--config=/sweep/runs/0/params.json']);
  });

  test('has no word where there is no parameter', () => {
    expect(expand(['x', '${args}', 'y'], {})).toEqual(['x', 'y']);
  });

  test('takes a parameter before a macro of the same name', () => {
    expect(expand(['${args}', '${args_json}'], { args: '--fast', args_json: 1 })).toEqual(['--fast', '1']);
  });

  test('takes variables of the environment, and says which there is not', () => {
    expect(expand(['${envvar:DATA}/x', '${{envvar:DATA}'], {}, { DATA: '/d' })).toEqual([
      '/d/x',
      '${envvar:DATA}',
    ]);
    expect(() => expand(['${envvar:DATA}'], {})).toThrow(
      new RangeError(
        '${envvar:DATA}: there is no environment variable DATA; set it before the sweep is started',
      ),
    );
  });

  test('writes numbers as a format says, and says what it is not for', () => {
    expect(expand(['--m=${m:08.2f}', '${s:>4}|'], { m: 9.876, s: 'rk4' })).toEqual(['--m=00009.88', ' rk4|']);
    expect(expand(['${opt.lr:.1e}'], { opt: { lr: 0.01 } })).toEqual(['1.0e-02']);
    expect(() => expand(['${m:d}'], { m: 9.5 })).toThrow(
      new RangeError('${m:…}: "d" is for whole numbers, and 9.5 is none'),
    );
  });
});

test('any value is written as Python writes it', () => {
  // Characters that every version of Unicode knows alike.
  const character = fc.oneof(
    fc.integer({ min: 0, max: 0x24f }).map((code) => String.fromCodePoint(code)),
    fc.constantFrom(
      "'",
      '"',
      '\\',
      '\u2028',
      '\u3000',
      '\ufeff',
      '\ue000',
      '漢',
      '😀',
      '\u{e0001}',
      '\u{f0000}',
    ),
  );
  const text = fc.string({ unit: character, maxLength: 12 });
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(null, true, false),
      number,
      fc.integer(),
      text,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(text, tie('value'), { maxKeys: 4 }),
    ),
  })).value as fc.Arbitrary<ParamValue>;
  const values = fc.sample(value, { numRuns: 8000, seed: 1 });
  const python =
    'import json, sys\n' +
    'print(json.dumps([[str(value), json.dumps(value)] for value in json.load(sys.stdin)]))';
  const output = execFileSync('python3', ['-c', python], {
    input: JSON.stringify(values),
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  expect(values.map((value) => [pythonStr(value), pythonJson(value)])).toEqual(JSON.parse(output));
});
