import { MultirunError } from '../errors.ts';

/**
 * Writes a word so that a POSIX shell reads back exactly this string: the only function that does so.
 * Throws for what no argument of a program can hold: a NUL character, or half of a surrogate pair.
 */
export function quote(word: string): string {
  if (word.includes('\0')) {
    throw new MultirunError(
      'invalid-argument',
      `a NUL character cannot be passed to a program: ${preview(word)}`,
    );
  }
  if (!word.isWellFormed()) {
    throw new MultirunError(
      'invalid-argument',
      `half of a surrogate pair cannot be passed to a program: ${preview(word)}`,
    );
  }
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function preview(word: string): string {
  return JSON.stringify(word.length > 60 ? `${word.slice(0, 60)}…` : word);
}
