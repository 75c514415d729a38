import type { TextRange } from '../../core/diagnostic.ts';
import type { ParsedSweepFile } from '../../core/sweepFile/parseSweepFile.ts';
import type { SourceNode } from '../../core/sweepFile/source.ts';

/** A place where a sweep file writes the name of a parameter. */
export interface Mention {
  /** The dotted name of the parameter. */
  readonly name: string;
  /** What is written of it: all of the name, or its last part where it stands within others. */
  readonly range: TextRange;
  readonly kind: 'definition' | 'use';
  /** What is written there. */
  readonly written: string;
}

/** Every place where a sweep file names a parameter, in the order of the text. `root` is undefined where YAML is broken. */
export function mentionsIn(text: string, parsed: ParsedSweepFile, root: SourceNode | undefined): Mention[] {
  const found: Mention[] = [];
  const seen = new Set<number>();
  const add = (name: string, range: TextRange, kind: Mention['kind']): void => {
    const written = text.slice(range.start, range.end);
    // Escapes and quotes can hide a name; such a place cannot be edited.
    if (seen.has(range.start) || !(name === written || name.endsWith(`.${written}`))) return;
    seen.add(range.start);
    found.push({ name, range, kind, written });
  };
  for (const { name, nameRange } of parsed.parameters) add(name, unquoted(text, nameRange), 'definition');
  for (const { name, range } of parsed.references) {
    const start = range.start + '${'.length;
    add(name, { start, end: start + name.length }, 'use');
  }
  for (const { name, range } of parsed.uses) add(name, range, 'use');
  if (root !== undefined) {
    const known = new Set(parsed.parameters.map(({ name }) => name));
    for (const { name, range, kind } of keysOfRules(root, known)) add(name, unquoted(text, range), kind);
  }
  return found.sort((a, b) => a.range.start - b.range.start);
}

/** The mention that an offset lies in or directly behind. */
export function mentionAt(mentions: readonly Mention[], offset: number): Mention | undefined {
  return mentions.find(({ range }) => range.start <= offset && offset <= range.end);
}

function unquoted(text: string, { start, end }: TextRange): TextRange {
  return /["']/.test(text.charAt(start)) ? { start: start + 1, end: end - 1 } : { start, end };
}

interface NamedKey {
  readonly name: string;
  readonly range: TextRange;
  readonly kind: Mention['kind'];
}

/** The names in the mappings of `runs`, `exclude` and `include`, in all blocks. */
function* keysOfRules(block: SourceNode, known: ReadonlySet<string>): Generator<NamedKey> {
  if (block.kind !== 'map') return;
  for (const [key, { node }] of block.entries) {
    const items = node.kind === 'list' ? node.items : [node];
    if (key === 'sweep' || key === 'cross') for (const item of items) yield* keysOfRules(item, known);
    else if (key === 'runs' && node.kind === 'list') {
      for (const item of items) yield* keysOfMap(item, '', 'definition', known);
    } else if (key === 'exclude' || key === 'include') {
      for (const item of items) yield* keysOfMap(item, '', 'use', known);
    }
  }
}

function* keysOfMap(
  map: SourceNode,
  prefix: string,
  kind: Mention['kind'],
  known: ReadonlySet<string>,
): Generator<NamedKey> {
  if (map.kind !== 'map') return;
  for (const [key, { keyRange, node }] of map.entries) {
    const name = prefix + key;
    const isGroup = kind === 'use' && !known.has(name) && node.kind === 'map';
    if (isGroup) yield* keysOfMap(node, `${name}.`, kind, known);
    else yield { name, range: keyRange, kind };
  }
}
