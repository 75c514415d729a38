import { z } from 'zod';
import { fileLinkages } from '../fileResource.ts';
import { formatVersion } from './layout.ts';

/** What `sweep.json` holds: all that is needed to run any of the sweep's runs again. Written once, never changed. */
export const headerSchema = z.object({
  formatVersion: z.number().int().max(formatVersion),
  name: z.string(),
  /** How many runs the plan has. */
  size: z.number().int().nonnegative(),
  /** Names of all parameters, in the order of the sweep file. */
  parameters: z.array(z.string()),
  /** Those of them whose values differ between runs. */
  varying: z.array(z.string()),
  cmd: z.array(z.string()),
  /** What the sweep file adds to the environment; never the whole environment. */
  env: z.record(z.string(), z.string()),
  timeoutMs: z.number().nullable(),
  runner: z.object({ type: z.literal('local'), maxParallel: z.number().int().positive() }),
  inputs: z.array(z.object({ path: z.string(), linkage: z.enum(fileLinkages), name: z.string() })),
  /** Absolute path of the sweep file as launched; null when there was none. */
  sweepFile: z.string().nullable(),
  /** When the sweep was created: ISO 8601, UTC. */
  createdAt: z.string(),
  provenance: z.object({
    host: z.string(),
    platform: z.string(),
    toolVersion: z.string(),
    git: z.object({ commit: z.string(), branch: z.string().nullable(), dirty: z.boolean() }).nullable(),
  }),
});

/** What `sweep.json` holds. */
export type SweepHeader = z.infer<typeof headerSchema>;
