import { sameValue } from '../../params.ts';
import type { Expression, LookUp } from '../expression/expression.ts';
import type { Rule } from '../parameterSpace.ts';
import { holds, rowLookUp } from './computed.ts';
import { distinctRows, rowOf } from './distinct.ts';
import { type Points, type Row, selection } from './points.ts';
import { pointsATurn, type Scan } from './scan.ts';

/** What is to be left out of a set of points. */
export interface Filter {
  /** What one of these holds for is left out. */
  readonly exclude: readonly Rule[];
  /** If there are any, what none of these holds for is left out. */
  readonly only: readonly Expression[];
  /** Whether points that agree are one. */
  readonly distinct: boolean;
  /** What is evaluated to make a point. */
  readonly computed: readonly Expression[];
}

/** What a filter made of a set of points. */
export interface Filtered {
  readonly kept: Points;
  /** The points that were left out by a rule, in order; those that agree with an earlier one are in neither. */
  readonly left: Points;
  /** Why a point of {@link Filtered.left} was left out: the rule's position in `exclude`; undefined for what `only` lacks. */
  why(index: number): number | undefined;
  /** The rules of `exclude` that hold for no point. */
  readonly idle: readonly Rule[];
}

/** Looks at each point, with pauses. Keeps four bytes of each, and one more of those that were left out. */
export function* filtered(
  points: Points,
  { exclude, only, distinct, computed }: Filter,
  scan: Scan,
): Generator<void, Filtered> {
  const reason = exclude.length > 0 ? '"exclude"' : only.length > 0 ? '"include"' : 'runs that are the same';
  scan.admit(points.size, reason, [
    ...exclude.flatMap((rule) => (rule.kind === 'expression' ? [rule.expression] : [])),
    ...only,
    ...computed,
  ]);
  const kept = indexList();
  const left = indexList();
  const reasons: number[] = [];
  const [row, other]: [Row, Row] = [[], []];
  const lookUp = rowLookUp(points.columns, row);
  const known = distinctRows((position) => rowOf(points, kept.at(position), other));
  const knownLeft = distinctRows((position) => rowOf(points, left.at(position), other));
  const idle = new Set(exclude);
  for (let index = 0; index < points.size; index++) {
    if ((index + 1) % pointsATurn === 0) yield;
    rowOf(points, index, row);
    // Rules that have not held for any point yet are asked even when another one holds.
    for (const candidate of idle) if (matches(candidate, lookUp)) idle.delete(candidate);
    const rule = exclude.findIndex((candidate) => matches(candidate, lookUp));
    const isWanted = only.length === 0 || only.some((expression) => holds(expression, lookUp));
    if (rule >= 0 || !isWanted) {
      if (distinct && !knownLeft.add(row)) continue;
      left.push(index);
      reasons.push(rule);
    } else if (!distinct || known.add(row)) kept.push(index);
  }
  const keptIndexes = kept.toArray();
  return {
    kept: keptIndexes.length === points.size ? points : selection(points, keptIndexes),
    left: selection(points, left.toArray()),
    why(index) {
      const rule = reasons[index];
      return rule === undefined || rule < 0 ? undefined : rule;
    },
    idle: [...idle],
  };
}

/** Whether a rule holds for a point. */
export function matches(rule: Rule, lookUp: LookUp): boolean {
  if (rule.kind === 'expression') return holds(rule.expression, lookUp);
  for (const [name, value] of rule.values) if (!sameValue(lookUp(name), value)) return false;
  return true;
}

/** A growing list of indexes, four bytes each. */
function indexList() {
  let indexes = new Uint32Array(1024);
  let length = 0;
  return {
    push(index: number): void {
      if (length === indexes.length) {
        const larger = new Uint32Array(length * 2);
        larger.set(indexes);
        indexes = larger;
      }
      indexes[length++] = index;
    },
    at: (position: number): number => indexes[position] as number,
    toArray: (): Uint32Array => indexes.slice(0, length),
  };
}
