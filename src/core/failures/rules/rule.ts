import { valueKey } from '../../params.ts';
import type { ParamValue } from '../../run.ts';
import { valueText } from '../../template.ts';
import { unreachable } from '../../unreachable.ts';

/** Something that can be true of a parameter of a run. */
export type Condition =
  | { readonly kind: 'above'; readonly name: string; readonly bound: number }
  | { readonly kind: 'below'; readonly name: string; readonly bound: number }
  | { readonly kind: 'between'; readonly name: string; readonly low: number; readonly high: number }
  | { readonly kind: 'one-of'; readonly name: string; readonly values: readonly ParamValue[] };

/** What the failed runs of a cluster share, as against the successful runs. */
export interface Rule {
  /** One or two; a run must meet all. */
  readonly conditions: readonly Condition[];
  /** How many of the cluster's runs meet them, of how many. */
  readonly failed: number;
  readonly ofFailed: number;
  /** How many of the successful runs meet them, of how many. */
  readonly succeeded: number;
  readonly ofSucceeded: number;
}

/** A parameter's value by name, nested ones by their dotted names. */
export type FlatParams = ReadonlyMap<string, ParamValue>;

/** Whether a run meets a condition; a run without the parameter does not. */
export function meets(params: FlatParams, condition: Condition): boolean {
  const value = params.get(condition.name);
  switch (condition.kind) {
    case 'above':
      return typeof value === 'number' && value > condition.bound;
    case 'below':
      return typeof value === 'number' && value < condition.bound;
    case 'between':
      return typeof value === 'number' && value >= condition.low && value <= condition.high;
    case 'one-of':
      return value !== undefined && condition.values.some((one) => valueKey(one) === valueKey(value));
    default:
      return unreachable(condition);
  }
}

/** "dt > 0.1", "engine = merlin or raptor". */
export function describeCondition(condition: Condition): string {
  const { name } = condition;
  switch (condition.kind) {
    case 'above':
      return `${name} > ${condition.bound}`;
    case 'below':
      return `${name} < ${condition.bound}`;
    case 'between':
      return `${condition.low} ≤ ${name} ≤ ${condition.high}`;
    case 'one-of':
      return `${name} = ${condition.values.map((value) => valueText(value)).join(' or ')}`;
    default:
      return unreachable(condition);
  }
}

/** "all 37 have dt > 0.1; none of 83 successful runs has", with the numbers that say how far to believe it. */
export function describeRule(rule: Rule): string {
  const conditions = rule.conditions.map(describeCondition).join(' and ');
  const { failed, ofFailed, succeeded, ofSucceeded } = rule;
  const who = failed < ofFailed ? `${failed} of ${ofFailed}` : ofFailed === 2 ? 'both' : `all ${ofFailed}`;
  const others =
    succeeded === 0
      ? `none of the ${ofSucceeded} successful runs`
      : `and ${succeeded} of the ${ofSucceeded} successful runs`;
  return `${who} have ${conditions}, ${others}`;
}
