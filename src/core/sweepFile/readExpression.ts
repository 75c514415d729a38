import type { TextRange } from '../diagnostic.ts';
import { extentOf, largestExtent } from '../plan/expression/cost.ts';
import { compileExpression, type Expression, type Variable } from '../plan/expression/expression.ts';
import type { Domain } from '../plan/parameterSpace.ts';
import type { ParamValue } from '../run.ts';
import { didYouMean, didYouMeanClause } from './didYouMean.ts';
import type { Reading } from './reading.ts';
import type { ScalarNode, SourceNode } from './source.ts';

/** The names that an expression can take. */
export type Variables = ReadonlyMap<string, Variable>;

/** Understands an expression, and reports what is wrong with it. Undefined where there is none, or none that is sound. */
export function readExpression(
  node: SourceNode,
  variables: Variables,
  reading: Reading,
): Expression | undefined {
  // The schema has told what is wrong with anything else.
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  const source = typeof node.value === 'string' ? node.value : node.written;
  const { expression, problems, uses } = compileExpression(source, node.range, variables);
  for (const { name, range } of uses) reading.uses.push({ name, range: placeOf(node, range) });
  for (const { code, message, range, unknown } of problems) {
    const meant = unknown === undefined ? undefined : didYouMean(unknown, variables.keys());
    const hint =
      unknown === undefined
        ? ''
        : meant === undefined
          ? unknownHint(unknown, variables)
          : didYouMeanClause(meant);
    const place = placeOf(node, range);
    // A name needs no escapes, whatever quotes it stands in; a whole value that is replaced would lose them.
    const isExact = place !== node.range || node.style === 'plain';
    reading.report(code, place, `${message}${hint}`, { suggestion: isExact ? meant : undefined });
  }
  return expression;
}

function unknownHint(name: string, variables: Variables): string {
  const dashed = [...variables.keys()].find(
    (other) => /[^\w.]/.test(other) && other.split(/[^\w]/).includes(name),
  );
  if (dashed !== undefined)
    return `; an expression cannot take "${dashed}", which it reads as a difference; write "_"`;
  const names = [...variables.keys()].slice(0, 5);
  const known =
    names.length === 0
      ? ''
      : `; there ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}${variables.size > 5 ? ', …' : ''}`;
  return `${known}; a text stands in quotes: '${name}'`;
}

/** Where a part of an expression stands in the sweep file; the whole value where escapes or folded lines hide it. */
function placeOf(node: ScalarNode, { start, end }: TextRange): TextRange {
  const { range, written, value } = node;
  const text = typeof value === 'string' ? value : written;
  const shift = written === text ? 0 : written.slice(1, -1) === text ? 1 : undefined;
  if (shift === undefined) return range;
  return { start: range.start + shift + start, end: range.start + shift + end };
}

/** What an expression knows of a parameter. */
export function variableOf(domain: Domain | undefined): Variable {
  if (domain === undefined) return anything;
  if (domain.kind === 'constant') return variableOfValues([domain.value]);
  if (domain.kind === 'values') {
    // What is no array is computed: a row of numbers.
    return Array.isArray(domain.values) ? variableOfValues(domain.values as ParamValue[]) : number;
  }
  const { distribution } = domain;
  return distribution.kind === 'categorical' ? variableOfValues(distribution.values) : number;
}

const number: Variable = { type: 'double', extent: { items: 0, each: 1 } };
const anything: Variable = { type: 'dyn', extent: { items: 0, each: 1 } };

/** What an expression knows of a parameter that has one of these values. */
export function variableOfValues(values: readonly ParamValue[]): Variable {
  const kinds = new Set(values.map((value) => typeof value));
  const [kind] = kinds;
  const extent = kinds.size === 1 && kind === 'number' ? number.extent : largestExtent(values.map(extentOf));
  if (kinds.size !== 1) return { type: 'dyn', extent };
  switch (kind) {
    case 'number':
      return { type: 'double', extent };
    case 'string':
      return { type: 'string', extent };
    case 'boolean':
      return { type: 'bool', extent };
    default:
      return { type: 'dyn', extent };
  }
}

/** What an expression knows of a value that another one computes. */
export function variableOfExpression({ type, extent }: Expression): Variable {
  const known = type === 'int' ? 'double' : type;
  return { type: known === 'double' || known === 'string' || known === 'bool' ? known : 'dyn', extent };
}

/** Whether an expression can be a condition; reports one that cannot. */
export function isCondition(expression: Expression, { report }: Reading): boolean {
  if (expression.type === 'bool' || expression.type === 'dyn') return true;
  const type =
    expression.type === 'double' || expression.type === 'int' ? 'a number' : `of type ${expression.type}`;
  report(
    'invalid-expression',
    expression.range,
    `this is ${type}, and should be true or false, as "x > 1" is`,
  );
  return false;
}
