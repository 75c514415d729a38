import * as z from 'zod';
import { matcherProblem } from '../failures/matchers/custom.ts';
import { rule } from './schemaParts.ts';

const matcher = z
  .string({ error: 'expected a regular expression' })
  .superRefine(rule(matcherProblem))
  .meta({ examples: ['^ERROR in (?<file>\\S+) at line (?<line>\\d+): (?<message>.*)$'] });

/** The keys that say how to find out why a run failed. */
export const diagnosisShape = {
  debug: z
    .string({ error: 'expected the name of a launch configuration' })
    .superRefine(rule((name) => (name.trim() === '' ? 'an empty name; leave "debug" out' : undefined)))
    .optional()
    .describe(
      'The launch configuration (of `.vscode/launch.json`) that **Debug Run** starts, with the run’s program, arguments, directory and environment in place of its own. Default: one that suits the command.',
    )
    .meta({ examples: ['Python: lander'] }),
  problem_matcher: z
    .union([matcher, z.array(matcher, { error: 'expected a list of regular expressions' })], {
      error: 'expected a regular expression or a list of them',
    })
    .optional()
    .describe(
      'How the program’s own messages name a place in a source: a regular expression (RE2) with the groups `(?<file>…)`, `(?<line>…)` and, if it likes, `(?<column>…)` and `(?<message>…)`; or a list of them. Compilers and the usual languages are known without it.',
    )
    .meta({ examples: ['^ERROR in (?<file>\\S+) at line (?<line>\\d+): (?<message>.*)$'] }),
};
