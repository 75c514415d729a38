import * as z from 'zod';
import { largestSeed } from '../plan/sampling/random.ts';
import { expression, parameterMap, parameterName } from './parameterSchema.ts';
import { paramValue, path, strictMapping } from './schemaParts.ts';

/** How the parameters of a block become runs. */
export const methods = [
  'grid',
  'zip',
  'random',
  'latin_hypercube',
  'sobol',
  'halton',
  'one_at_a_time',
  'list',
] as const;

/** One of {@link methods}. */
export type Method = (typeof methods)[number];

const expectedMethod = `expected ${methods.slice(0, -1).join(', ')} or ${methods.at(-1)}`;

const method = z.string({ error: expectedMethod }).superRefine((name, context) => {
  if ((methods as readonly string[]).includes(name)) return;
  if (name === 'bayes') {
    context.addIssue({
      code: 'custom',
      message:
        'Bayesian search is not run yet; use "method: sobol" with "samples" to cover the space evenly, or "method: random"',
      params: { code: 'not-supported' },
    });
  } else
    context.addIssue({ code: 'invalid_value', values: [...methods], message: expectedMethod, input: name });
});

const count = z
  .int({ error: 'expected a whole number' })
  .positive({ error: 'expected a whole number of at least 1' });

const run = z.record(parameterName, paramValue, { error: 'expected a mapping from parameters to values' });

const rules = z.union(
  [
    expression,
    z.array(
      z.union([expression, run], { error: 'expected an expression, or a mapping from parameters to values' }),
      { error: 'expected an expression, or a list of expressions and mappings' },
    ),
  ],
  { error: 'expected an expression, or a list of expressions and mappings' },
);

const blocks = z.array(
  z.lazy((): z.ZodType<Readonly<Record<string, unknown>>> => block),
  { error: 'expected a list of blocks' },
);

/** The keys that say which runs there are. Made anew for the file and for its blocks, so that each has its own place in the JSON Schema. */
function blockShape() {
  return {
    parameters: parameterMap
      .optional()
      .describe('The parameters and the values that they take.')
      .meta({ examples: [{ mass: [900, 1000, 1100], thrust: { min: 1.4, max: 1.6, steps: 3 } }] }),
    method: method
      .optional()
      .describe(
        'How the values become runs. `grid` (default): every combination, the last parameter varies fastest. `zip`: the first values of all, then the second ones. `random`, `latin_hypercube`, `sobol`, `halton`: as many points as `samples` says, drawn from the distributions. `one_at_a_time`: all at their `nominal` values, then each by itself through its others. `list`: what `runs` says.',
      )
      .meta({ enum: methods, examples: ['grid'] }),
    samples: count
      .optional()
      .describe(
        'How many points are drawn. Of points that are not drawn, only the first so many. W&B calls it `run_cap`, which means the same.',
      )
      .meta({ examples: [100] }),
    run_cap: count
      .optional()
      .describe("W&B's name for `samples`.")
      .meta({ examples: [100] }),
    criterion: z
      .enum(['maximin'], { error: 'expected maximin' })
      .optional()
      .describe(
        'For `latin_hypercube`: `maximin` keeps the points as far from each other as a search finds. Default: they are random within their strata.',
      )
      .meta({ examples: ['maximin'] }),
    design: z
      .enum(['saltelli'], { error: 'expected saltelli' })
      .optional()
      .describe(
        'Points for a purpose, instead of a method. `saltelli`: those from which first-order and total Sobol indices are estimated; with d parameters that vary, d + 2 runs for each of `samples`.',
      )
      .meta({ examples: ['saltelli'] }),
    runs: z
      .union(
        [
          z.array(run, { error: 'expected a list of runs' }),
          strictMapping(
            {
              file: path
                .describe(
                  'A .csv file with the names of the parameters in its first line, or a .json or .jsonl file with a mapping for each run.',
                )
                .meta({ examples: ['points.csv'] }),
            },
            'expected a list of runs',
          ),
        ],
        { error: 'expected a list of runs' },
      )
      .optional()
      .describe(
        'The runs themselves, instead of `parameters`: a list of mappings from parameters to values, or a file that has them.',
      )
      .meta({ examples: [[{ mass: 900, thrust: 1.4 }]] }),
    sweep: blocks
      .optional()
      .describe(
        'Blocks with parameters and a method of their own, one after the other. A run that an earlier block has is not run again.',
      )
      .meta({
        examples: [
          [
            { parameters: { mass: [900, 1000], thrust: [1.4] } },
            { method: 'random', samples: 20, parameters: { mass: { min: 900, max: 1100 }, thrust: [1.6] } },
          ],
        ],
      }),
    cross: blocks
      .optional()
      .describe(
        'Blocks whose points are combined with each other, and with the parameters beside them: each with each.',
      )
      .meta({
        examples: [[{ method: 'zip', parameters: { gain: [1, 2], damping: [0.1, 0.4] } }]],
      }),
    exclude: rules
      .optional()
      .describe(
        'Runs that are left out: those for which an expression holds, or which have all the values of a mapping.',
      )
      .meta({ examples: ['mass * thrust > 1500', [{ mass: 900, thrust: 1.6 }]] }),
    include: rules
      .optional()
      .describe(
        'An expression: only runs for which it holds. A mapping, as in a GitHub matrix: what it says beyond the parameters is added to the runs that have its values; where there are none, it is a run of its own.',
      )
      .meta({ examples: ['mass <= 1000', [{ mass: 5000, thrust: 9 }]] }),
    derived: z
      .record(parameterName, expression, { error: 'expected a mapping from names to expressions' })
      .optional()
      .describe('More parameters, computed from the others by expressions.')
      .meta({ examples: [{ ratio: 'mass / thrust' }] }),
    replicates: count
      .optional()
      .describe(
        'How often each point runs. Each repetition gets the parameters `replicate`, its number from 0, and `seed`, a number that no other run has.',
      )
      .meta({ examples: [5] }),
  };
}

const block = strictMapping(blockShape(), 'expected a block: a mapping with "parameters"');

/** The keys that only the whole file has. */
export const spaceShape = {
  ...blockShape(),
  seed: z
    .int({ error: 'expected a whole number' })
    .min(0, { error: 'expected a whole number of at least 0' })
    .max(largestSeed, { error: `expected a whole number of at most ${largestSeed}` })
    .optional()
    .describe(
      'Where every random choice comes from: the same file and seed give the same runs, everywhere. Default: drawn when the sweep is launched, and kept in its `sweep.json`.',
    )
    .meta({ examples: [42] }),
  early_terminate: z
    .unknown()
    .optional()
    .describe("W&B's rules for stopping runs early; not applied yet. A run ends by itself, or by `timeout`.")
    .meta({ examples: [{ type: 'hyperband', min_iter: 3 }] }),
};

/** The keys of a block. */
export const blockKeys = Object.keys(block.shape);
