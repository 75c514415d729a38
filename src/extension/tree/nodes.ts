import { unreachable } from '../../core/unreachable.ts';

/** A row of the tree: plain data that names what it shows; what it looks like is read when it is drawn. */
export type TreeNode = SweepNode | RangeNode | RunNode | BrokenNode;

/** A sweep, by its directory. */
export interface SweepNode {
  readonly kind: 'sweep';
  readonly directory: string;
}

/** The runs `start` … `end`-1 of a sweep with many. */
export interface RangeNode {
  readonly kind: 'range';
  readonly directory: string;
  readonly start: number;
  readonly end: number;
}

/** A run of a sweep. */
export interface RunNode {
  readonly kind: 'run';
  readonly directory: string;
  readonly run: number;
}

/** A sweep directory that cannot be read. */
export interface BrokenNode {
  readonly kind: 'broken';
  readonly directory: string;
}

/** Tells rows apart, and stays the same as long as a row means the same. */
export function nodeId(node: TreeNode): string {
  switch (node.kind) {
    case 'sweep':
      return `sweep:${node.directory}`;
    case 'range':
      return `range:${node.start}-${node.end}:${node.directory}`;
    case 'run':
      return `run:${node.run}:${node.directory}`;
    case 'broken':
      return `broken:${node.directory}`;
    default:
      return unreachable(node);
  }
}
