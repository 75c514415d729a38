import type { ParamValue } from '../../run.ts';
import { type Expression, ExpressionFailure, type LookUp } from '../expression/expression.ts';
import type { Block } from '../parameterSpace.ts';
import { explained } from '../planFailure.ts';
import type { PointColumn, Points, Row } from './points.ts';

/**
 * The same points, without the parameters whose condition does not hold, and with what is derived from the others. A derived
 * value that needs a parameter which a point lacks is lacking too.
 */
export function withSteps(points: Points, steps: Block['steps']): Points {
  if (steps.length === 0) return points;
  const derived = steps.filter((step) => step.kind === 'derived');
  const conditional = new Set(steps.flatMap((step) => (step.kind === 'condition' ? [step.name] : [])));
  const columns = [
    ...points.columns.map(
      (column): PointColumn => (conditional.has(column.name) ? { ...column, isOptional: true } : column),
    ),
    ...derived.map(({ name, path }): PointColumn => ({ name, path, isOptional: true, values: undefined })),
  ];
  const positions = new Map(columns.map(({ name }, position) => [name, position]));
  const targets = steps.map(({ name }) => positions.get(name));
  return {
    size: points.size,
    columns,
    fill(index, row, at) {
      points.fill(index, row, at);
      for (let column = points.columns.length; column < columns.length; column++)
        row[at + column] = undefined;
      const lookUp: LookUp = (name) => {
        const position = positions.get(name);
        return position === undefined ? undefined : row[at + position];
      };
      steps.forEach((step, order) => {
        const target = targets[order];
        if (target === undefined) return;
        const position = at + target;
        if (step.kind === 'derived') row[position] = valueFor(step.expression, lookUp);
        else if (!holds(step.expression, lookUp)) row[position] = undefined;
      });
    },
  };
}

/** Finds the values of a row by the names of its columns. */
export function rowLookUp(columns: readonly PointColumn[], row: Row): LookUp {
  const positions = new Map(columns.map(({ name }, position) => [name, position]));
  return (name) => {
    const position = positions.get(name);
    return position === undefined ? undefined : row[position];
  };
}

/**
 * Whether an expression is true. It does not hold where it needs a parameter that there is not. Throws a PlanFailure when it
 * has no value.
 */
export function holds(expression: Expression, lookUp: LookUp): boolean {
  return explained(lookUp, () => {
    const value = expression.evaluate(lookUp);
    if (value === undefined) return false;
    if (typeof value === 'boolean') return value;
    throw new ExpressionFailure(expression, `it is ${describe(value)}, and should be true or false`);
  });
}

function valueFor(expression: Expression, lookUp: LookUp): ParamValue | undefined {
  return explained(lookUp, () => {
    const value = expression.evaluate(lookUp);
    return value === undefined ? undefined : toParamValue(value, expression);
  });
}

/** What JSON can hold of a value of CEL. */
function toParamValue(value: unknown, expression: Expression): ParamValue {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (Number.isFinite(value)) return value === 0 ? 0 : value;
      throw new ExpressionFailure(expression, `it is ${value}, and a parameter is a finite number`);
    case 'bigint':
      return Number(value);
    default:
      if (value === null) return null;
      if (Array.isArray(value)) return value.map((item) => toParamValue(item, expression));
      if (Object.getPrototypeOf(value) === Object.prototype) {
        const entries = Object.entries(value as object);
        return Object.fromEntries(entries.map(([key, item]) => [key, toParamValue(item, expression)]));
      }
      throw new ExpressionFailure(expression, `it is ${describe(value)}, which JSON cannot hold`);
  }
}

function describe(value: unknown): string {
  if (value instanceof Date) return 'a moment in time';
  if (typeof value === 'string') return 'a text';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping, a duration or the like';
  return String(value);
}
