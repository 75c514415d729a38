import { sameValue } from '../params.ts';
import type { ParamValue } from '../run.ts';

/** A named value in each of several runs; undefined where a run has none. */
export interface ComparedValue {
  readonly name: string;
  readonly values: readonly (ParamValue | undefined)[];
}

/** Named values of several runs: those that are not the same in all, and those that are. In the order of their first appearance. */
export interface Comparison {
  readonly differing: readonly ComparedValue[];
  readonly same: readonly ComparedValue[];
}

/** Compares the named values of several runs. */
export function compareValues(runs: readonly ReadonlyMap<string, ParamValue>[]): Comparison {
  const names = new Set(runs.flatMap((values) => [...values.keys()]));
  const differing: ComparedValue[] = [];
  const same: ComparedValue[] = [];
  for (const name of names) {
    const values = runs.map((run) => run.get(name));
    (values.every((value) => sameValue(value, values[0])) ? same : differing).push({ name, values });
  }
  return { differing, same };
}

/** By how much a number changed: the difference, and its share of the old one where that is not zero. */
export interface Change {
  readonly difference: number;
  readonly relative: number | undefined;
}

/** How a value changed, where both are numbers. */
export function changeOf(before: unknown, after: unknown): Change | undefined {
  if (typeof before !== 'number' || typeof after !== 'number') return undefined;
  const difference = after - before;
  return { difference, relative: before === 0 ? undefined : difference / Math.abs(before) };
}
