import { z } from 'zod';
import { defaultMaxParallel } from '../defaults.ts';
import { strictMapping } from './schemaParts.ts';
import { parseTimeout } from './timeout.ts';

/** The keys that say how runs are executed. */
export const runnerShape = {
  runner: strictMapping({
    max_parallel: z
      .int({ error: 'expected a whole number' })
      .positive({ error: 'expected a whole number of at least 1' })
      .default(defaultMaxParallel)
      .describe(`How many runs may run at the same time. Default ${defaultMaxParallel}.`),
  })
    .optional()
    .describe('How the runs are executed.')
    .meta({ examples: [{ max_parallel: 4 }] }),
  timeout: z
    .union([z.number(), z.string()], { error: 'expected a number of seconds or a text such as 30s' })
    // Examples are of what is written, not of what it is transformed to.
    .meta({ examples: ['30s', '5m', 90] })
    .transform((written, context) => {
      const parsed = parseTimeout(written);
      if ('ms' in parsed) return parsed.ms;
      context.addIssue({ code: 'custom', message: parsed.problem, params: { code: 'invalid-value' } });
      return z.NEVER;
    })
    .optional()
    .describe(
      'How long a run may take before it is terminated and counts as failed: `30s`, `5m`, `1h30m`, or a number of seconds. Default: as long as it likes.',
    ),
};
