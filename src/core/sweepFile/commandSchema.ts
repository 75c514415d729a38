import { z } from 'zod';
import { rule, word } from './schemaParts.ts';

/** The keys that say what a run executes. */
export const commandShape = {
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
};
