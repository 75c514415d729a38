import type { TextRange } from '../../core/diagnostic.ts';
import { type JsonSchema, sweepFileJsonSchema } from '../../core/sweepFile/jsonSchema.ts';
import { parseSweepFile } from '../../core/sweepFile/parseSweepFile.ts';
import { type Cursor, cursorAt, type KeyPlace, referenceAt } from './cursor.ts';
import { keyText } from './keyText.ts';
import { alternativesOf, type KnownKey, keysAt, schemasAt, textUsesOf } from './schemaWalk.ts';

/** Something that a person may be about to write. */
export interface Suggestion {
  readonly kind: 'key' | 'value' | 'example' | 'parameter';
  /** What is listed. */
  readonly label: string;
  /** What is written: a snippet in VS Code's syntax when `isSnippet`. */
  readonly insert: string;
  readonly isSnippet: boolean;
  /** Markdown. */
  readonly documentation: string;
  /** Whether more is to be suggested at the place where this leaves the cursor. */
  readonly goesOn: boolean;
}

/** Suggestions for one place, best first. */
export interface Suggestions {
  /** What each replaces: up to the cursor, or the whole word that it stands in. */
  readonly typed: TextRange;
  readonly word: TextRange;
  readonly items: readonly Suggestion[];
  /** Where a path may be written: the folder, relative to the sweep file, whose files fit next. */
  readonly files:
    | { readonly folder: string; readonly typed: TextRange; readonly word: TextRange }
    | undefined;
}

/** What is known of the parameters of a sweep file. */
export interface KnownParameter {
  readonly name: string;
  /** Markdown. */
  readonly documentation: string;
}

/** What else `${…}` can hold. */
const macros: readonly KnownParameter[] = [
  {
    name: 'args',
    documentation: 'All parameters as `--name=value`, a word each. Must be a word of its own.',
  },
  { name: 'args_no_hyphens', documentation: 'All parameters as `name=value`, a word each.' },
  {
    name: 'args_no_boolean_flags',
    documentation: 'As `args`, but `true` is the mere `--name` and `false` is left out.',
  },
  { name: 'args_json', documentation: 'All parameters as one JSON text.' },
  { name: 'args_json_file', documentation: 'The path of a file that holds all parameters as JSON.' },
  { name: 'envvar:', documentation: 'A variable of the environment: `${envvar:HOME}`.' },
];

/** A text that is longer is not read again at every key stroke. In UTF-16 code units. */
const longestText = 300_000;

/** In a text that is longer, keys are not tried out. */
const longestTried = 20_000;

/** What may be written at a place of a sweep file; undefined where nothing can be said. */
export function suggestionsAt(
  text: string,
  offset: number,
  parameters: () => readonly KnownParameter[],
): Suggestions | undefined {
  if (text.length > longestText) return undefined;
  const reference = referenceAt(text, offset);
  if (reference !== undefined) {
    const { typed, word, isClosed } = reference;
    return {
      typed,
      word,
      items: [...parameters(), ...macros].map((known) => parameterSuggestion(known, isClosed ? '' : '}')),
      files: undefined,
    };
  }
  const cursor = cursorAt(text, offset);
  return cursor && suggestionsFor(text, offset, cursor, parameters);
}

function parameterSuggestion({ name, documentation }: KnownParameter, closing: string): Suggestion {
  return {
    kind: 'parameter',
    label: name,
    insert: `${name}${closing}`,
    isSnippet: false,
    documentation,
    goesOn: false,
  };
}

function suggestionsFor(
  text: string,
  offset: number,
  cursor: Cursor,
  parameters: () => readonly KnownParameter[],
): Suggestions {
  const root = sweepFileJsonSchema();
  const items: Suggestion[] = [];
  if (cursor.key !== undefined) items.push(...keySuggestions(text, root, cursor, cursor.key));
  let { typed, word } = cursor;
  let files: Suggestions['files'];
  if (cursor.value !== undefined) {
    const schemas = schemasAt(root, cursor.value, cursor.root);
    const uses = textUsesOf(schemas, root);
    if (uses.has('expression')) {
      ({ typed, word } = nameWithin(text, offset, cursor));
      items.push(...parameters().map((known) => parameterSuggestion(known, '')));
    } else if (cursor.isWhole) {
      items.push(...valueSuggestions(root, schemas));
    }
    if (uses.has('path')) files = filesWithin(text, cursor);
  }
  return { typed, word, items, files };
}

function keySuggestions(
  text: string,
  root: JsonSchema,
  cursor: Cursor,
  { mapping, others, hasColon }: KeyPlace,
): Suggestion[] {
  const known = keysAt(root, mapping, cursor.root).filter(({ name }) => !others.has(name));
  const fitting = hasColon || text.length > longestTried ? known : known.filter(fitsAt(text, cursor));
  // Sorting is stable: what is needed first, then in the schema's order.
  fitting.sort((a, b) => Number(b.isRequired) - Number(a.isRequired));
  return fitting.map((key) => keySuggestion(root, key, hasColon, cursor.isFlow));
}

/** Tells of a key whether it goes together with what stands there: by writing it, and asking what is wrong then. */
function fitsAt(text: string, { word }: Cursor): (key: KnownKey) => boolean {
  const conflictsWith = (entry: string) =>
    parseSweepFile(text.slice(0, word.start) + entry + text.slice(word.end), {
      path: 'sweep.yaml',
    }).diagnostics.filter(({ code }) => code === 'conflicting-keys').length;
  const before = conflictsWith('');
  return ({ name, schema }) =>
    conflictsWith(`${name}: ${JSON.stringify(schema.examples?.[0] ?? null)}`) <= before;
}

function keySuggestion(
  root: JsonSchema,
  { name, schema }: KnownKey,
  hasColon: boolean,
  isFlow: boolean,
): Suggestion {
  const shape = shapeOf(schema, root);
  const insert = hasColon ? name : `${name}:${bodies[shape](isFlow)}`;
  return {
    kind: 'key',
    label: name,
    insert,
    isSnippet: !hasColon,
    documentation: keyText(name, schema, root),
    goesOn: !hasColon && (shape === 'choice' || (shape === 'mapping' && !isFlow)),
  };
}

type Shape = 'mapping' | 'list' | 'choice' | 'scalar';

/** What follows the colon of a key; `$0` is where the cursor comes to stand. */
const bodies: Record<Shape, (isFlow: boolean) => string> = {
  mapping: (isFlow) => (isFlow ? ' {$0}' : '\n  $0'),
  list: () => ' [$0]',
  choice: () => ' $0',
  scalar: () => ' $0',
};

/** What a value is written as; where several things are allowed, as the first of them. */
function shapeOf(schema: JsonSchema, root: JsonSchema): Shape {
  const [first] = alternativesOf(schema, root);
  if (first === undefined) return 'scalar';
  if (first.type === 'array') return 'list';
  if (first.type === 'object') return 'mapping';
  return choicesOf([schema], root).length > 0 ? 'choice' : 'scalar';
}

function choicesOf(schemas: readonly JsonSchema[], root: JsonSchema): unknown[] {
  const plain = schemas.flatMap((schema) => alternativesOf(schema, root));
  return plain.flatMap((schema) => {
    if (schema.const !== undefined) return [schema.const];
    if (schema.enum !== undefined) return [...schema.enum];
    return schema.type === 'boolean' ? [true, false] : [];
  });
}

function valueSuggestions(root: JsonSchema, schemas: readonly JsonSchema[]): Suggestion[] {
  const choices = choicesOf(schemas, root);
  const description = schemas.find((schema) => schema.description !== undefined)?.description ?? '';
  const examples = schemas.flatMap((schema) => schema.examples ?? []).filter(isScalar);
  const suggestion = (kind: 'value' | 'example', value: unknown): Suggestion => ({
    kind,
    label: String(value),
    insert: String(value),
    isSnippet: false,
    documentation: kind === 'value' ? meaningOf(String(value), description) : description,
    goesOn: false,
  });
  return choices.length > 0
    ? [...new Set(choices)].map((value) => suggestion('value', value))
    : examples.map((value) => suggestion('example', value));
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** The sentence of a description that begins with a value ("`zip`: the first values of all …"); else all of it. */
export function meaningOf(value: string, description: string): string {
  const start = description.indexOf(`\`${value}\``);
  const sentence =
    start < 0 ? undefined : /^`[^`]+`[^:.]*:\s*([^`]*?\.)(?=\s|$)/.exec(description.slice(start));
  return sentence?.[1] === undefined ? description : capitalised(sentence[1]);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The name within an expression that ends at the cursor. */
function nameWithin(text: string, offset: number, cursor: Cursor): { typed: TextRange; word: TextRange } {
  const before = text.slice(cursor.word.start, offset);
  const start = offset - (/[\p{L}\p{N}\p{M}_.]*$/u.exec(before)?.[0].length ?? 0);
  const behind = /^[\p{L}\p{N}\p{M}_.]*/u.exec(text.slice(offset, cursor.word.end))?.[0].length ?? 0;
  return { typed: { start, end: offset }, word: { start, end: offset + behind } };
}

/** The folder that is written already, and the last name of the path, which is being typed. */
function filesWithin(text: string, { typed, word }: Cursor): Suggestions['files'] {
  const folder = /^.*\//.exec(text.slice(typed.start, typed.end))?.[0] ?? '';
  const start = typed.start + folder.length;
  return { folder, typed: { start, end: typed.end }, word: { start, end: word.end } };
}
