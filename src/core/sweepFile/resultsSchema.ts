import { posix } from 'node:path';
import * as z from 'zod';
import { isAbsolutePath, reservedNameIn, staysInside, tidyRelativePath } from '../inputNames.ts';
import { compilePattern } from '../results/pattern.ts';
import { resultFileEndings } from '../results/resultSources.ts';
import { pathProblem } from './names.ts';
import { rule, strictMapping } from './schemaParts.ts';

const resultFile = z.string({ error: 'expected a path' }).superRefine(
  rule((name: string) => {
    if (pathProblem(name) !== undefined) return pathProblem(name);
    if (name.includes('\\')) return 'folders are separated by "/" on every system';
    if (isAbsolutePath(name) || !staysInside(tidyRelativePath(name))) {
      return 'results are read from the run directory; write a relative path inside it';
    }
    if (reservedNameIn(tidyRelativePath(name)) !== undefined) {
      return `"${name}" is a file of Multirun itself; what a program prints is searched by "stdout" and "stderr"`;
    }
    const ending = posix.extname(name).toLowerCase();
    return (resultFileEndings as readonly string[]).includes(ending)
      ? undefined
      : `results are read from files that end with ${resultFileEndings.join(', ')}`;
  }),
);

const outOfRange = { error: 'expected an exit code, from 0 to 255' };
const exitCode = z.int(outOfRange).min(0, outOfRange).max(255, outOfRange);

const pattern = z.string({ error: 'expected a regular expression' }).superRefine(
  rule((source: string) => {
    const compiled = compilePattern(source);
    return typeof compiled === 'string' ? `no regular expression that can be used: ${compiled}` : undefined;
  }),
);

function patterns(log: string) {
  return z
    .record(z.string().min(1, { error: 'expected a name' }), pattern, {
      error: 'expected a mapping from results to regular expressions',
    })
    .optional()
    .describe(
      `Results from what the program printed on ${log}: names and regular expressions in RE2's syntax, each within one line. A result is what the group holds, or the whole match without one; the last match counts.`,
    )
    .meta({ examples: [{ cost: 'final cost: ([0-9.eE+-]+)' }] });
}

/** The keys that say what a run's results are. */
export const resultsShape = {
  results: strictMapping({
    file: z
      .union([resultFile, z.array(resultFile)], { error: 'expected a path, or a list of paths' })
      .optional()
      .describe(
        'Files that the program writes into its run directory: JSON, YAML, the last line of JSON Lines, the last row of CSV or TSV.',
      )
      .meta({ examples: ['out.json', ['out.json', 'history.csv']] }),
    stdout: patterns('standard output'),
    stderr: patterns('standard error'),
    exit_code: z
      .union([z.boolean(), z.array(exitCode)], {
        error: 'expected true, or a list of exit codes',
      })
      .optional()
      .describe(
        'Whether the exit code is a result, called `exit_code`: then no code is a failure, or none of a list.',
      )
      .meta({ examples: [true, [10, 20]] }),
  })
    .optional()
    .describe(
      "Where a run's results come from when its program does not hand them over itself. What it does hand over stays as it is, and these are added.",
    )
    .meta({
      examples: [
        { file: 'out.json' },
        { stdout: { cost: 'final cost: ([0-9.eE+-]+)' } },
        { exit_code: true },
      ],
    }),
  metric: strictMapping({
    name: z
      .string({ error: 'expected the name of a result' })
      .min(1, { error: 'expected the name of a result' })
      .describe('The name of a result; dots lead into nested ones.')
      .meta({ examples: ['val.loss'] }),
    goal: z
      .enum(['minimize', 'maximize'], { error: 'expected minimize or maximize' })
      .default('minimize')
      .describe('Whether smaller values are better (`minimize`, the default) or larger ones (`maximize`).'),
    target: z
      .number({ error: 'expected a number' })
      .optional()
      .describe("W&B's value at which a sweep ends. All runs of a sweep are run here."),
  })
    .optional()
    .describe('The result that tells how good a run is: views sort by it, and the best run is named.')
    .meta({ examples: [{ name: 'loss', goal: 'minimize' }] }),
};
