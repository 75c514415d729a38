import { type Candidate, candidatesOf, power } from './candidates.ts';
import { chanceOf } from './hypergeometric.ts';
import { type Condition, type FlatParams, meets, type Rule } from './rule.ts';

/** A rule that chance makes as good as this in more than one of twenty sweeps is not told. */
const significance = 0.05;
/** It must be true of at least this share of the failed runs, or it does not say what they share. */
const leastCoverage = 0.8;
/** By how much a second condition must divide better what the first one leaves. */
const leastGain = 0.2;
/** More runs than this are searched by a sample of them; what is told is counted in all. */
const sampleSize = 3000;

/**
 * Looks for what failed runs share and successful ones do not: a bound, an interval or a few values of a parameter, or two
 * such conditions together. It is small and honest: a rule is told with its counts among all runs, and only where Fisher's
 * exact test, corrected for the number of conditions tried (Bonferroni), says that chance does not explain it. Returns
 * undefined where there is none, as among a few runs.
 */
export function searchRule(
  failed: readonly FlatParams[],
  succeeded: readonly FlatParams[],
): Rule | undefined {
  if (failed.length === 0 || succeeded.length === 0) return undefined;
  const sample = { failed: sampleOf(failed), succeeded: sampleOf(succeeded) };
  const first = bestCondition(sample.failed, sample.succeeded);
  if (first === undefined) return undefined;
  const inside = (runs: readonly FlatParams[]) => runs.filter((params) => meets(params, first.condition));
  const second =
    first.succeeded === 0
      ? undefined
      : bestCondition(inside(sample.failed), inside(sample.succeeded), leastGain);
  const alone = ruleOf([first.condition], failed, succeeded);
  if (second === undefined) return alone;
  const both = ruleOf([first.condition, second.condition], failed, succeeded);
  return both.failed / both.ofFailed >= leastCoverage ? both : alone;
}

function bestCondition(
  failed: readonly FlatParams[],
  succeeded: readonly FlatParams[],
  leastPower = 0,
): Candidate | undefined {
  if (failed.length === 0 || succeeded.length === 0) return undefined;
  const names = [...new Set([...failed, ...succeeded].flatMap((params) => [...params.keys()]))];
  const columns = names
    .map((name) => ({
      name,
      failed: failed.map((params) => params.get(name)),
      succeeded: succeeded.map((params) => params.get(name)),
    }))
    .map((column) => ({ column, candidates: candidatesOf(column) }))
    .filter(({ candidates }) => candidates.length > 0);
  const total = failed.length + succeeded.length;
  let best: { readonly candidate: Candidate; readonly power: number } | undefined;
  for (const { column, candidates } of columns) {
    for (const candidate of candidates) {
      const strength = power(candidate, column);
      if (strength <= leastPower || strength <= (best?.power ?? 0)) continue;
      if (candidate.failed / failed.length < leastCoverage) continue;
      const met = candidate.failed + candidate.succeeded;
      const chance = chanceOf(candidate.failed, met, failed.length, total) * candidate.tried * columns.length;
      if (chance < significance) best = { candidate, power: strength };
    }
  }
  return best?.candidate;
}

function ruleOf(
  conditions: readonly Condition[],
  failed: readonly FlatParams[],
  succeeded: readonly FlatParams[],
): Rule {
  const count = (runs: readonly FlatParams[]) =>
    runs.reduce((sum, params) => sum + (conditions.every((each) => meets(params, each)) ? 1 : 0), 0);
  return {
    conditions,
    failed: count(failed),
    ofFailed: failed.length,
    succeeded: count(succeeded),
    ofSucceeded: succeeded.length,
  };
}

/** Evenly spread runs, the same each time. */
function sampleOf(runs: readonly FlatParams[]): readonly FlatParams[] {
  if (runs.length <= sampleSize) return runs;
  const step = runs.length / sampleSize;
  return Array.from({ length: sampleSize }, (_, index) => runs[Math.floor(index * step)] as FlatParams);
}
