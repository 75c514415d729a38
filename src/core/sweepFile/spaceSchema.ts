import { z } from 'zod';
import { parameterNamePattern } from '../template.ts';
import { paramValue, strictMapping } from './schemaParts.ts';

const parameterName = z
  .string()
  .regex(
    parameterNamePattern,
    'a parameter begins with a letter or "_" and goes on with letters, digits, "_", "-" or "."',
  );

const values = z
  .array(paramValue, { error: 'expected a list of values' })
  .describe('The values that the parameter takes, in order. Anything that JSON can hold.');

const parameter = z
  .union([values, strictMapping({ values: values.meta({ examples: [[900, 1000, 1100]] }) })], {
    error: 'expected a list of values',
  })
  .describe('The values of one parameter: a list, or a mapping with `values`.');

/** The keys that say which runs there are. */
export const spaceShape = {
  parameters: z
    .record(parameterName, parameter, { error: 'expected a mapping from names to lists of values' })
    .optional()
    .describe('The parameters and the values that they take.')
    .meta({ examples: [{ mass: [900, 1000, 1100], thrust: { values: [1.4, 1.6] } }] }),
  method: z
    .enum(['grid', 'zip'], { error: 'expected grid or zip' })
    .optional()
    .describe(
      'How the values are combined. `grid` (default): every combination, the last parameter varies fastest. `zip`: the first values of all, then the second ones.',
    ),
  runs: z
    .array(z.record(parameterName, paramValue, { error: 'expected a mapping from parameters to values' }), {
      error: 'expected a list of runs',
    })
    .optional()
    .describe('The runs themselves, instead of `parameters`: a list of mappings from parameters to values.')
    .meta({ examples: [[{ mass: 900, thrust: 1.4 }]] }),
};
