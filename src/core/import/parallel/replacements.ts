import { posix } from 'node:path';
import { MultirunError } from '../../errors.ts';

/** A piece of a command: text, or a place where something of a job is put in. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'argument'; readonly column: number; readonly part: ArgumentPart }
  /** `{#}`: the number of the job, from 1. */
  | { readonly kind: 'job' }
  /** `{%}`: the number of its slot, from 1. */
  | { readonly kind: 'slot' };

/** What is taken of an argument: all of it, or of a path what stands in front of the ending, behind or in front of the last slash. */
export type ArgumentPart = '' | '.' | '/' | '//' | '/.';

/** The part of an argument that a replacement string stands for, as GNU parallel computes it. */
export function partOf(argument: string, part: ArgumentPart): string {
  switch (part) {
    case '':
      return argument;
    case '.':
      return argument.replace(/\.[^/.]*$/, '');
    case '/':
      return argument.replace(/^.*\//s, '');
    case '/.':
      return partOf(partOf(argument, '/'), '.');
    default:
      return posix.dirname(argument);
  }
}

/** What can be put in. */
export interface Places {
  /** Names of the columns, in order; undefined for one without. */
  readonly names: readonly (string | undefined)[];
  /** What stands for all arguments: `{}` unless `-I` says otherwise. */
  readonly all: string;
}

/** Splits a text at its replacement strings. `{}` stands for all arguments with spaces between them. */
export function splitReplacements(text: string, places: Places): Piece[] {
  if (text.includes('{=')) {
    throw new MultirunError('invalid-argument', 'expressions of Perl ({= … =}) cannot be imported');
  }
  const pattern = new RegExp(
    `${literally(places.all)}|\\{(\\d+|-\\d+|${places.names.flatMap((name) => (name ? [literally(name)] : [])).join('|') || '(?!)'})?(\\.|//|/\\.|/)?\\}|\\{#\\}|\\{%\\}`,
    'g',
  );
  const pieces: Piece[] = [];
  let position = 0;
  for (const match of text.matchAll(pattern)) {
    const [written, which, part = ''] = match;
    // Where -I names another one, {} is text.
    if (written === '{}' && places.all !== '{}') continue;
    pieces.push(
      ...textPiece(text.slice(position, match.index)),
      ...piecesOf(written, which, part as ArgumentPart, places),
    );
    position = match.index + written.length;
  }
  return [...pieces, ...textPiece(text.slice(position))];
}

function piecesOf(
  written: string,
  which: string | undefined,
  part: ArgumentPart,
  { names }: Places,
): Piece[] {
  if (written === '{#}') return [{ kind: 'job' }];
  if (written === '{%}') return [{ kind: 'slot' }];
  if (which !== undefined) return [{ kind: 'argument', column: columnOf(which, names), part }];
  return names.flatMap((_, column): Piece[] => [
    ...textPiece(column === 0 ? '' : ' '),
    { kind: 'argument', column, part },
  ]);
}

function columnOf(which: string, names: Places['names']): number {
  const named = names.indexOf(which);
  if (named >= 0) return named;
  const number = Number(which);
  const column = number < 0 ? names.length + number : number - 1;
  if (column >= 0 && column < names.length) return column;
  throw new MultirunError(
    'invalid-argument',
    `{${which}} names no input source; there ${names.length === 1 ? 'is 1' : `are ${names.length}`}`,
  );
}

function textPiece(text: string): Piece[] {
  return text === '' ? [] : [{ kind: 'text', text }];
}

function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
