import { type FormatSpec, parseFormat } from './format/formatSpec.ts';
import { formatValue } from './format/formatValue.ts';
import { paramAt } from './params.ts';
import type { ParamMap, ParamValue } from './run.ts';
import { unreachable } from './unreachable.ts';

/**
 * A piece of a word. Offsets are UTF-16 code units in the word. `parameter` is `${name}` or `${name:format}`;
 * `environment` is `${envvar:NAME}`; `malformed` is a `${` that is neither closed nor escaped, or that holds something
 * else, and says what is wrong with it.
 */
export type TemplatePart = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'parameter'; readonly name: string; readonly format: FormatSpec | undefined }
  | { readonly kind: 'environment'; readonly name: string }
  | { readonly kind: 'malformed'; readonly text: string; readonly problem: string }
);

/** A valid name: letters, digits, `_` and `-`, not first a digit or `-`; dots join such names. */
export const parameterNamePattern = /^[\p{L}_][\p{L}\p{M}\p{N}_-]*(?:\.[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*)*$/u;

const opening = '${';
const literalOpening = '${{';
const literalAdvice = '; a literal "${" is written "${{"';

/**
 * Splits a word at its `${…}` and `${{`. The parts cover the word from its first character to its last; `${{` is a
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
  const [text = opening, content] = braced.exec(word) ?? [];
  const place = { start, end: start + text.length };
  const malformed = (problem: string): TemplatePart => ({ kind: 'malformed', text, problem, ...place });
  if (content === undefined) return malformed(`"\${" without a name and "}"${literalAdvice}`);
  const [, name = '', format] = /^([^:]*)(?::(.*))?$/s.exec(content) ?? [];
  if (name === 'envvar' && format !== undefined) {
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(format)
      ? { kind: 'environment', name: format, ...place }
      : malformed(`"${text}" holds no name of an environment variable${literalAdvice}`);
  }
  if (!parameterNamePattern.test(name))
    return malformed(`"${text}" holds no parameter's name${literalAdvice}`);
  if (format === undefined || format === '') return { kind: 'parameter', name, format: undefined, ...place };
  const parsed = parseFormat(format);
  return 'spec' in parsed
    ? { kind: 'parameter', name, format: parsed.spec, ...place }
    : malformed(`"${text}": the format ${JSON.stringify(format)} ${parsed.problem}${literalAdvice}`);
}

/** What the `${…}` of a word take their values from, besides the parameters. */
export interface OtherValues {
  /** What a name stands for that no parameter has. */
  readonly names?: Readonly<Record<string, () => string>> | undefined;
  /** Where `${envvar:NAME}` is looked up; without one there is no such variable. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * Replaces each `${…}` of a word by its value and each `${{` by a literal `${`. What is malformed stays as it is: a sweep
 * file with such a word does not run. Throws a RangeError for a name that there is not, and for a value that a format is
 * not for.
 */
export function expandTemplate(word: string, params: ParamMap, others: OtherValues = {}): string {
  if (!word.includes(opening)) return word;
  return parseTemplate(word)
    .map((part) => expandPart(part, params, others))
    .join('');
}

/** What a part of a word becomes; see {@link expandTemplate}. */
export function expandPart(part: TemplatePart, params: ParamMap, others: OtherValues = {}): string {
  switch (part.kind) {
    case 'text':
    case 'malformed':
      return part.text;
    case 'environment':
      return variable(part.name, others);
    case 'parameter':
      return written(part, params, others);
    default:
      return unreachable(part);
  }
}

function variable(name: string, { environment = {} }: OtherValues): string {
  const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
  if (value === undefined) {
    throw new RangeError(
      `\${envvar:${name}}: there is no environment variable ${name}; set it before the sweep is started`,
    );
  }
  return value;
}

function written(
  { name, format }: Extract<TemplatePart, { kind: 'parameter' }>,
  params: ParamMap,
  { names = {} }: OtherValues,
): string {
  const value = paramAt(params, name);
  if (value === undefined) {
    const other = Object.hasOwn(names, name) ? names[name] : undefined;
    if (other !== undefined) return format === undefined ? other() : formatValue(other(), format);
    throw new RangeError(
      `\${${name}} names no parameter; this run has ${Object.keys(params).join(', ') || 'none'}`,
    );
  }
  if (format === undefined) return valueText(value);
  try {
    return formatValue(value, format);
  } catch (error) {
    throw error instanceof RangeError ? new RangeError(`\${${name}:…}: ${error.message}`) : error;
  }
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
