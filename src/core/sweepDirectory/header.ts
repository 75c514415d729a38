import * as z from 'zod';
import { fileLinkages } from '../fileResource.ts';
import { type Policy, plainPolicy, retryCauseNames } from '../policy.ts';
import type { ResultSources } from '../results/resultSources.ts';
import type { RunnerOptions } from '../runnerOptions.ts';
import { formatVersion } from './layout.ts';

const templateSchema = z.object({
  path: z.string(),
  name: z.string(),
  /** Whether a `${…}` that names no parameter stays as it is, since it means something to the program. */
  keepsUnknown: z.boolean(),
});

const resultsSchema: z.ZodType<ResultSources> = z.object({
  files: z.array(z.string()),
  stdout: z.record(z.string(), z.string()),
  stderr: z.record(z.string(), z.string()),
  exitCode: z.union([z.literal(true), z.array(z.number().int())]).nullable(),
});

const runnerOptionsSchema = z.record(z.string(), z.json()) as unknown as z.ZodType<RunnerOptions>;

const amountSchema = z.union([z.object({ count: z.number() }), z.object({ percent: z.number() })]);

const policySchema: z.ZodType<Policy> = z.object({
  timeout: z.union([z.object({ ms: z.number() }), z.object({ percentOfMedian: z.number() })]).nullable(),
  gracePeriodMs: z.number(),
  retries: z
    .object({
      max: z.number(),
      delayMs: z.number(),
      backoff: z.number(),
      on: z.array(z.union([z.enum(retryCauseNames), z.object({ exit: z.array(z.number()) })])),
      timeFactor: z.number().optional(),
      memoryFactor: z.number().optional(),
    })
    .nullable(),
  halt: z
    .object({
      when: z.enum(['soon', 'now']),
      why: z.enum(['fail', 'success', 'done']),
      limit: amountSchema,
    })
    .nullable(),
  breaker: z.number().nullable(),
  canary: z.array(z.number()),
  minFreeDiskBytes: z.number().nullable(),
  minFreeMemoryBytes: z.number().nullable(),
  maxLoad: z
    .union([z.object({ load: z.number() }), z.object({ percentOfProcessors: z.number() })])
    .nullable(),
  delayMs: z.number(),
  nice: z.number(),
});

/** All that is needed to run any of the sweep's runs again. Never changed, but for the provenance, which is completed once. */
const writtenSchema = z.object({
  formatVersion: z.number().int().max(formatVersion),
  name: z.string(),
  /** What the sweep is for, in a person's words. */
  description: z.string().nullable().default(null),
  /** How many runs the sweep had when it was created, also where it has been extended since. */
  size: z.number().int().nonnegative(),
  /** Dotted names of all parameters, in the order of the sweep file. */
  parameters: z.array(z.string()),
  /** Those of them whose values differ between runs. */
  varying: z.array(z.string()),
  /** Where the plan's random choices come from; absent when nothing was left to chance. */
  seed: z.number().optional(),
  /** The libraries whose arithmetic the plan's values passed through, with their versions; absent with {@link seed}. */
  plannedWith: z.record(z.string(), z.string()).optional(),
  cmd: z.array(z.string()),
  /** What the sweep file adds to the environment; never the whole environment. */
  env: z.record(z.string(), z.string()),
  /** Absent in version 1, which had only `timeoutMs`. */
  policy: policySchema.optional(),
  timeoutMs: z.number().nullish(),
  /** What executes the runs, and what only runners of that type understand of it: the keys of the sweep file. */
  runner: z.object({
    type: z.string(),
    maxParallel: z.number().int().positive(),
    options: runnerOptionsSchema.default({}),
  }),
  inputs: z.array(z.object({ path: z.string(), linkage: z.enum(fileLinkages), name: z.string() })),
  /** Input files that are filled in for each run: the original's absolute path, and its name in each run directory. */
  templates: z.array(templateSchema).default([]),
  /** Where results come from; null when programs hand them over themselves. */
  results: resultsSchema.nullable().default(null),
  /** The result that views sort by; null when none was named. */
  metric: z
    .object({ name: z.string(), goal: z.enum(['minimize', 'maximize']) })
    .nullable()
    .default(null),
  /** The launch configuration that debugs a run; null for one that suits the command. */
  debug: z.string().nullable().default(null),
  /** Regular expressions for places that the program's own messages name. */
  problemMatchers: z.array(z.string()).default([]),
  /** Absolute path of the sweep file as launched; null when there was none. */
  sweepFile: z.string().nullable(),
  /** When the sweep was created: ISO 8601, UTC. */
  createdAt: z.string(),
  provenance: z.object({
    host: z.string(),
    platform: z.string(),
    /** Name and version of the operating system. */
    os: z.string().optional(),
    toolVersion: z.string(),
    nodeVersion: z.string().optional(),
    /** Variables that were asked to be recorded, as far as they were set; never the whole environment. */
    environment: z.record(z.string(), z.string()).optional(),
    /** The file that the command's first word stands for; null where that is up to each run. Absent until it is known. */
    command: z.string().nullable().optional(),
    /** Null where there is no commit. Absent until it is known: the runs do not wait for git. */
    git: z
      .object({
        commit: z.string(),
        branch: z.string().nullable(),
        /** Whether files that git knows differed from the commit. */
        dirty: z.boolean(),
        /** What differed: `file`, in the sweep directory, holds it where it is at most 1 MB long. */
        diff: z.object({ sha256: z.string(), bytes: z.number(), file: z.string().nullable() }).optional(),
      })
      .nullable()
      .optional(),
  }),
});

/** Reads what `sweep.json` holds, whichever version wrote it. */
export const headerSchema = writtenSchema.transform(({ policy, timeoutMs, ...header }) => ({
  ...header,
  policy: policy ?? { ...plainPolicy, timeout: timeoutMs ? { ms: timeoutMs } : null },
}));

/** What `sweep.json` holds. */
export type SweepHeader = z.infer<typeof headerSchema>;
