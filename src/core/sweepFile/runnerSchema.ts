import { z } from 'zod';
import { defaultMaxParallel } from '../defaults.ts';
import { strictMapping } from './schemaParts.ts';

/** The keys that say where and how many runs are executed. */
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
};
