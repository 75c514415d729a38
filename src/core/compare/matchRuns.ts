import { valueKey } from '../params.ts';
import type { ParamValue } from '../run.ts';

/** The flat parameters of a sweep's runs, by id. */
export type RunParams = readonly ReadonlyMap<string, ParamValue>[];

/** Which runs of two sweeps belong together. */
export interface Matching {
  /** The parameters that they were matched by: those that both sweeps have. */
  readonly by: readonly string[];
  /** Parameters that only one of the sweeps has. */
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
  /** Ids of runs that belong together, in the order of the older sweep. */
  readonly pairs: readonly (readonly [before: number, after: number])[];
  /** Runs without a counterpart. */
  readonly unmatchedBefore: readonly number[];
  readonly unmatchedAfter: readonly number[];
}

/**
 * Matches the runs of two sweeps by the values of the parameters that both have. Where several runs have the same values, as
 * replicates do, the first is matched with the first, the second with the second, and so on.
 */
export function matchRuns(before: RunParams, after: RunParams): Matching {
  const namesBefore = namesOf(before);
  const namesAfter = namesOf(after);
  const by = [...namesBefore].filter((name) => namesAfter.has(name));
  const waiting = new Map<string, number[]>();
  for (const [run, params] of after.entries()) {
    const key = keyOf(params, by);
    const runs = waiting.get(key);
    if (runs === undefined) waiting.set(key, [run]);
    else runs.push(run);
  }
  for (const runs of waiting.values()) runs.reverse();
  const pairs: [number, number][] = [];
  const unmatchedBefore: number[] = [];
  for (const [run, params] of before.entries()) {
    // Without a parameter in common, every run would match every other.
    const counterpart = by.length === 0 ? undefined : waiting.get(keyOf(params, by))?.pop();
    if (counterpart === undefined) unmatchedBefore.push(run);
    else pairs.push([run, counterpart]);
  }
  return {
    by,
    onlyBefore: [...namesBefore].filter((name) => !namesAfter.has(name)),
    onlyAfter: [...namesAfter].filter((name) => !namesBefore.has(name)),
    pairs,
    unmatchedBefore,
    unmatchedAfter: [...waiting.values()].flat().sort((a, b) => a - b),
  };
}

function namesOf(runs: RunParams): Set<string> {
  return new Set(runs.flatMap((params) => [...params.keys()]));
}

function keyOf(params: ReadonlyMap<string, ParamValue>, names: readonly string[]): string {
  return valueKey(names.map((name) => params.get(name) ?? null));
}
