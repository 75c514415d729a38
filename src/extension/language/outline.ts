import type { TextRange } from '../../core/diagnostic.ts';
import type { SourceNode } from '../../core/sweepFile/source.ts';
import { oneLine } from '../text/format.ts';

/** A part of a sweep file as an outline lists it. */
export interface OutlineEntry {
  readonly name: string;
  /** What the value is, in short. */
  readonly detail: string;
  readonly kind: 'mapping' | 'list' | 'text' | 'number' | 'boolean' | 'null';
  /** The key with its value. */
  readonly range: TextRange;
  /** The key, or the beginning of an item. */
  readonly nameRange: TextRange;
  readonly children: readonly OutlineEntry[];
}

const longestDetail = 60;
const mostItems = 1000;
const deepest = 6;

/** The outline of a sweep file: all keys, and those items of lists that are mappings. */
export function outlineOf(root: SourceNode, depth = 0): OutlineEntry[] {
  if (depth === deepest) return [];
  if (root.kind === 'map') {
    return [...root.entries].slice(0, mostItems).map(([name, { keyRange, node }]) => ({
      name,
      detail: detailOf(node),
      kind: kindOf(node),
      range: { start: keyRange.start, end: Math.max(keyRange.end, node.range.end) },
      nameRange: keyRange,
      children: outlineOf(node, depth + 1),
    }));
  }
  if (root.kind !== 'list') return [];
  return root.items.slice(0, mostItems).flatMap((node, index) => {
    if (node.kind !== 'map') return [];
    const { start } = node.range;
    return [
      {
        name: `[${index}]`,
        detail: detailOf(node),
        kind: kindOf(node),
        range: node.range,
        nameRange: { start, end: start },
        children: outlineOf(node, depth + 1),
      },
    ];
  });
}

function kindOf(node: SourceNode): OutlineEntry['kind'] {
  if (node.kind === 'list') return 'list';
  if (node.kind === 'map') return 'mapping';
  switch (typeof node.value) {
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return node.value === null ? 'null' : 'text';
  }
}

function detailOf(node: SourceNode): string {
  if (node.kind === 'scalar') return oneLine(String(node.value ?? ''), longestDetail);
  if (node.kind === 'list' && node.items.every(({ kind }) => kind === 'scalar')) {
    return oneLine(
      node.items
        .slice(0, mostItems)
        .map(({ value }) => String(value))
        .join(', '),
      longestDetail,
    );
  }
  return '';
}
