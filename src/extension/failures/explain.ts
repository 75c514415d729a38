import { setImmediate as nextTurn } from 'node:timers/promises';
import { type FlatParams, meetsAll, type Rule } from '../../core/failures/rules/rule.ts';
import { sampleOf, searchConditions } from '../../core/failures/rules/searchRule.ts';
import { flatten } from '../../core/flatten.ts';
import { paramAt } from '../../core/params.ts';
import type { ParamMap } from '../../core/run.ts';

/** Runs whose parameters are read before others get their turn: a few milliseconds. */
const runsAtOnce = 1000;

/**
 * The rule that failed runs follow, as against successful ones; undefined where there is none. Parameters are read in small
 * portions and not kept, so that a large sweep neither blocks the editor nor fills its memory.
 */
export async function explain(
  params: (run: number) => ParamMap,
  failed: readonly number[],
  succeeded: readonly number[],
): Promise<Rule | undefined> {
  const flat = (run: number): FlatParams => {
    const nested = params(run);
    return { get: (name) => paramAt(nested, name), keys: () => flatten(nested).keys() };
  };
  const conditions = searchConditions(sampleOf(failed).map(flat), sampleOf(succeeded).map(flat));
  if (conditions.length === 0) return undefined;
  const count = async (runs: readonly number[]): Promise<number> => {
    let met = 0;
    let nested: ParamMap = {};
    // One object for all runs: V8 takes those of the sample for long-lived, and would keep a hundred thousand more.
    const current = { get: (name: string) => paramAt(nested, name) };
    for (const [index, run] of runs.entries()) {
      nested = params(run);
      if (meetsAll(current, conditions)) met++;
      if (index % runsAtOnce === 0) await nextTurn();
    }
    return met;
  };
  return {
    conditions,
    failed: await count(failed),
    ofFailed: failed.length,
    succeeded: await count(succeeded),
    ofSucceeded: succeeded.length,
  };
}
