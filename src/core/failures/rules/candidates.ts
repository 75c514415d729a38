import { valueKey } from '../../params.ts';
import type { ParamValue } from '../../run.ts';
import { roundNumberFrom } from './roundNumber.ts';
import type { Condition } from './rule.ts';

/** A condition with how it divides the runs that were looked at, and how many others of its kind were tried. */
export interface Candidate {
  readonly condition: Condition;
  readonly failed: number;
  readonly succeeded: number;
  readonly tried: number;
}

/** The values of one parameter: those of failed and those of successful runs. */
export interface Column {
  readonly name: string;
  readonly failed: readonly (ParamValue | undefined)[];
  readonly succeeded: readonly (ParamValue | undefined)[];
}

const mostValues = 3;

/**
 * The best condition of each kind that a parameter allows, the one that is easier to say first. A parameter that does not
 * vary allows none.
 */
export function candidatesOf(column: Column): Candidate[] {
  const tallies = tally(column);
  if (tallies.length < 2) return [];
  const isNumeric = [...column.failed, ...column.succeeded].every((value) => typeof value === 'number');
  const listed = oneOf(column, tallies);
  const bounded = isNumeric ? bounds(column, tallies) : [];
  if (listed === undefined) return bounded;
  const isSingle = listed.condition.kind === 'one-of' && listed.condition.values.length === 1;
  return isSingle ? [listed, ...bounded] : [...bounded, listed];
}

/** How far a condition tells failed runs from successful ones: 1 is wholly, 0 not at all (Youden's J). */
export function power(
  { failed, succeeded }: Pick<Candidate, 'failed' | 'succeeded'>,
  column: Pick<Column, 'failed' | 'succeeded'>,
): number {
  return failed / column.failed.length - succeeded / column.succeeded.length;
}

interface Tally {
  readonly value: ParamValue | undefined;
  failed: number;
  succeeded: number;
}

function tally(column: Column): Tally[] {
  const tallies = new Map<string, Tally>();
  for (const key of ['failed', 'succeeded'] as const) {
    for (const value of column[key]) {
      const id = valueKey(value);
      const known = tallies.get(id);
      if (known === undefined) tallies.set(id, { value, failed: 0, succeeded: 0, [key]: 1 });
      else known[key] += 1;
    }
  }
  return [...tallies.values()];
}

/** A few values in which most failures lie. */
function oneOf(column: Column, tallies: readonly Tally[]): Candidate | undefined {
  const worst = tallies
    .filter(({ value, failed }) => failed > 0 && value !== undefined)
    .sort((a, b) => power(b, column) - power(a, column))
    .slice(0, Math.min(mostValues, tallies.length - 1));
  let best: Candidate | undefined;
  for (let count = 1; count <= worst.length; count++) {
    const chosen = worst.slice(0, count);
    const candidate: Candidate = {
      condition: {
        kind: 'one-of',
        name: column.name,
        values: chosen.map(({ value }) => value as ParamValue).sort(byValue),
      },
      failed: sum(chosen, 'failed'),
      succeeded: sum(chosen, 'succeeded'),
      // The sets of so many values that there are.
      tried: choose(tallies.length, count),
    };
    if (best === undefined || power(candidate, column) > power(best, column)) best = candidate;
  }
  return best;
}

/** The best lower bound, the best upper bound, and the interval that all failures lie in. */
function bounds(column: Column, tallies: readonly Tally[]): Candidate[] {
  const sorted = [...tallies].sort((a, b) => Number(a.value) - Number(b.value));
  const tried = sorted.length - 1;
  const at = (index: number) => Number(sorted[index]?.value);
  let below = { failed: 0, succeeded: 0 };
  let bestBelow: Candidate | undefined;
  let bestAbove: Candidate | undefined;
  for (let index = 0; index < tried; index++) {
    below = {
      failed: below.failed + (sorted[index]?.failed ?? 0),
      succeeded: below.succeeded + (sorted[index]?.succeeded ?? 0),
    };
    const above = {
      failed: column.failed.length - below.failed,
      succeeded: column.succeeded.length - below.succeeded,
    };
    if (bestBelow === undefined || power(below, column) > power(bestBelow, column)) {
      // Of the numbers in the gap, with its upper end.
      const bound = -roundNumberFrom(-at(index + 1), -at(index));
      bestBelow = { ...below, condition: { kind: 'below', name: column.name, bound }, tried };
    }
    if (bestAbove === undefined || power(above, column) > power(bestAbove, column)) {
      const bound = roundNumberFrom(at(index), at(index + 1));
      bestAbove = { ...above, condition: { kind: 'above', name: column.name, bound }, tried };
    }
  }
  return [bestAbove, bestBelow, between(column, sorted)].filter((candidate) => candidate !== undefined);
}

function between({ name }: Column, sorted: readonly Tally[]): Candidate | undefined {
  const first = sorted.findIndex(({ failed }) => failed > 0);
  const last = sorted.findLastIndex(({ failed }) => failed > 0);
  // At an end of the values, a bound says the same in fewer words.
  if (first <= 0 || last >= sorted.length - 1 || first === last) return undefined;
  const inside = sorted.slice(first, last + 1);
  return {
    condition: {
      kind: 'between',
      name,
      low: Number(sorted[first]?.value),
      high: Number(sorted[last]?.value),
    },
    failed: sum(inside, 'failed'),
    succeeded: sum(inside, 'succeeded'),
    tried: choose(sorted.length, 2),
  };
}

function sum(tallies: readonly Tally[], key: 'failed' | 'succeeded'): number {
  return tallies.reduce((total, { [key]: count }) => total + count, 0);
}

function choose(n: number, k: number): number {
  let result = 1;
  for (let i = 0; i < k; i++) result = (result * (n - i)) / (i + 1);
  return result;
}

function byValue(a: ParamValue, b: ParamValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return valueKey(a) < valueKey(b) ? -1 : 1;
}
