import { Environment } from '@marcbachmann/cel-js';
import { exp, ln, pow } from '../sampling/arithmetic.ts';

/** What is known of a variable's values. */
export type VariableType = 'double' | 'string' | 'bool' | 'map' | 'dyn';

/** The name under which expressions find the functions of {@link mathFunctions}. */
export const mathName = 'math';

class MathNamespace {}

/**
 * Functions of one number, called as `math.sqrt(x)`; the first seven are those of CEL's own mathematics extension. Only what
 * gives the same digits on every machine: a plan must not depend on where it is made.
 */
const ofOneNumber: Readonly<Record<string, (x: number) => number>> = {
  abs: Math.abs,
  ceil: Math.ceil,
  floor: Math.floor,
  // As CEL's extension has it, halves are rounded away from zero.
  round: (x) => Math.sign(x) * Math.round(Math.abs(x)),
  sign: Math.sign,
  sqrt: Math.sqrt,
  trunc: Math.trunc,
  exp,
  log: ln,
};
const mostOperands = 6;

/** What can follow `math.` in an expression, in the order in which an editor may offer it. */
export const mathFunctions: readonly string[] = ['greatest', 'least', ...Object.keys(ofOneNumber), 'pow'];

/**
 * CEL in which a number is a number: `mass / 2`, `2 * size(name)` and `mass == 900` need no conversions, since the numbers
 * of a sweep file are what JSON has, and CEL takes those for doubles.
 *
 * The limits are those of one line that a person writes.
 */
const language = new Environment({
  homogeneousAggregateLiterals: false,
  limits: {
    maxAstNodes: 500,
    maxDepth: 50,
    maxListElements: 200,
    maxMapEntries: 50,
    maxCallArguments: mostOperands,
  },
});

const arithmetic: Readonly<Record<string, (x: number, y: number) => number>> = {
  '+': (x, y) => x + y,
  '-': (x, y) => x - y,
  '*': (x, y) => x * y,
  '/': (x, y) => x / y,
  '%': (x, y) => x % y,
};
for (const [operator, compute] of Object.entries(arithmetic)) {
  const handler = (x: number | bigint, y: number | bigint) => compute(Number(x), Number(y));
  language.registerOperator(`double ${operator} int`, handler);
  language.registerOperator(`int ${operator} double`, handler);
}
language.registerOperator('double % double', (x: number, y: number) => x % y);
// The library adds the other order, and "!=", by itself.
language.registerOperator('double == int', (x: number, y: bigint) => x === Number(y));

language.registerType('MathNamespace', MathNamespace);
language.registerConstant(mathName, 'MathNamespace', new MathNamespace());
const numberTypes = ['double', 'int'];
for (const [name, compute] of Object.entries(ofOneNumber)) {
  for (const type of numberTypes) {
    language.registerFunction(
      `MathNamespace.${name}(${type}): double`,
      (_: MathNamespace, x: number | bigint) => compute(Number(x)),
    );
  }
}
for (const [name, choose] of [
  ['greatest', Math.max],
  ['least', Math.min],
] as const) {
  for (let count = 1; count <= mostOperands; count++) {
    language.registerFunction(
      `MathNamespace.${name}(${Array(count).fill('dyn').join(', ')}): double`,
      (_: MathNamespace, ...operands: unknown[]) => choose(...operands.map(numberOf)),
    );
  }
}
language.registerFunction(
  'MathNamespace.pow(dyn, dyn): double',
  (_: MathNamespace, base: unknown, exponent: unknown) => pow(numberOf(base), numberOf(exponent)),
);

function numberOf(operand: unknown): number {
  if (typeof operand === 'number') return operand;
  if (typeof operand === 'bigint') return Number(operand);
  throw new TypeError(`${JSON.stringify(operand)} is no number`);
}

/** The language with these variables and no others. */
export function languageWith(variables: ReadonlyMap<string, VariableType>): Environment {
  const extended = language.clone();
  for (const [name, type] of variables) extended.registerVariable(name, type);
  return extended;
}
