import * as z from 'zod';
import type { Policy } from '../policy.ts';
import { policyShape } from './policySchema.ts';
import { policySectionOf } from './policySection.ts';

const keys = {
  grace_period: true,
  breaker: true,
  min_free_disk: true,
  min_free_memory: true,
  max_load: true,
  nice: true,
} as const;

/** The keys of a sweep file's policy that say something of a machine, or of a person, and so can be given for all their sweeps. */
export type DefaultKey = keyof typeof keys;

const shape = z.object(policyShape).pick(keys);

/** Reads defaults that are written as in a sweep file; what is wrong with each of them where something is. */
export function readPolicyDefaults(
  written: Readonly<Partial<Record<DefaultKey, unknown>>>,
):
  | { readonly defaults: Partial<Omit<Policy, 'canary'>> }
  | { readonly problems: readonly { readonly key: DefaultKey; readonly message: string }[] } {
  const parsed = shape.safeParse(written);
  if (!parsed.success) {
    return {
      problems: parsed.error.issues.map(({ path, message }) => ({ key: path[0] as DefaultKey, message })),
    };
  }
  const { canary: _, ...defaults } = policySectionOf(parsed.data).policy;
  return { defaults };
}
