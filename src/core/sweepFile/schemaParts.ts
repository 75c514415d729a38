import * as z from 'zod';
import type { ParamValue } from '../run.ts';
import { pathProblem } from './names.ts';

/*
 * What the schemas of the sections are made of. Every `error` says what was expected, in words that a sentence can go on
 * from: "…, got a string". Checks that look at two places at once are in the files named …Section.ts and check….ts.
 */

/** Hands a rule's complaint to zod as a complete sentence, with the code that the diagnostic gets. */
export function rule<T>(problemOf: (value: T) => string | undefined, code = 'invalid-value') {
  return (value: T, context: z.RefinementCtx): void => {
    const message = problemOf(value);
    if (message !== undefined) context.addIssue({ code: 'custom', message, params: { code } });
  };
}

/** A mapping with these keys and no others. For an unknown key the message holds the keys that there are. */
export function strictMapping<const Shape extends z.core.$ZodShape>(
  shape: Shape,
  expected = 'expected a mapping',
) {
  const known = Object.keys(shape).join(' ');
  return z.strictObject(shape, { error: ({ code }) => (code === 'unrecognized_keys' ? known : expected) });
}

/** Anything that JSON can hold; the reader of the text has made sure of that. */
export const paramValue = z.unknown() as unknown as z.ZodType<ParamValue>;

/** A scalar that stands for its own text, so that `--steps, 100` needs no quotes. */
export const word = z.union([z.string(), z.number(), z.boolean()], { error: 'expected a text' });

/** What a text of a sweep file is, where that is more than a text. */
export type TextUse =
  /** The path of a file or directory, relative to the sweep file. */
  | 'path'
  /** A CEL expression in which parameters stand under their names. */
  | 'expression';

/** A path, as far as it can be judged without looking at a disk. */
export const path = z
  .string({ error: 'expected a path' })
  .superRefine(rule(pathProblem))
  .meta({ 'x-multirun': 'path' satisfies TextUse });
