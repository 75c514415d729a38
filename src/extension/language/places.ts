import type { TextRange } from '../../core/diagnostic.ts';
import type { SourceNode, SourcePath } from '../../core/sweepFile/source.ts';

/** What stands at an offset of a sweep file. */
export interface Place {
  /** The key or the value there. */
  readonly kind: 'key' | 'value';
  /** The path of the value, or of the value that the key is for. */
  readonly path: SourcePath;
  readonly range: TextRange;
  /** The value there, or that the key is for. */
  readonly node: SourceNode;
}

/** Finds the key or the scalar that an offset lies in or directly behind; undefined between them. */
export function placeAt(root: SourceNode, offset: number): Place | undefined {
  let path: SourcePath = [];
  let node = root;
  for (;;) {
    if (!covers(node.range, offset)) return undefined;
    if (node.kind === 'scalar') return { kind: 'value', path, range: node.range, node };
    const next: Place | undefined = childAt(node, path, offset);
    if (next === undefined || next.kind === 'key') return next;
    ({ path, node } = next);
  }
}

function childAt(node: SourceNode, path: SourcePath, offset: number): Place | undefined {
  if (node.kind === 'list') {
    for (const [index, item] of node.items.entries()) {
      if (covers(item.range, offset)) {
        return { kind: 'value', path: [...path, index], range: item.range, node: item };
      }
    }
  } else if (node.kind === 'map') {
    for (const [key, entry] of node.entries) {
      const child = { path: [...path, key], node: entry.node };
      if (covers(entry.keyRange, offset)) return { kind: 'key', range: entry.keyRange, ...child };
      if (covers(entry.node.range, offset)) return { kind: 'value', range: entry.node.range, ...child };
    }
  }
  return undefined;
}

function covers({ start, end }: TextRange, offset: number): boolean {
  return start <= offset && offset <= end;
}
