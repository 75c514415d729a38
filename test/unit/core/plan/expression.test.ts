import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { extentOf } from '../../../../src/core/plan/expression/cost.ts';
import { compileExpression, type Variable } from '../../../../src/core/plan/expression/expression.ts';
import type { ParamValue } from '../../../../src/core/run.ts';

const values: Readonly<Record<string, ParamValue>> = {
  mass: 900,
  count: 3,
  solver: 'rk4',
  isWet: true,
  list: [1, 2, 3],
  map: { x: { y: 1 } },
  'opt.lr': 0.1,
  type: 'a',
  size: 7,
  nothing: null,
};

const typeOf = { number: 'double', string: 'string', boolean: 'bool' } as const;
const variables = new Map<string, Variable>(
  [...Object.entries(values), ['missing', 1] as const].map(([name, value]) => [
    name,
    { type: typeOf[typeof value as keyof typeof typeOf] ?? 'dyn', extent: extentOf(value) },
  ]),
);

function compile(source: string) {
  return compileExpression(source, { start: 0, end: 0 }, variables);
}

function evaluate(source: string): unknown {
  const { expression, problems } = compile(source);
  if (expression === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return expression.evaluate((name) => values[name]);
}

describe('an expression', () => {
  test.each<[string, unknown]>([
    ['mass / 2', 450],
    ['1 / 2', 0.5],
    ['count / 2', 1.5],
    ['7 % 4 == 3', true],
    ['mass == 900 && mass in [900, 1000]', true],
    ['size(list) == 3 && size(list) * 2 == 6', true],
    ['mass > 1000 ? 1 : 2.5', 2.5],
    ["solver == 'rk4' ? 'a' : 'b'", 'a'],
    ["solver.substring(1) + '!'", 'k4!'],
    ['list[0] + list[1]', 3],
    ['list.map(x, x * 2)', [2, 4, 6]],
    ['list.exists(mass, mass == 2)', true],
    ['map.x.y + 1', 2],
    ['opt.lr', 0.1],
    ['opt', { lr: 0.1 }],
    ['has(opt.lr)', true],
    ["type + 'b'", 'ab'],
    ['size + 1', 8],
    ['nothing == null', true],
    ['!isWet', false],
    ['math.sqrt(mass)', 30],
    ['math.pow(2, 10)', 1024],
    ['math.greatest(1, mass, count)', 900],
    ['math.least(count, 2.5)', 2.5],
    ['math.round(2.5) + math.floor(-0.5)', 2],
    ['string(mass) + string(isWet)', '900true'],
    ["'x' in {'x': 1}", true],
    ['2 + 3 * -4', -10],
    ['missing > 1', undefined],
    ['missing > 1 || mass > 1', true],
    ['missing > 1 && mass < 1', false],
  ])('%s', (source, value) => expect(evaluate(source)).toEqual(value));

  test('tells which parameters it takes, and where', () => {
    const source = 'list.all(x, x > opt.lr) || mass > map.x.y';
    const { uses, expression } = compile(source);
    expect(uses.map(({ name, range }) => [name, source.slice(range.start, range.end)])).toEqual([
      ['list', 'list'],
      ['opt.lr', 'opt.lr'],
      ['mass', 'mass'],
      ['map', 'map'],
    ]);
    expect(expression?.names).toEqual(['list', 'opt.lr', 'mass', 'map']);
  });

  test('takes a bounded number of steps, whatever it does', () => {
    const long = Array.from({ length: 3000 }, (_, index) => index);
    const big = new Map<string, Variable>([['big', { type: 'dyn', extent: extentOf(long) }]]);
    const steps = (source: string) => compileExpression(source, { start: 0, end: 0 }, big);
    expect(steps('big.all(a, a >= 0)').expression).toBeDefined();
    for (const source of [
      'big.all(a, big.all(b, a == b))',
      `['x']${'.map(x, x + x)'.repeat(20)}`,
      `[[1]]${'.map(x, [x, x])'.repeat(20)}`,
      `${"['abcdefghijklmnopqrstuvwxyz'].map(x, ".repeat(4)}x + x + x${')'.repeat(4)}${'.map(x, x.map(y, y + y))'.repeat(12)}`,
    ]) {
      const { expression, problems } = steps(source);
      expect(expression, source).toBeUndefined();
      expect(problems.map(({ message }) => message).join(), source).toMatch(/steps|depth|nodes|complex/i);
    }
  });

  test('has no access to anything but its parameters', () => {
    for (const source of [
      'constructor',
      'this',
      'process',
      'globalThis',
      '__proto__',
      "map['constructor']",
      'map.__proto__',
      "solver['constructor']",
      'cel.bind(x, 1, x)',
    ]) {
      let value: unknown;
      try {
        value = evaluate(source);
      } catch {
        continue;
      }
      expect(typeof value, source).not.toBe('function');
      expect(value, source).toBeUndefined();
    }
  });
});

vi.setConfig({ testTimeout: 60_000 });

test('whatever is written, an expression is understood or refused, and ends', () => {
  const pieces = fc.constantFrom(
    ...'mass solver list opt.lr missing ( ) [ ] { } , . + - * / % < > = ! == && || ? : in 1 2.5 "x" \'y\' true null size( .map( .all( .filter( x , .exists( math.sqrt( math. string( has( b" r\' \\ " 0x 1u 1e5 @ # $ ☃ __ cel.bind('.split(
      ' ',
    ),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(pieces, { maxLength: 25 }).map((parts) => parts.join(' ')),
        fc.string(),
      ),
      (source) => {
        const { expression, problems, uses } = compile(source);
        for (const { range } of [...problems, ...uses]) {
          expect(range.start).toBeGreaterThanOrEqual(0);
          expect(range.end).toBeGreaterThanOrEqual(range.start);
          expect(range.end).toBeLessThanOrEqual(source.length);
        }
        expect(expression === undefined).toBe(problems.length > 0);
        try {
          expression?.evaluate((name) => values[name]);
        } catch (error) {
          expect((error as Error).message).not.toMatch(/undefined|\[object/);
        }
      },
    ),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 2000) },
  );
});
