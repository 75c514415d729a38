import type { TextRange } from '../diagnostic.ts';
import { parseTemplate } from '../template.ts';
import { didYouMean, didYouMeanClause } from './didYouMean.ts';
import { type Findings, locate, type ScalarNode, type SourceNode } from './source.ts';

/** A `${name}` in the text of a sweep file. */
export interface ParameterReference {
  readonly name: string;
  /** From the `$` to the brace. Where escapes hide it in the text: the whole value that holds it. */
  readonly range: TextRange;
}

/** What `cmd` and `env` hold in `${…}`: what takes a parameter, and what is malformed. */
export interface References {
  readonly found: readonly ParameterReference[];
  readonly malformed: readonly { readonly text: string; readonly range: TextRange }[];
}

/** Finds every `${…}` of `cmd` and `env`, whatever else is wrong with the file. */
export function findReferences(root: SourceNode): References {
  const found: ParameterReference[] = [];
  const malformed: { text: string; range: TextRange }[] = [];
  const seen = new Set<SourceNode>();
  for (const node of templatedNodes(root)) {
    if (typeof node.value !== 'string' || seen.has(node)) continue;
    seen.add(node);
    const ranges = openings(node);
    const parts = parseTemplate(node.value).filter(({ start }) => String(node.value).startsWith('${', start));
    // Escapes can add or hide a "${"; then nothing tells which is which.
    const areSure = ranges.length === parts.length;
    parts.forEach((part, index) => {
      const range = (areSure ? ranges[index] : undefined) ?? node.range;
      if (part.kind === 'parameter') found.push({ name: part.name, range });
      else if (part.kind === 'malformed') malformed.push({ text: part.text, range });
    });
  }
  return { found, malformed };
}

function* templatedNodes(root: SourceNode): Generator<ScalarNode> {
  const cmd = locate(root, ['cmd'])?.node;
  if (cmd?.kind === 'list') for (const item of cmd.items) if (item.kind === 'scalar') yield item;
  const env = locate(root, ['env'])?.node;
  if (env?.kind === 'map')
    for (const { node } of env.entries.values()) if (node.kind === 'scalar') yield node;
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
  /** Names that only some runs have, each with the first run (counted from 0) that lacks it. */
  readonly somewhere: ReadonlyMap<string, number>;
}

/** Reports each `${…}` that no run, or not every run, could fill. */
export function checkReferences(
  { found, malformed }: References,
  names: KnownNames,
  { report, isFull }: Findings,
): void {
  for (const { text, range } of malformed) {
    const what = text === '${' ? '"${" without a name and "}"' : `"${text}" holds no parameter's name`;
    report('invalid-template', range, `${what}; a literal "\${" is written "\${{"`);
  }
  for (const { name, range } of found) {
    if (isFull()) return;
    if (names.everywhere.has(name)) continue;
    const lacking = names.somewhere.get(name);
    if (lacking !== undefined) {
      report(
        'unknown-parameter',
        range,
        `runs[${lacking}] has no parameter "${name}", and each run needs it`,
      );
      continue;
    }
    const meant = didYouMean(name, [...names.everywhere, ...names.somewhere.keys()]);
    report(
      'unknown-parameter',
      range,
      `"\${${name}}" names no parameter${meant === undefined ? otherNames(names) : didYouMeanClause(meant)}`,
      { suggestion: meant === undefined ? undefined : `\${${meant}}` },
    );
  }
}

function otherNames({ everywhere }: KnownNames): string {
  if (everywhere.size === 0) return '; there is none';
  const first = [...everywhere].slice(0, 5);
  const more = everywhere.size > first.length ? ', …' : '';
  return `; there ${everywhere.size === 1 ? 'is' : 'are'} ${first.join(', ')}${more}`;
}
