import { sameValue } from '../params.ts';
import type { ParamValue } from '../run.ts';
import { changeOf } from './compareValues.ts';

/** A result that is not the same in two runs; undefined where a run has none. */
export interface ChangedResult {
  readonly name: string;
  readonly before: ParamValue | undefined;
  readonly after: ParamValue | undefined;
}

/**
 * The results that changed from one run to another. Numbers count as changed when they differ by more than the share
 * `tolerance` of the older one (0: when they differ at all).
 */
export function changedResults(
  before: ReadonlyMap<string, ParamValue>,
  after: ReadonlyMap<string, ParamValue>,
  tolerance = 0,
): ChangedResult[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const [old, now] = [before.get(name), after.get(name)];
    if (sameValue(old, now)) return [];
    const relative = changeOf(old, now)?.relative;
    if (relative !== undefined && Math.abs(relative) <= tolerance) return [];
    return [{ name, before: old, after: now }];
  });
}
