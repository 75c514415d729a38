import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFormat } from '../../../../src/core/format/formatSpec.ts';
import { formatValue } from '../../../../src/core/format/formatValue.ts';
import type { ParamValue } from '../../../../src/core/run.ts';

type Case = readonly [value: number | string, spec: string];

/** What Python makes of each case; null where it refuses. JSON does not tell 900 from 900.0, so a float may stand in for an int. */
const python = `
import json, sys
readings = {"text": [str], "fraction": [float], "whole": [int, lambda written: float(int(written))]}
def write(kind, written, spec):
    for read in readings[kind]:
        try:
            return format(read(written), spec)
        except (ValueError, OverflowError):
            pass
    return None
print(json.dumps([write(*case) for case in json.load(sys.stdin)]))
`;

function ofPython(cases: readonly Case[]): (string | null)[] {
  const written = cases.map(([value, spec]) => {
    if (typeof value === 'string') return ['text', value, spec];
    return Number.isInteger(value)
      ? ['whole', String(BigInt(value)), spec]
      : ['fraction', String(value), spec];
  });
  const input = JSON.stringify(written);
  return JSON.parse(execFileSync('python3', ['-c', python], { input, encoding: 'utf8', maxBuffer: 1e9 }));
}

/** `z` is of Python 3.11. */
const knowsZ = execFileSync('python3', ['-c', 'import sys; print(sys.version_info >= (3, 11))'], {
  encoding: 'utf8',
}).startsWith('True');

function ofOurs([value, text]: Case): string | null {
  const parsed = parseFormat(text);
  if ('problem' in parsed) return null;
  try {
    return formatValue(value, parsed.spec);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -1e7, max: 1e7, noNaN: true }),
  fc.integer(),
  fc.integer({ min: -50, max: 130 }),
  // What lies halfway between two results.
  fc.integer({ min: -4000, max: 4000 }).map((eighths) => eighths / 8),
  fc.constantFrom(0, 1e22, 1e23, 9.5, 99.95, 999999.5, 9999999999999998, 1e16, 1e-5, 0.0001, 5e-324, 2 ** 53),
);
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom('', 'rk4', '€uro', '𝒳𝒴'),
);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value.map(String), { nil: '' });
const spec = fc
  .tuple(
    fc.option(
      fc
        .tuple(maybe(fc.constantFrom('*', '0', ' ', '€', '𝒳', '<')), fc.constantFrom('<', '>', '=', '^'))
        .map((parts) => parts.join('')),
      { nil: '' },
    ),
    maybe(fc.constantFrom('+', '-', ' ')),
    maybe(fc.constantFrom(knowsZ ? 'z' : '')),
    maybe(fc.constantFrom('#')),
    maybe(fc.constantFrom('0')),
    maybe(fc.integer({ min: 1, max: 30 })),
    maybe(fc.constantFrom(',', '_')),
    fc.option(
      fc.integer({ min: 0, max: 25 }).map((precision) => `.${precision}`),
      { nil: '' },
    ),
    maybe(fc.constantFrom(...'bcdeEfFgGnosxX%')),
  )
  .map((parts) => parts.join(''));

describe('a format', () => {
  test('writes every number and text as Python does, and refuses what Python refuses', () => {
    const cases = [
      ...fc.sample(fc.tuple(number, spec), { numRuns: 30_000, seed: 1 }),
      ...fc.sample(fc.tuple(text, spec), { numRuns: 5_000, seed: 2 }),
    ];
    const expected = ofPython(cases);
    const different = cases.flatMap((entry, index) => {
      const ours = ofOurs(entry);
      return ours === expected[index] ? [] : [{ entry, ours, python: expected[index] }];
    });
    expect(different.slice(0, 20)).toEqual([]);
    expect(expected.filter((written) => written !== null).length).toBeGreaterThan(10_000);
  });

  test.each<[ParamValue, string, string]>([
    [900, '.3f', '900.000'],
    [0.5, '.0f', '0'],
    [1234567.891, ',.2f', '1,234,567.89'],
    [7, '03d', '007'],
    [1e-4, '.2e', '1.00e-04'],
    [0.25, '.1%', '25.0%'],
    ['rk4', '>6', '   rk4'],
    ['runge-kutta', '.5', 'runge'],
    [true, 'd', '1'],
    [false, '.1f', '0.0'],
    [true, '>6', '  true'],
    [null, '6', 'null  '],
    [[1, 2], '>6', ' [1,2]'],
  ])('writes %j by "%s" as "%s"', (value, text, expected) => {
    const parsed = parseFormat(text);
    expect('spec' in parsed && formatValue(value, parsed.spec)).toBe(expected);
  });

  test.each([
    ['q', 'has no type "q"'],
    ['3.f', 'is none of Python'],
    ['.3d', 'has a precision'],
    [',x', 'by ","; use "_"'],
    ['+s', 'signs and digits are for numbers'],
    ['9999', 'more than 1000'],
    ['.9999f', 'more than 1000'],
  ])('"%s" %s', (text, problem) => {
    expect(parseFormat(text)).toEqual({ problem: expect.stringContaining(problem) });
  });

  test.each<[ParamValue, string, string]>([
    [1.5, 'd', '"d" is for whole numbers, and 1.5 is none'],
    ['rk4', '.3f', '"f" is for numbers, and "rk4" is none'],
    ['rk4', '+', 'signs and digits are for numbers, and "rk4" is none'],
    [3, 's', '"s" is for texts, and 3 is a number'],
    [-1, 'c', '"c" is for characters, and -1 is none'],
    [[1], 'g', '"g" is for numbers, and "[1]" is none'],
  ])('says why %j cannot be written by "%s"', (value, text, message) => {
    const parsed = parseFormat(text);
    expect(() => 'spec' in parsed && formatValue(value, parsed.spec)).toThrow(new RangeError(message));
  });
});
