import { unreachable } from '../../core/unreachable.ts';

/** A row of the tree: plain data that names what it shows; what it looks like is read when it is drawn. */
export type TreeNode =
  | SweepNode
  | RangeNode
  | RunNode
  | WhyNode
  | ClusterNode
  | RuleNode
  | ClusterPartNode
  | BrokenNode;

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
  /** The cluster of failures below which the row stands; absent where it stands among all runs. */
  readonly signature?: string;
}

/** Why runs of a sweep failed. */
export interface WhyNode {
  readonly kind: 'why';
  readonly directory: string;
}

/** Failed runs that say the same of their failure, by the signature of what they say. */
export interface ClusterNode {
  readonly kind: 'cluster';
  readonly directory: string;
  readonly signature: string;
}

/** What the runs of a cluster share. */
export interface RuleNode {
  readonly kind: 'rule';
  readonly directory: string;
  readonly signature: string;
}

/** The runs at `start` … `end`-1 in the list of a cluster with many. */
export interface ClusterPartNode {
  readonly kind: 'cluster-part';
  readonly directory: string;
  readonly signature: string;
  readonly start: number;
  readonly end: number;
}

/** A sweep directory that cannot be read. */
export interface BrokenNode {
  readonly kind: 'broken';
  readonly directory: string;
}

/** A run that is selected, whichever row it has. */
export type SelectedRun = Pick<RunNode, 'directory' | 'run'>;

/** Tells rows apart, and stays the same as long as a row means the same. */
export function nodeId(node: TreeNode): string {
  switch (node.kind) {
    case 'sweep':
      return `sweep:${node.directory}`;
    case 'range':
      return `range:${node.start}-${node.end}:${node.directory}`;
    case 'run':
      return `run:${node.run}:${node.directory}${node.signature === undefined ? '' : `:${node.signature}`}`;
    case 'why':
      return `why:${node.directory}`;
    case 'cluster':
      return `cluster:${node.directory}:${node.signature}`;
    case 'rule':
      return `rule:${node.directory}:${node.signature}`;
    case 'cluster-part':
      return `cluster-part:${node.start}-${node.end}:${node.directory}:${node.signature}`;
    case 'broken':
      return `broken:${node.directory}`;
    default:
      return unreachable(node);
  }
}
