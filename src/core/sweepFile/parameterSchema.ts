import * as z from 'zod';
import { distributionFields } from '../plan/sampling/distribution.ts';
import { parameterNamePattern } from '../template.ts';
import { paramValue, path, strictMapping, type TextUse } from './schemaParts.ts';

/** What `distribution:` can say. W&B's schema also knows a longer name for values with probabilities. */
export const distributionNames = Object.keys(distributionFields) as (keyof typeof distributionFields)[];
/** W&B's own word for a categorical distribution with probabilities. */
export const categoricalAlias = 'categorical_w_probabilities';

/** How `steps` are spaced. */
export const scales = ['linear', 'log'] as const;

/** The name of a parameter. */
export const parameterName = z
  .string()
  .regex(
    parameterNamePattern,
    'a parameter begins with a letter or "_" and goes on with letters, digits, "_", "-" or "."',
  );

/** An expression in CEL; a number or a truth value is one too. */
export const expression = z
  .union([z.string(), z.number(), z.boolean()], { error: 'expected an expression' })
  .meta({ 'x-multirun': 'expression' satisfies TextUse })
  .describe(
    "An expression in CEL (Common Expression Language) over the names of parameters: `mass > 900 && solver == 'rk4'`.",
  );

const values = z
  .array(paramValue, { error: 'expected a list of values' })
  .describe('The values that the parameter takes, in order. Anything that JSON can hold.');

const number = z.number({ error: 'expected a number' });

function numberField(description: string, example: number) {
  return number
    .optional()
    .describe(description)
    .meta({ examples: [example] });
}

/** What a mapping under the name of a parameter can hold. */
const parameterShape = {
  value: paramValue
    .optional()
    .describe('The one value of the parameter, the same in every run.')
    .meta({ examples: [27] }),
  values: values.optional().meta({ examples: [[900, 1000, 1100]] }),
  from: path
    .optional()
    .describe(
      'The values are those of a column of a file: `file.csv#column`. Also .json and .jsonl files with a mapping for each row.',
    )
    .meta({ examples: ['masses.csv#mass'] }),
  min: numberField('The least value, or the lower bound of the distribution.', 0.0001),
  max: numberField('The greatest value, or the upper bound of the distribution.', 0.1),
  steps: z
    .int({ error: 'expected a whole number' })
    .positive({ error: 'expected a whole number of at least 1' })
    .optional()
    .describe('How many values there are from `min` to `max`, both included.')
    .meta({ examples: [5] }),
  step: numberField('The distance between two values, from `min` on to at most `max`.', 0.1),
  scale: z
    .union([z.enum(scales), number], { error: 'expected linear or log, or a number for weibull' })
    .optional()
    .describe(
      'How `steps` are spaced: `linear` (default), or `log` for equal ratios. Of `distribution: weibull`: the scale, a number.',
    )
    .meta({ examples: ['log'] }),
  distribution: z
    .string({ error: 'expected the name of a distribution' })
    .superRefine((name, context) => {
      if (name === categoricalAlias || (distributionNames as string[]).includes(name)) return;
      context.addIssue({
        code: 'invalid_value',
        values: distributionNames,
        message: 'expected the name of a distribution',
        input: name,
      });
    })
    .optional()
    .describe(
      'How values are distributed when they are drawn. Default: `values` are `categorical`, whole `min` and `max` are `int_uniform`, others `uniform`.',
    )
    .meta({ enum: distributionNames, examples: ['log_uniform_values'] }),
  probabilities: z
    .array(number, { error: 'expected a list of numbers' })
    .optional()
    .describe('How likely each of `values` is to be drawn; they sum to 1.')
    .meta({ examples: [[0.5, 0.3, 0.2]] }),
  mu: numberField('Mean of a normal distribution, or of the logarithm for a log-normal one. Default 0.', 0),
  sigma: numberField(
    'Standard deviation of a normal distribution, or of the logarithm for a log-normal one. Default 1.',
    1,
  ),
  q: numberField('What values are rounded to multiples of, for the distributions with `q_`. Default 1.', 8),
  a: numberField('First shape of `beta`. Default 1.', 2),
  b: numberField('Second shape of `beta`. Default 1.', 5),
  mode: numberField('The most likely value of `triangular`.', 0.3),
  rate: numberField('Events in a unit of time, for `exponential`: one over the mean. Default 1.', 0.5),
  shape: numberField('Shape of `weibull`.', 1.5),
  lambda: numberField('Mean of `poisson`.', 4),
  p: numberField('How likely a 1 is, for `bernoulli`. Default 0.5.', 0.25),
  nominal: paramValue
    .optional()
    .describe('The value while another parameter varies, for `method: one_at_a_time`.')
    .meta({ examples: [1000] }),
  when: expression
    .optional()
    .describe(
      'The parameter exists only in runs for which this expression holds. Runs that differ in nothing else then run once.',
    )
    .meta({ examples: ["solver == 'rk4'"] }),
  parameters: z
    .lazy((): z.ZodType<Readonly<Record<string, unknown>>> => parameterMap)
    .optional()
    .describe(
      'Parameters within this one: `${opt.lr}` takes one of them, and a run gets `{"opt": {"lr": 0.1}}`.',
    )
    .meta({ examples: [{ lr: [0.1, 0.01] }] }),
};

/** The keys of a parameter. */
export const parameterKeys = Object.keys(parameterShape);

/** What stands under the name of a parameter. */
export const parameter = z
  .union([values, strictMapping(parameterShape)], { error: 'expected a list of values' })
  .describe('The values of one parameter: a list, or a mapping that says what they are.');

/** What a mapping under the name of a parameter holds, checked by itself. */
export type CheckedParameter = Exclude<z.output<typeof parameter>, unknown[]>;

/** Parameters by their names. */
export const parameterMap = z.record(parameterName, parameter, {
  error: 'expected a mapping from names to lists of values',
});
