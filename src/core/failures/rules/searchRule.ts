import { type Candidate, candidatesOf, power } from './candidates.ts';
import { chanceOf } from './hypergeometric.ts';
import { type Condition, type FlatParams, meets, meetsAll, type Rule } from './rule.ts';

/** A rule that chance makes as good as this in more than one of twenty sweeps is not told. */
const significance = 0.05;
/** It must be true of at least this share of the failed runs, or it does not say what they share. */
const leastCoverage = 0.8;
/** By how much a second condition must divide better what the first one leaves. */
const leastGain = 0.2;
/** More runs than this tell no more, and take longer. */
export const sampleSize = 3000;

/**
 * Looks for what failed runs share and successful ones do not: a bound, an interval or a few values of a parameter, or two
 * such conditions together. It is small and honest: conditions are told only where Fisher's exact test, corrected for the
 * number of conditions tried (Bonferroni), says that chance does not explain them. Returns none where chance does, as among
 * a few runs. Takes time for at most {@link sampleSize} runs of each kind: give it a {@link sampleOf} more.
 */
export function searchConditions(
  failed: readonly FlatParams[],
  succeeded: readonly FlatParams[],
): readonly Condition[] {
  const first = bestCondition(failed, succeeded);
  if (first === undefined) return [];
  const alone = [first.condition];
  if (first.succeeded === 0) return alone;
  const inside = (runs: readonly FlatParams[]) => runs.filter((params) => meets(params, first.condition));
  const second = bestCondition(inside(failed), inside(succeeded), leastGain);
  return second === undefined || second.failed / failed.length < leastCoverage
    ? alone
    : [first.condition, second.condition];
}

/** {@link searchConditions}, counted in all of the runs. Undefined where no condition is told. */
export function searchRule(
  failed: readonly FlatParams[],
  succeeded: readonly FlatParams[],
): Rule | undefined {
  const conditions = searchConditions(sampleOf(failed), sampleOf(succeeded));
  if (conditions.length === 0) return undefined;
  const count = (runs: readonly FlatParams[]) => runs.filter((params) => meetsAll(params, conditions)).length;
  return {
    conditions,
    failed: count(failed),
    ofFailed: failed.length,
    succeeded: count(succeeded),
    ofSucceeded: succeeded.length,
  };
}

/** At most {@link sampleSize} of these, evenly spread, the same each time. */
export function sampleOf<T>(runs: readonly T[]): readonly T[] {
  if (runs.length <= sampleSize) return runs;
  const step = runs.length / sampleSize;
  return Array.from({ length: sampleSize }, (_, index) => runs[Math.floor(index * step)] as T);
}

function bestCondition(
  failed: readonly FlatParams[],
  succeeded: readonly FlatParams[],
  leastPower = 0,
): Candidate | undefined {
  if (failed.length === 0 || succeeded.length === 0) return undefined;
  const names = new Set<string>();
  for (const runs of [failed, succeeded])
    for (const params of runs) for (const name of params.keys()) names.add(name);
  // One parameter after the other, so that no more than its values are in memory.
  const found = [...names].map((name) => {
    const valuesOf = (runs: readonly FlatParams[]) => runs.map((params) => params.get(name));
    const column = { name, failed: valuesOf(failed), succeeded: valuesOf(succeeded) };
    return candidatesOf(column).map((candidate) => ({ candidate, power: power(candidate, column) }));
  });
  const varying = found.filter((candidates) => candidates.length > 0);
  const total = failed.length + succeeded.length;
  let best: { readonly candidate: Candidate; readonly power: number } | undefined;
  for (const { candidate, power: strength } of varying.flat()) {
    if (strength <= leastPower || strength <= (best?.power ?? 0)) continue;
    if (candidate.failed / failed.length < leastCoverage) continue;
    const met = candidate.failed + candidate.succeeded;
    const chance = chanceOf(candidate.failed, met, failed.length, total) * candidate.tried * varying.length;
    if (chance < significance) best = { candidate, power: strength };
  }
  return best?.candidate;
}
