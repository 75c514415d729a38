import type { TextRange } from '../../core/diagnostic.ts';
import { readUnfinishedYaml } from '../../core/sweepFile/readYaml.ts';
import type { MapNode, SourceNode, SourcePath } from '../../core/sweepFile/source.ts';

/** What is being typed in a sweep file, and what a completion would replace. */
export interface Cursor {
  /** From the beginning of the word to the cursor. */
  readonly typed: TextRange;
  /** The whole word: what stands behind the cursor belongs to it. */
  readonly word: TextRange;
  /** What the text says; the word is missing where it would be a key, and any text where it would be a value. */
  readonly root: SourceNode;
  /** The word as the key of a mapping. */
  readonly key: KeyPlace | undefined;
  /** The word as a value, or the beginning of one. */
  readonly value: SourcePath | undefined;
  /** Whether the word is all of the value, and not one of several. */
  readonly isWhole: boolean;
  /** Whether it stands within brackets, where lines and indentation mean nothing. */
  readonly isFlow: boolean;
}

/** Where a key is being typed. */
export interface KeyPlace {
  /** The mapping that it is, or would be, a key of. */
  readonly mapping: SourcePath;
  /** The keys that stand there already, without this one. */
  readonly others: ReadonlySet<string>;
  /** Whether a colon follows, so that only the name is wanted. */
  readonly hasColon: boolean;
}

/** The place within `${…}`: from behind the brace to the cursor, and on to the end of the name. */
export interface ReferencePlace {
  readonly typed: TextRange;
  readonly word: TextRange;
  /** Whether the brace is closed. */
  readonly isClosed: boolean;
}

/** Stands for the word while the text is read: nobody writes it. */
const marker = 'multirun\u2038word';
const delimiters = /[\s,[\]{}"']/;

/** Where in a sweep file a person is typing. Undefined within a comment, and where the text cannot be made out. */
export function cursorAt(text: string, offset: number): Cursor | undefined {
  const line = lineAround(text, offset);
  const state = stateAt(text.slice(line.start, offset));
  if (state.kind === 'comment') return undefined;
  const word = wordAround(text, line, offset, state);
  const typed = { start: word.start, end: offset };
  const before = text.slice(line.start, word.start);
  const hasColon = /^["']?\s*:(\s|$)/.test(text.slice(word.end, line.end));
  const startsLine = /^\s*(-\s+)*["']?$/.test(before);
  const readWith = (replacement: string): Cursor | undefined => {
    const root = readUnfinishedYaml(text.slice(0, word.start) + replacement + text.slice(word.end));
    const found = root && findMarker(root, []);
    if (root === undefined || found === undefined) return undefined;
    const isFlow = insideBrackets(text, root, found.path, word.start);
    const place = { typed, word, root, isFlow };
    if (found.kind === 'value') {
      return { ...place, key: undefined, value: found.path, isWhole: found.isWhole };
    }
    const others = new Set(found.others);
    const value = others.size === 0 && !hasColon && startsLine ? found.path : undefined;
    return { ...place, key: { mapping: found.path, others, hasColon }, value, isWhole: true };
  };
  const needsColon = startsLine && !hasColon && state.kind === 'plain';
  return (needsColon ? readWith(`${marker}: `) : undefined) ?? readWith(marker);
}

/** Where a name is being typed between `${` and `}`; undefined elsewhere. */
export function referenceAt(text: string, offset: number): ReferencePlace | undefined {
  const line = lineAround(text, offset);
  const before = text.slice(line.start, offset);
  if (stateAt(before).kind === 'comment') return undefined;
  const opened = /\$\{([^{}$\s:]*)$/.exec(before);
  if (opened === null) return undefined;
  const start = offset - (opened[1] ?? '').length;
  const rest = text.slice(offset, line.end);
  const end = offset + (/^[^{}$\s:"',[\]]*/.exec(rest)?.[0].length ?? 0);
  return { typed: { start, end: offset }, word: { start, end }, isClosed: /^[:}]/.test(text.slice(end)) };
}

function lineAround(text: string, offset: number): TextRange {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const length = text.slice(offset).search(/[\r\n]/);
  return { start, end: length < 0 ? text.length : offset + length };
}

type LineState = { readonly kind: 'plain' | 'comment' } | { readonly kind: 'quoted'; readonly start: number };

/** Whether the end of a line's beginning lies in quotes or in a comment; quotes that span lines are not seen. */
function stateAt(before: string): LineState {
  let quote: { readonly sign: string; readonly start: number } | undefined;
  let startsValue = true;
  for (let position = 0; position < before.length; position++) {
    const sign = before.charAt(position);
    if (quote !== undefined) {
      if (sign === '\\' && quote.sign === '"') position++;
      else if (sign === quote.sign) quote = undefined;
    } else if (sign === '#' && /^$|\s/.test(before.charAt(position - 1))) {
      return { kind: 'comment' };
    } else if (startsValue && (sign === '"' || sign === "'")) {
      quote = { sign, start: position + 1 };
    } else {
      startsValue = /[\s,[{]/.test(sign);
    }
  }
  return quote === undefined ? { kind: 'plain' } : { kind: 'quoted', start: quote.start };
}

function wordAround(text: string, line: TextRange, offset: number, state: LineState): TextRange {
  if (state.kind === 'quoted') {
    const quote = text.charAt(line.start + state.start - 1);
    const rest = text.slice(offset, line.end).indexOf(quote);
    return { start: line.start + state.start, end: rest < 0 ? line.end : offset + rest };
  }
  let start = offset;
  while (start > line.start && !delimiters.test(text.charAt(start - 1))) start--;
  let end = offset;
  while (end < line.end && !delimiters.test(text.charAt(end)) && !isColon(text, end)) end++;
  return { start, end };
}

function isColon(text: string, position: number): boolean {
  return text.charAt(position) === ':' && /^$|\s/.test(text.charAt(position + 1));
}

type Found =
  | { readonly kind: 'key'; readonly path: SourcePath; readonly others: readonly string[] }
  | { readonly kind: 'value'; readonly path: SourcePath; readonly isWhole: boolean };

function findMarker(node: SourceNode, path: SourcePath): Found | undefined {
  switch (node.kind) {
    case 'scalar':
      if (typeof node.value !== 'string' || !node.value.includes(marker)) return undefined;
      return { kind: 'value', path, isWhole: node.value === marker };
    case 'list':
      for (const [index, item] of node.items.entries()) {
        const found = findMarker(item, [...path, index]);
        if (found !== undefined) return found;
      }
      return undefined;
    default:
      return findInMap(node, path);
  }
}

function findInMap(node: MapNode, path: SourcePath): Found | undefined {
  for (const [key, entry] of node.entries) {
    if (key === marker) {
      // The tree was made for this one look: what the file itself does not have must not be taken for a key of it.
      (node.entries as Map<string, unknown>).delete(marker);
      return { kind: 'key', path, others: [...node.entries.keys()] };
    }
    const found = findMarker(entry.node, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function insideBrackets(text: string, root: SourceNode, path: SourcePath, position: number): boolean {
  let node: SourceNode | undefined = root;
  for (const step of [...path, undefined]) {
    if (node === undefined || node.kind === 'scalar') return false;
    if (/[[{]/.test(text.charAt(node.range.start)) && node.range.start < position) return true;
    if (step === undefined) return false;
    if (node.kind === 'list') node = node.items[Number(step)];
    else node = node.entries.get(String(step))?.node;
  }
  return false;
}
