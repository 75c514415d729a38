import * as z from 'zod';
import { path, rule, word } from './schemaParts.ts';

/** A command as a list; its first word is what is started. */
function words(example: readonly string[], description: string) {
  return z
    .array(word, { error: 'expected a list of words' })
    .superRefine(
      rule((list) => {
        if (list.length === 0) return 'an empty command; its first word is the program to run';
        return list[0] === '' ? 'the first word is the program to run; it cannot be empty' : undefined;
      }),
    )
    .optional()
    .describe(description)
    .meta({ examples: [example] });
}

/** The keys that say what a run executes. */
export const commandShape = {
  cmd: words(
    ['python3', 'lander.py', '--mass', '${mass}'],
    'The command of each run: the program and its arguments, one word each. No shell reads it. `${name}` takes the value of a parameter, `${name:.3f}` writes it in a format of Python, `${args}` stands for all parameters as `--name=value`, `${envvar:NAME}` for a variable of the environment; `${{` is a literal `${`.',
  ),
  program: path
    .optional()
    .describe(
      'The script of each run, as in W&B, instead of `cmd`: it is started by `command`. A relative path is relative to the sweep file, unless `input_files` or `template_files` give each run a file of that name.',
    )
    .meta({ examples: ['train.py'] }),
  interpreter: z
    .union([word, z.array(word).min(1, { error: 'expected at least one word' })], {
      error: 'expected a word, or a list of words',
    })
    .optional()
    .describe(
      'What `${interpreter}` stands for in `command`. Default: `python`, or `python3` where there is no `python`.',
    )
    .meta({ examples: ['python3', ['python3', '-u']] }),
  command: words(
    ['${env}', '${interpreter}', '${program}', '${args}'],
    'How `program` is started, as in W&B: words and macros. `${env}` is `/usr/bin/env` (nothing on Windows), `${interpreter}` the interpreter, `${program}` the program, `${args}` all parameters as `--name=value`. Default: these four.',
  ),
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
      'Environment variables for each run, added to those of Multirun itself. `${name}` takes the value of a parameter, `${envvar:NAME}` that of a variable of the environment.',
    )
    .meta({ examples: [{ OMP_NUM_THREADS: '1' }] }),
  record_env: z
    .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected the name of a variable'), {
      error: 'expected a list of names of variables',
    })
    .optional()
    .describe(
      'Variables of the environment whose values are kept in `sweep.json`, so that a later reader knows them. No others are, but a few that often matter and hold no secrets, such as `CUDA_VISIBLE_DEVICES`.',
    )
    .meta({ examples: [['MODEL_HOME']] }),
};
