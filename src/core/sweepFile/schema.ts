import { z } from 'zod';
import { defaultMaxParallel } from '../defaults.ts';
import { fileLinkages } from '../fileResource.ts';
import { isAbsolutePath, staysInside, tidyRelativePath } from '../inputNames.ts';
import type { ParamValue } from '../run.ts';
import { parameterNamePattern } from '../template.ts';
import { pathProblem, sweepNameProblem } from './names.ts';
import { parseTimeout } from './timeout.ts';

/*
 * The sweep file as people write it: the source of the types, of the checks of each value by itself, and of what an
 * editor shows. Every `error` says what was expected, in words that a sentence can go on from: "…, got a string".
 * Checks that look at two places at once are in the files named check….ts.
 */

/** Hands a rule's complaint to zod as a complete sentence, with the code that the diagnostic gets. */
function rule<T>(problemOf: (value: T) => string | undefined, code = 'invalid-value') {
  return (value: T, context: z.RefinementCtx): void => {
    const message = problemOf(value);
    if (message !== undefined) context.addIssue({ code: 'custom', message, params: { code } });
  };
}

/** A mapping with these keys and no others. For an unknown key the message holds the keys that there are. */
function strictMapping<const Shape extends z.core.$ZodShape>(shape: Shape, expected = 'expected a mapping') {
  const known = Object.keys(shape).join(' ');
  return z.strictObject(shape, { error: ({ code }) => (code === 'unrecognized_keys' ? known : expected) });
}

/** Anything that JSON can hold; the reader of the text has made sure of that. */
const paramValue = z.unknown() as unknown as z.ZodType<ParamValue>;

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

/** A scalar that stands for its own text, so that `--steps, 100` needs no quotes. */
const word = z.union([z.string(), z.number(), z.boolean()], { error: 'expected a text' });

const path = z.string({ error: 'expected a path' }).superRefine(rule(pathProblem));

const rename = z
  .string({ error: 'expected a name or a relative path' })
  .superRefine(
    rule((name: string) => {
      if (name === '') return 'an empty name; leave "rename" out to keep the name of the file';
      return name.includes('\\') ? 'folders are separated by "/" on every system' : pathProblem(name);
    }),
  )
  .superRefine(
    rule((name: string) => {
      if (isAbsolutePath(name)) return 'a file is renamed within the run directory; write a relative path';
      return staysInside(tidyRelativePath(name))
        ? undefined
        : 'this leaves the run directory; write a path inside it';
    }, 'input-outside'),
  );

const inputFile = strictMapping({
  path: path.describe('The file or directory. A relative path is relative to the sweep file.'),
  linkage: z
    .enum(fileLinkages, { error: 'expected copy, shared or link' })
    .default('shared')
    .describe(
      '`copy`: each run has a copy of its own. `shared`: each run has a symbolic link to one copy. `link`: each run has a symbolic link to the file itself.',
    ),
  rename: rename
    .optional()
    .describe("Name or relative path in the run directory. Default: the file's own name.")
    .meta({ examples: ['data/terrain.csv'] }),
});

/** One sweep file, as written. */
export const sweepFileSchema = strictMapping({
  name: z
    .string({ error: 'expected a name' })
    .superRefine(rule(sweepNameProblem))
    .optional()
    .describe(
      'What the sweep is called. Default: the name of the file, or of its folder for a plain `sweep.yaml`.',
    )
    .meta({ examples: ['lander'] }),
  cmd: z
    .array(word, { error: 'expected a list of words' })
    .superRefine(
      rule((words) => {
        if (words.length === 0) return 'an empty command; its first word is the program to run';
        return words[0] === '' ? 'the first word is the program to run; it cannot be empty' : undefined;
      }),
    )
    .describe(
      'The command of each run: the program and its arguments, one word each. No shell reads it. `${name}` takes the value of a parameter; `${{` is a literal `${`.',
    )
    .meta({ examples: [['python3', 'lander.py', '--mass', '${mass}']] }),
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
  input_files: z
    .array(z.union([path, inputFile], { error: 'expected a path or a mapping with "path"' }), {
      error: 'expected a list of files',
    })
    .optional()
    .describe(
      'Files and directories that each run finds in its run directory. Relative paths are relative to the sweep file.',
    )
    .meta({
      examples: [['lander.py', { path: 'terrain.csv', linkage: 'link', rename: 'data/terrain.csv' }]],
    }),
  output_path: path
    .optional()
    .describe(
      'The new directory that the sweep makes, relative to the sweep file. Default: `multirun/<name>/<local time>`. A directory that exists is an error.',
    )
    .meta({ examples: ['results/lander'] }),
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
  env: z
    .record(
      z
        .string()
        .regex(
          /^[A-Za-z_][A-Za-z0-9_]*$/,
          'a variable has letters, digits and "_" in its name, and no digit first',
        ),
      word,
      { error: 'expected a mapping from variables to texts' },
    )
    .optional()
    .describe(
      'Environment variables for each run, added to those of Multirun itself. `${name}` takes the value of a parameter.',
    )
    .meta({ examples: [{ OMP_NUM_THREADS: '1' }] }),
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
});

/** What the schema makes of a valid sweep file. */
export type CheckedSweepFile = z.output<typeof sweepFileSchema>;
