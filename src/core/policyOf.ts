import { setImmediate as nextTurn } from 'node:timers/promises';
import { cornersOf } from './plan/corners.ts';
import type { Plan } from './plan/plan.ts';
import { defaultBreaker, type Policy, plainPolicy } from './policy.ts';
import type { WrittenPolicy } from './sweepFile/policySection.ts';

/** What holds where a sweep file does not say otherwise; an absent part has the default of the sweep file's reference. */
export type PolicyDefaults = Partial<Omit<Policy, 'canary'>>;

/** The policy of a sweep: as its file has it, then by the given defaults, then by those of the sweep file's reference. */
export async function policyOf(
  written: WrittenPolicy,
  defaults: PolicyDefaults = {},
  plan: Plan,
): Promise<Policy> {
  const { canary, ...rest } = written;
  return {
    ...plainPolicy,
    breaker: defaultBreaker,
    ...defaults,
    ...rest,
    canary: canary === undefined ? [] : await canariesOf(canary, plan),
  };
}

async function canariesOf(canary: number | 'corners', plan: Plan): Promise<number[]> {
  if (canary !== 'corners') return Array.from({ length: Math.min(canary, plan.size) }, (_, run) => run);
  const search = cornersOf(plan);
  for (;;) {
    const step = search.next();
    if (step.done) return step.value;
    await nextTurn();
  }
}
