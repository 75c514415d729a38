import { commandMacroNames, listMacroNames, textMacroNames } from '../command/macros.ts';
import type { TextRange } from '../diagnostic.ts';
import type { FormatSpec } from '../format/formatSpec.ts';
import { parseTemplate } from '../template.ts';
import { didYouMean, didYouMeanClause } from './didYouMean.ts';
import { type Findings, locate, type ScalarNode, type SourceNode } from './source.ts';

/** A `${name}` in the text of a sweep file. */
export interface ParameterReference {
  readonly name: string;
  /** How the value is written: `${name:format}`. */
  readonly format: FormatSpec | undefined;
  /** From the `$` to the brace. Where escapes hide it in the text: the whole value that holds it. */
  readonly range: TextRange;
}

/** A `${…}` that takes a value. */
interface Reference extends ParameterReference {
  /** The key of the sweep file that it stands in. */
  readonly key: TemplatedKey;
  /** The reference itself, without the escapes of YAML. */
  readonly text: string;
  /** Whether its word holds nothing else. */
  readonly isWholeWord: boolean;
}

/** Keys whose texts take parameters. */
type TemplatedKey = 'cmd' | 'command' | 'env';

/** What `cmd`, `command` and `env` hold in `${…}`: what takes a value, and what is malformed. */
export interface References {
  readonly found: readonly Reference[];
  readonly malformed: readonly { readonly problem: string; readonly range: TextRange }[];
}

/** Finds every `${…}` of `cmd`, `command` and `env`, whatever else is wrong with the file. */
export function findReferences(root: SourceNode): References {
  const found: Reference[] = [];
  const malformed: { problem: string; range: TextRange }[] = [];
  const seen = new Set<SourceNode>();
  for (const [key, node] of templatedNodes(root)) {
    if (typeof node.value !== 'string' || seen.has(node)) continue;
    seen.add(node);
    const ranges = openings(node);
    const all = parseTemplate(node.value);
    const parts = all.filter(({ start }) => String(node.value).startsWith('${', start));
    // Escapes can add or hide a "${"; then nothing tells which is which.
    const areSure = ranges.length === parts.length;
    parts.forEach((part, index) => {
      const range = (areSure ? ranges[index] : undefined) ?? node.range;
      if (part.kind === 'malformed') malformed.push({ problem: part.problem, range });
      if (part.kind !== 'parameter') return;
      const { name, format } = part;
      const text = String(node.value).slice(part.start, part.end);
      found.push({ name, format, range, key, text, isWholeWord: all.length === 1 && format === undefined });
    });
  }
  return { found, malformed };
}

function* templatedNodes(root: SourceNode): Generator<[TemplatedKey, ScalarNode]> {
  for (const key of ['cmd', 'command'] as const) {
    const list = locate(root, [key])?.node;
    if (list?.kind === 'list') for (const item of list.items) if (item.kind === 'scalar') yield [key, item];
  }
  const env = locate(root, ['env'])?.node;
  if (env?.kind === 'map')
    for (const { node } of env.entries.values()) if (node.kind === 'scalar') yield ['env', node];
}

/** Those that take a parameter: a macro does only where a parameter has its name. */
export function parameterReferences(
  { found }: References,
  names: KnownNames | undefined,
): ParameterReference[] {
  return found
    .filter((reference) => macroKind(reference, names) === undefined)
    .map(({ name, format, range }) => ({ name, format, range }));
}

/** What kind of macro a reference is; undefined where it takes a parameter. */
function macroKind({ name, key }: Reference, names: KnownNames | undefined): 'list' | 'text' | undefined {
  if (key === 'env') return undefined;
  if (key === 'command' && commandMacroNames.includes(name)) return name === 'program' ? 'text' : 'list';
  if (names?.everywhere.has(name) || names?.somewhere.has(name)) return undefined;
  if (listMacroNames.includes(name)) return 'list';
  return textMacroNames.includes(name) ? 'text' : undefined;
}

/** Where each "${" of a value stands in the text, in order, to its brace where that is on the same line. */
function openings({ range, style, written }: ScalarNode): TextRange[] {
  // What follows the "|" of a block may be a comment.
  const skipped = style === 'block' ? written.search(/\n|$/) : 0;
  const ranges: TextRange[] = [];
  for (const match of written.slice(skipped).matchAll(/\$\{(?:[^{}\r\n]*\})?/g)) {
    const start = range.start + skipped + match.index;
    ranges.push({ start, end: start + match[0].length });
  }
  return ranges;
}

/** The names that a `${…}` can take, and what is known of their absence. */
export interface KnownNames {
  /** Names that every run has. */
  readonly everywhere: ReadonlySet<string>;
  /** Names that only some runs have, each with a sentence that says which lack it. */
  readonly somewhere: ReadonlyMap<string, string>;
}

/** Reports each `${…}` that no run, or not every run, could fill. */
export function checkReferences(
  { found, malformed }: References,
  names: KnownNames,
  { report, isFull }: Findings,
): void {
  for (const { problem, range } of malformed) report('invalid-template', range, problem);
  for (const reference of found) {
    if (isFull()) return;
    const { name, range, text } = reference;
    const macro = macroKind(reference, names);
    if (macro !== undefined) {
      if (macro === 'text' || reference.isWholeWord) continue;
      report(
        'invalid-template',
        range,
        `"${text}" stands for several arguments, and must be a word of its own`,
      );
      continue;
    }
    const problem = nameProblem(name, text, names);
    if (problem !== undefined) {
      report('unknown-parameter', range, problem.message, { suggestion: problem.suggestion });
    }
  }
}

/** What is wrong with a name in `${…}`, and the text that would repair it; undefined where every run has it. */
export function nameProblem(
  name: string,
  text: string,
  names: KnownNames,
): { readonly message: string; readonly suggestion: string | undefined } | undefined {
  if (names.everywhere.has(name)) return undefined;
  const lacking = names.somewhere.get(name);
  if (lacking !== undefined) {
    return { message: `${lacking}, and each run needs it`, suggestion: undefined };
  }
  const meant = didYouMean(name, [...names.everywhere, ...names.somewhere.keys()]);
  return {
    message: `"${text}" names no parameter${meant === undefined ? otherNames(names) : didYouMeanClause(meant)}`,
    suggestion: meant === undefined ? undefined : text.replace(name, () => meant),
  };
}

function otherNames({ everywhere }: KnownNames): string {
  if (everywhere.size === 0) return '; there is none';
  const first = [...everywhere].slice(0, 5);
  const more = everywhere.size > first.length ? ', …' : '';
  return `; there ${everywhere.size === 1 ? 'is' : 'are'} ${first.join(', ')}${more}`;
}
