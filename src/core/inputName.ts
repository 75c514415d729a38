import { isAbsolute, normalize, sep } from 'node:path';
import { reservedRunNames } from './sweepDirectory/layout.ts';

/** What is wrong with what an input file is to be called in the run directory. */
export type InputNameProblem =
  /** It would lie outside the run directory. */
  | 'outside'
  /** Multirun keeps a file of this name there. */
  | 'reserved';

/** Judges the name, or relative path, of an input file in the run directory; undefined when all is well. */
export function inputNameProblem(name: string): InputNameProblem | undefined {
  const path = normalize(name);
  if (isAbsolute(name) || path === '.' || path === '' || path.split(sep)[0] === '..') return 'outside';
  return reservedRunNames.has(path.split(sep)[0] ?? '') ? 'reserved' : undefined;
}

/** Two names of the same place in the run directory have the same key. */
export function inputNameKey(name: string): string {
  return normalize(name).replace(/[/\\]+$/, '');
}
