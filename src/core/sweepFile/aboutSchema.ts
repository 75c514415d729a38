import * as z from 'zod';
import { sweepNameProblem } from './names.ts';
import { rule } from './schemaParts.ts';

function foreign(what: string, example: unknown) {
  return z
    .unknown()
    .optional()
    .describe(`${what} A key of W&B's, taken so that its sweep files need no change; it means nothing here.`)
    .meta({ examples: [example] });
}

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
  description: z
    .string({ error: 'expected a text' })
    .optional()
    .describe('What the sweep is about, in a sentence; shown with it.')
    .meta({ examples: ['How heavy may the lander be?'] }),
};

/** Keys of W&B's sweep files that mean nothing here. */
export const foreignShape = {
  project: foreign('The project of the sweep.', 'lander'),
  entity: foreign('Whose project it is.', 'ada'),
  controller: foreign("Where W&B's controller runs.", { type: 'local' }),
};
