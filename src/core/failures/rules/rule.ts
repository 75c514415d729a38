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

/** A parameter's value by name, nested ones by their dotted names; a map, or what takes less memory. */
export type FlatParams = Pick<ReadonlyMap<string, ParamValue>, 'get' | 'keys'>;

/** Whether a run meets a condition; a run without the parameter does not. */
export function meets(params: Pick<FlatParams, 'get'>, condition: Condition): boolean {
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

/** Whether a run meets all of them. */
export function meetsAll(params: Pick<FlatParams, 'get'>, conditions: readonly Condition[]): boolean {
  return conditions.every((condition) => meets(params, condition));
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

/** A rule in words. */
export interface RuleText {
  /** "all 37 have dt > 0.1". */
  readonly shared: string;
  /** How far to believe it: "none of the 83 successful runs has". */
  readonly others: string;
}

/** A rule in words, with the numbers that say how far to believe it. */
export function describeRule({ conditions, failed, ofFailed, succeeded, ofSucceeded }: Rule): RuleText {
  const who = failed < ofFailed ? `${failed} of ${ofFailed}` : ofFailed === 2 ? 'both' : `all ${ofFailed}`;
  return {
    shared: `${who} have ${conditions.map(describeCondition).join(' and ')}`,
    others:
      succeeded === 0
        ? `none of the ${ofSucceeded} successful runs has`
        : `so have ${succeeded} of the ${ofSucceeded} successful runs`,
  };
}
