import { nodeId, type RunNode, type TreeNode } from './nodes.ts';

/** Keeps one object for each row, since VS Code knows rows by identity. */
export interface NodeStore {
  /** The row's one object: the one given the first time. */
  same<T extends TreeNode>(node: T): T;
  /** The rows of a sweep's runs that were ever asked for. */
  runs(directory: string): RunNode[];
  /** Lets go of the rows of all sweeps but these. */
  keepOnly(directories: ReadonlySet<string>): void;
}

/** Makes an empty store. */
export function createNodeStore(): NodeStore {
  const byDirectory = new Map<string, Map<string, TreeNode>>();
  return {
    same: <T extends TreeNode>(node: T): T => {
      let nodes = byDirectory.get(node.directory);
      if (nodes === undefined) {
        nodes = new Map();
        byDirectory.set(node.directory, nodes);
      }
      const id = nodeId(node);
      const known = nodes.get(id);
      if (known !== undefined) return known as T;
      nodes.set(id, node);
      return node;
    },
    runs: (directory) =>
      [...(byDirectory.get(directory)?.values() ?? [])].filter(
        (node): node is RunNode => node.kind === 'run',
      ),
    keepOnly: (directories) => {
      for (const directory of byDirectory.keys()) {
        if (!directories.has(directory)) byDirectory.delete(directory);
      }
    },
  };
}
