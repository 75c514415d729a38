import type { Diagnostic } from '../diagnostic.ts';
import { valueText } from '../template.ts';
import { ExpressionFailure, type LookUp } from './expression/expression.ts';

/** Why there is no plan, or no such run of it: a problem of the sweep file that only its runs show. */
export class PlanFailure extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

const longestValue = 60;

/** Evaluates expressions for a point; where one has no value, the failure says for which point. */
export function explained<Result>(lookUp: LookUp, evaluate: () => Result): Result {
  try {
    return evaluate();
  } catch (error) {
    if (!(error instanceof ExpressionFailure)) throw error;
    const { expression, message } = error;
    const values = expression.names.flatMap((name) => {
      const value = lookUp(name);
      return value === undefined ? [] : [`${name} = ${valueText(value).slice(0, longestValue)}`];
    });
    const where = values.length === 0 ? '' : ` where ${values.join(', ')}`;
    throw new PlanFailure({
      code: 'expression-failed',
      severity: 'error',
      message: `"${expression.source}" fails${where}: ${message}`,
      range: expression.range,
    });
  }
}
