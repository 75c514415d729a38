import { z } from 'zod';
import { sweepNameProblem } from './names.ts';
import { rule } from './schemaParts.ts';

/** The keys that say what the sweep is, to people. */
export const aboutShape = {
  name: z
    .string({ error: 'expected a name' })
    .superRefine(rule(sweepNameProblem))
    .optional()
    .describe(
      'What the sweep is called. Default: the name of the file, or of its folder for a plain `sweep.yaml`.',
    )
    .meta({ examples: ['lander'] }),
};
