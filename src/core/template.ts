import type { ParamMap, ParamValue } from './run.ts';

/**
 * A piece of a word. Offsets are UTF-16 code units in the word. `malformed` is a `${` that is neither closed nor
 * escaped, or that holds something which cannot be a parameter's name.
 */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string; readonly start: number; readonly end: number }
  | { readonly kind: 'parameter'; readonly name: string; readonly start: number; readonly end: number }
  | { readonly kind: 'malformed'; readonly text: string; readonly start: number; readonly end: number };

/** A valid name: letters, digits, `_` and `-`, not first a digit or `-`; dots join such names. */
export const parameterNamePattern = /^[\p{L}_][\p{L}\p{M}\p{N}_-]*(?:\.[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*)*$/u;

const opening = '${';
const literalOpening = '${{';

/**
 * Splits a word at its `${name}` and `${{`. The parts cover the word from its first character to its last; `${{` is a
 * part of its own, whose text is the `${` that it stands for.
 */
export function parseTemplate(word: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let position = 0;
  while (position < word.length) {
    const start = word.indexOf(opening, position);
    if (start !== position) {
      const end = start < 0 ? word.length : start;
      parts.push({ kind: 'text', text: word.slice(position, end), start: position, end });
      position = end;
      continue;
    }
    const part = partAt(word, start);
    parts.push(part);
    position = part.end;
  }
  return parts;
}

function partAt(word: string, start: number): TemplatePart {
  if (word.startsWith(literalOpening, start)) {
    return { kind: 'text', text: opening, start, end: start + literalOpening.length };
  }
  const braced = /\$\{([^{}]*)\}/y;
  braced.lastIndex = start;
  const [text = opening, name = ''] = braced.exec(word) ?? [];
  const end = start + text.length;
  if (parameterNamePattern.test(name)) return { kind: 'parameter', name, start, end };
  return { kind: 'malformed', text, start, end };
}

/**
 * Replaces each `${name}` of a word by the value of that parameter and each `${{` by a literal `${`. What is malformed
 * stays as it is: a sweep file with such a word does not run. Throws a RangeError for a name that `params` lacks.
 */
export function expandTemplate(word: string, params: ParamMap): string {
  if (!word.includes(opening)) return word;
  return parseTemplate(word)
    .map((part) => (part.kind === 'parameter' ? valueText(lookUp(params, part.name)) : part.text))
    .join('');
}

function lookUp(params: ParamMap, name: string): ParamValue {
  const value = Object.hasOwn(params, name) ? params[name] : undefined;
  if (value === undefined) {
    throw new RangeError(
      `\${${name}} names no parameter; this run has ${Object.keys(params).join(', ') || 'none'}`,
    );
  }
  return value;
}

/** The names that a word takes, in order, each as often as it stands there. */
export function templateNames(word: string): string[] {
  return parseTemplate(word).flatMap((part) => (part.kind === 'parameter' ? [part.name] : []));
}

/** A word that expands to exactly `text`, whatever the parameters. */
export function escapeTemplate(text: string): string {
  return text.replaceAll(opening, literalOpening);
}

/** A value as it stands in an argument: text as it is; numbers, booleans and null as JSON writes them; lists and maps as JSON. */
export function valueText(value: ParamValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
